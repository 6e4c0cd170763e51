import assert from 'node:assert/strict';
import type { SshKeyShape } from '@groundplan/hetzner-api';
import { describe, it } from 'mocha';
import { refused, refusedFields, succeeded, withApi } from './support/client.js';
import { makeSshKey, publicKey } from './support/make.js';

/** As `ssh-keygen -l -E md5` prints it. */
const fingerprint = '54:e7:63:26:48:62:56:2a:03:4b:1e:66:d5:cf:a8:5e';

describe('an SSH key', () => {
  it('is shown with its fingerprint', async () => {
    await withApi({}, async (client) => {
      const key = await makeSshKey(client, { labels: { topology: 'shop' } });
      assert.deepEqual(key, {
        id: key.id,
        name: 'ops',
        fingerprint,
        public_key: publicKey,
        labels: { topology: 'shop' },
        created: '2026-11-24T12:00:00+00:00',
      });
      const found = succeeded(await client.get<{ ssh_keys: SshKeyShape[] }>(`/ssh_keys?fingerprint=${fingerprint}`));
      assert.deepEqual(found.ssh_keys, [key]);
      assert.deepEqual(
        succeeded(await client.get<{ ssh_keys: SshKeyShape[] }>('/ssh_keys?fingerprint=x')).ssh_keys,
        [],
      );
    });
  });

  it('is unique by name and by key', async () => {
    await withApi({}, async (client) => {
      await makeSshKey(client);
      const again = await client.post('/ssh_keys', { name: 'other', public_key: publicKey });
      refused(again, 409, 'uniqueness_error', 'SSH key with the same fingerprint already exists');
      const sameName = await client.post('/ssh_keys', { name: 'ops', public_key: publicKey });
      refused(sameName, 409, 'uniqueness_error', 'SSH key name is already used');
    });
  });

  it('must be a public key', async () => {
    await withApi({}, async (client) => {
      for (const key of ['nonsense', 'ssh-ed25519 AAAA', 'ssh-rsa AAAAC3NzaC1lZDI1NTE5', '-----BEGIN KEY-----']) {
        refusedFields(await client.post('/ssh_keys', { name: 'x', public_key: key }), 'public_key');
      }
      refusedFields(await client.post('/ssh_keys', {}), 'name', 'public_key');
      refusedFields(await client.post('/ssh_keys', { name: 1, public_key: publicKey }), 'name');
    });
  });

  it('is renamed, labelled and deleted', async () => {
    await withApi({}, async (client) => {
      const { id } = await makeSshKey(client, { labels: { a: 'b' } });
      const renamed = succeeded(await client.put<{ ssh_key: SshKeyShape }>(`/ssh_keys/${id}`, { name: 'team' }));
      assert.deepEqual([renamed.ssh_key.name, renamed.ssh_key.labels], ['team', { a: 'b' }]);
      const labelled = succeeded(await client.put<{ ssh_key: SshKeyShape }>(`/ssh_keys/${id}`, { labels: {} }));
      assert.deepEqual([labelled.ssh_key.name, labelled.ssh_key.labels], ['team', {}]);
      succeeded(await client.delete(`/ssh_keys/${id}`), 204);
      refused(await client.delete(`/ssh_keys/${id}`), 404, 'not_found', `SSH key with ID '${id}' not found`);
    });
  });

  it('is limited by its quota', async () => {
    await withApi({ quotas: { sshKeys: 0 } }, async (client) => {
      const answer = await client.post('/ssh_keys', { name: 'ops', public_key: publicKey });
      refused(answer, 403, 'resource_limit_exceeded', 'SSH key limit exceeded');
    });
  });
});
