import assert from 'node:assert/strict';
import type { ActionShape, CertificateShape } from '@groundplan/hetzner-api';
import { describe, it } from 'mocha';
import { makeCertificate } from './support/certificate.js';
import { actionSucceeded, refused, refusedFields, succeeded, withApi } from './support/client.js';
import { makeZone } from './support/make.js';

interface CertificateBody {
  readonly certificate: CertificateShape;
  readonly action: ActionShape | null;
}

const pair = makeCertificate(['example.com', 'www.example.com']);
const uploaded = { name: 'shop', certificate: pair.certificate, private_key: pair.privateKey };

describe('an uploaded certificate', () => {
  it('is shown with what is in it, without its key', async () => {
    await withApi({}, async (client) => {
      const made = succeeded(await client.post<CertificateBody>('/certificates', uploaded), 201);
      assert.equal(made.action, null);
      const { certificate } = made;
      assert.match(certificate.fingerprint ?? '', /^([0-9a-f]{2}:){31}[0-9a-f]{2}$/);
      assert.deepEqual(certificate, {
        id: certificate.id,
        name: 'shop',
        labels: {},
        type: 'uploaded',
        certificate: pair.certificate,
        created: '2026-11-24T12:00:00+00:00',
        not_valid_before: '2026-01-01T00:00:00+00:00',
        not_valid_after: '2026-12-31T23:59:59+00:00',
        domain_names: ['example.com', 'www.example.com'],
        fingerprint: certificate.fingerprint,
        status: null,
        used_by: [],
      });
    });
  });

  it('must be PEM, with the key that belongs to it', async () => {
    await withApi({}, async (client) => {
      const upload = (more: object) => client.post('/certificates', { ...uploaded, ...more });
      refusedFields(await client.post('/certificates', { name: 'x' }), 'certificate', 'private_key');
      refusedFields(await upload({ certificate: 'x' }), 'certificate');
      refusedFields(await upload({ private_key: 'x' }), 'private_key');
      refusedFields(await upload({ private_key: makeCertificate(['a.example']).privateKey }), 'private_key');
      refusedFields(await upload({ private_key: 'x'.repeat(5_001) }), 'private_key');
    });
  });

  it('is renamed, found by type and deleted', async () => {
    await withApi({}, async (client) => {
      const { certificate } = succeeded(await client.post<CertificateBody>('/certificates', uploaded));
      refused(await client.post('/certificates', uploaded), 409, 'uniqueness_error');
      const path = `/certificates/${certificate.id}`;
      assert.equal(succeeded(await client.put<CertificateBody>(path, { name: 'new' })).certificate.name, 'new');
      const found = async (type: string): Promise<number> =>
        succeeded(await client.get<{ certificates: unknown[] }>(`/certificates?type=${type}`)).certificates.length;
      assert.deepEqual([await found('uploaded'), await found('managed')], [1, 0]);
      refused(await client.post(`${path}/actions/retry`), 422, 'unsupported_error');
      succeeded(await client.delete(path), 204);
      refused(await client.get(path), 404, 'not_found');
    });
  });
});

describe('a managed certificate', () => {
  const managed = { name: 'shop', type: 'managed', domain_names: ['shop.example.com', '*.example.com'] };

  it('is issued for domains of zones in the project', async () => {
    await withApi({}, async (client) => {
      refused(await client.post('/certificates', managed), 422, 'dns_zone_not_found');
      await makeZone(client);
      const made = succeeded(await client.post<CertificateBody>('/certificates', managed));
      actionSucceeded(made, 'create_certificate');
      const read = succeeded(await client.get<CertificateBody>(`/certificates/${made.certificate.id}`)).certificate;
      assert.deepEqual(read.status, { issuance: 'completed', renewal: 'scheduled', error: null });
      assert.deepEqual([read.certificate, read.domain_names], [null, managed.domain_names]);
      refusedFields(await client.post('/certificates', { name: 'x', type: 'managed' }), 'domain_names');
    });
  });

  it('whose issuance failed can be tried again', async () => {
    await withApi({}, async (client) => {
      await makeZone(client);
      client.api.faults.add({ count: 1, effect: { kind: 'action', code: 'ca_dns_validation_failed', message: 'no' } });
      const made = succeeded(await client.post<CertificateBody>('/certificates', managed));
      assert.equal(made.action?.error?.code, 'ca_dns_validation_failed');
      const path = `/certificates/${made.certificate.id}`;
      const issuance = async () => succeeded(await client.get<CertificateBody>(path)).certificate.status?.issuance;
      assert.equal(await issuance(), 'failed');
      actionSucceeded(succeeded(await client.post<CertificateBody>(`${path}/actions/retry`)), 'issue_certificate');
      assert.equal(await issuance(), 'completed');
    });
  });
});
