import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { addresses, compileText, publicKey, resource, topology } from './support.js';

const other = 'sk-ssh-ed25519@openssh.com AAAAGnNrLXNzaC1lZDI1NTE5QG9wZW5zc2guY29tAAAAIA==';

function withKeys(paths: readonly string[]): string {
  return topology(`access: { ssh_keys: ${JSON.stringify(paths)}, ssh_from: [198.51.100.0/24] }`);
}

describe('SSH keys', () => {
  it('are taken from their files, with comments and line endings left out', () => {
    const outcome = compileText(withKeys(['keys/ops.pub']), {
      'keys/ops.pub': `\uFEFF# ours\r\n${other}\r\n`.slice(1),
    });
    assert.deepEqual(resource(outcome, 'hcloud_ssh_key.keys_ops'), {
      count: '${length(local.ssh_keys_elsewhere.keys_ops) == 0 ? 1 : 0}',
      labels: { topology: 'shop' },
      name: 'shop-keys-ops',
      public_key: other,
    });
    assert.deepEqual(outcome.diagnostics, []);
  });

  it('have names that follow from their path alone, and never meet', () => {
    const paths = ['keys/ops.pub', 'keys_ops.pub', 'keys-ops.pub', 'Keys/Ops.pub', 'ops', 'ü.pub', '1.pub'];
    const files = paths.map((path, index) => [path, `ssh-ed25519 AAAA${index}`] as const);
    assert.deepEqual(addresses(compileText(withKeys(paths), Object.fromEntries(files)), 'hcloud_ssh_key'), [
      'hcloud_ssh_key.key_1_f9b82d9e',
      'hcloud_ssh_key.key_Keys_Ops_81526f22',
      'hcloud_ssh_key.key_cb9dc2da',
      'hcloud_ssh_key.key_keys_ops_5024ae6b',
      'hcloud_ssh_key.key_keys_ops_d382b539',
      'hcloud_ssh_key.key_ops_a92c36e6',
      'hcloud_ssh_key.keys_ops',
    ]);
  });

  it('are made once, since Hetzner refuses the same key twice', () => {
    const outcome = compileText(withKeys(['a.pub', 'b.pub']), {
      'a.pub': publicKey,
      'b.pub': publicKey.replace('ops', 'me'),
    });
    assert.deepEqual(addresses(outcome, 'hcloud_ssh_key'), ['hcloud_ssh_key.a']);
  });

  it('are left to whoever has put them into the project already', () => {
    const { module } = compileText(withKeys(['a.pub', 'b.pub']), { 'a.pub': publicKey, 'b.pub': other });
    assert.deepEqual(module.data.hcloud_ssh_keys, { elsewhere: { with_selector: 'topology!=shop' } });
    const same = (material: string) =>
      `\${[for other in data.hcloud_ssh_keys.elsewhere.ssh_keys : tostring(other.id) if strcontains(other.public_key, "${material}")]}`;
    assert.deepEqual(module.locals.ssh_keys_elsewhere, {
      a: same(publicKey.split(' ')[1] ?? ''),
      b: same(other.split(' ')[1] ?? ''),
    });
    assert.equal(
      module.locals.ssh_key_ids,
      '${concat(hcloud_ssh_key.a[*].id, local.ssh_keys_elsewhere.a, hcloud_ssh_key.b[*].id, local.ssh_keys_elsewhere.b)}',
    );
  });

  const useless: Record<string, [content: string, message: RegExp]> = {
    'a private key': ['-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n', /it holds a private key; name the \.pub file/],
    'two keys': [`${publicKey}\n${other}\n`, /does not hold one SSH public key/],
    nothing: ['\n', /does not hold one SSH public key/],
    'something else': ['hello', /does not hold one SSH public key/],
  };
  for (const [what, [content, message]] of Object.entries(useless)) {
    it(`must be keys: a file with ${what} is an error on its path`, () => {
      const text = withKeys(['keys/ops.pub']);
      const { diagnostics } = compileText(text, { 'keys/ops.pub': content });
      assert.deepEqual(
        diagnostics.map(({ code, severity, span }) => [code, severity, text.slice(span.start, span.end)]),
        [['file/unreadable', 'error', '"keys/ops.pub"']],
      );
      assert.match(diagnostics[0]?.message ?? '', message);
    });
  }
});
