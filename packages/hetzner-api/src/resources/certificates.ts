import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { actionRoutes, beginAndRender } from '../actions/routes.js';
import { invalidField, refused } from '../http/errors.js';
import { type Context, created, noContent, ok, type Route } from '../http/route.js';
import { bytesUpTo, hostname, nameUpTo, oneOf } from '../input/checks.js';
import { type Fields, readFields } from '../input/fields.js';
import { byIdNameCreated, filterBy, listReply } from '../query/list.js';
import type { ActionShape, CertificateShape } from '../shapes.js';
import type { CertificateRecord } from '../state/records.js';
import { type Project, takeId } from '../state/world.js';
import { formatTime, formatTimeOrNull } from '../time.js';
import { certificateOf, refuseBeyond, refuseTakenName } from './lookup.js';
import { updateReply } from './update.js';

/** A certificate as the API shows it. */
export function renderCertificate(certificate: CertificateRecord): CertificateShape {
  return {
    id: certificate.id,
    name: certificate.name,
    labels: certificate.labels,
    type: certificate.type,
    certificate: certificate.certificate,
    created: formatTime(certificate.created),
    not_valid_before: formatTimeOrNull(certificate.notValidBefore),
    not_valid_after: formatTimeOrNull(certificate.notValidAfter),
    domain_names: certificate.domainNames,
    fingerprint: certificate.fingerprint,
    status:
      certificate.issuance === null
        ? null
        : {
            issuance: certificate.issuance,
            renewal: certificate.issuance === 'completed' ? 'scheduled' : 'unavailable',
            error: null,
          },
    used_by: [],
  };
}

type Parts = Pick<
  CertificateRecord,
  'certificate' | 'domainNames' | 'fingerprint' | 'notValidBefore' | 'notValidAfter' | 'issuance'
>;

/** Bytes of a private key and of a chain (https://docs.hetzner.cloud/changelog, 2026-02-11). */
const largestKey = 5_000;
const largestChain = 30_000;

function readUploaded(fields: Fields): Parts {
  const pem = fields.requiredText('certificate', bytesUpTo(largestChain));
  const key = fields.requiredText('private_key', bytesUpTo(largestKey));
  fields.finish();
  const certificate = parseOrRefuse('certificate', () => new X509Certificate(pem));
  const privateKey = parseOrRefuse('private_key', (): KeyObject => createPrivateKey(key));
  if (!certificate.checkPrivateKey(privateKey)) {
    throw invalidField('private_key', 'does not belong to the certificate');
  }
  const names = (certificate.subjectAltName ?? '').split(', ').filter((name) => name.startsWith('DNS:'));
  return {
    certificate: pem,
    domainNames: names.map((name) => name.slice('DNS:'.length)),
    fingerprint: certificate.fingerprint256.toLowerCase(),
    notValidBefore: Date.parse(certificate.validFrom),
    notValidAfter: Date.parse(certificate.validTo),
    issuance: null,
  };
}

function parseOrRefuse<Value>(field: string, parse: () => Value): Value {
  try {
    return parse();
  } catch {
    throw invalidField(field, 'is not valid PEM');
  }
}

/**
 * A managed certificate: its domains must lie in zones of the project. Nobody issues one here, so that it has no PEM
 * and no dates even when its issuance is completed.
 */
function readManaged(project: Project, fields: Fields): Parts {
  const domainNames = fields.texts('domain_names', (name) => hostname(name.replace(/^\*\./, ''))) ?? [];
  if (domainNames.length === 0) fields.refuse('domain_names', 'Missing data for required field.');
  fields.finish();
  for (const domain of domainNames) {
    const zone = [...project.zones.values()].find(
      (candidate) => domain === candidate.name || domain.endsWith(`.${candidate.name}`),
    );
    if (zone === undefined) throw refused('dns_zone_not_found', `DNS zone of '${domain}' not found`);
    if (zone.mode === 'secondary') throw refused('dns_zone_is_secondary_zone', 'DNS zone is a secondary zone');
  }
  return {
    certificate: null,
    domainNames,
    fingerprint: null,
    notValidBefore: null,
    notValidAfter: null,
    issuance: 'pending',
  };
}

function create(context: Context) {
  const { project } = context;
  const fields = readFields(context.body);
  const name = fields.requiredText('name', nameUpTo(128));
  const type = fields.text('type', oneOf('uploaded', 'managed')) === 'managed' ? 'managed' : 'uploaded';
  const labels = fields.labels() ?? {};
  const parts = type === 'managed' ? readManaged(project, fields) : readUploaded(fields);
  refuseTakenName(project.certificates, name);
  refuseBeyond(project.certificates.size, context.quotas.certificates, 'certificate', 'certificate_limit');
  const certificate: CertificateRecord = {
    id: takeId(context.world),
    name,
    labels,
    created: context.now,
    type,
    ...parts,
  };
  project.certificates.set(certificate.id, certificate);
  const action = type === 'managed' ? beginIssuing(context, certificate, 'create_certificate') : null;
  return created({ certificate: renderCertificate(certificate), action });
}

function beginIssuing(context: Context, certificate: CertificateRecord, command: string): ActionShape {
  return beginAndRender(context, {
    command,
    resources: [{ id: certificate.id, type: 'certificate' }],
    onSuccess: { kind: 'certificate-issuance', certificate: certificate.id, status: 'completed' },
    onFailure: { kind: 'certificate-issuance', certificate: certificate.id, status: 'failed' },
  });
}

function retry(context: Context) {
  const certificate = certificateOf(context);
  if (certificate.issuance !== 'failed') {
    throw refused('unsupported_error', 'only a managed certificate whose issuance failed can be tried again');
  }
  certificate.issuance = 'pending';
  return created({ action: beginIssuing(context, certificate, 'issue_certificate') });
}

export const certificateRoutes: readonly Route[] = [
  ...actionRoutes('certificates', 'certificate', (context) => certificateOf(context).id),
  {
    method: 'GET',
    path: '/certificates',
    handle: (context) =>
      listReply(context, {
        key: 'certificates',
        items: filterBy(context.project.certificates.values(), context.query, 'type', (one) => one.type),
        render: renderCertificate,
        sort: byIdNameCreated,
        name: (certificate) => certificate.name,
        labels: (certificate) => certificate.labels,
      }),
  },
  { method: 'POST', path: '/certificates', handle: create },
  {
    method: 'GET',
    path: '/certificates/{id}',
    handle: (context) => ok({ certificate: renderCertificate(certificateOf(context)) }),
  },
  {
    method: 'PUT',
    path: '/certificates/{id}',
    handle: (context) =>
      updateReply(context, {
        items: context.project.certificates,
        item: certificateOf(context),
        key: 'certificate',
        render: renderCertificate,
      }),
  },
  {
    method: 'DELETE',
    path: '/certificates/{id}',
    handle: (context) => {
      context.project.certificates.delete(certificateOf(context).id);
      return noContent;
    },
  },
  { method: 'POST', path: '/certificates/{id}/actions/retry', handle: retry },
];
