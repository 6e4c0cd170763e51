import { type Diagnostic, report } from '@groundplan/diagnostics';
import { type Model, sha256Hex } from '@groundplan/model';
import { attribute, type Expression } from './emitter/index.js';
import { labelsOf } from './labels.js';
import type { RootModule } from './root-module.js';
import type { Place } from './trace.js';

export interface SshKey {
  /** Its name in Terraform. */
  readonly key: string;
  readonly publicKey: string;
  readonly place: Place;
}

/** `ssh-ed25519 AAAA… comment`; also the names of keys that live on hardware, such as `sk-ssh-ed25519@openssh.com`. */
const publicKeyRule = /^((?:sk-)?(?:ssh|ecdsa)-[a-z0-9@.-]+) ([A-Za-z0-9+/]+={0,2})(?: (.*))?$/;

/**
 * The public keys that the topology names, each once: Hetzner refuses the same key twice in a project, so two topologies in one
 * project cannot share a key either. What is no public key is a diagnostic.
 */
export function readSshKeys(
  model: Model,
  files: ReadonlyMap<string, string>,
): { readonly keys: readonly SshKey[]; readonly diagnostics: readonly Diagnostic[] } {
  const keys: SshKey[] = [];
  const diagnostics: Diagnostic[] = [];
  const seen = new Set<string>();
  for (const [index, { value: path, span }] of (model.access?.sshKeys ?? []).entries()) {
    const text = files.get(path);
    if (text === undefined) {
      diagnostics.push(report('file/missing', span, { path }));
      continue;
    }
    const lines = text.split(/\r\n|\r|\n/).map((line) => line.trim());
    const [line = '', ...rest] = lines.filter((entry) => entry !== '' && !entry.startsWith('#'));
    const [, type, material] = publicKeyRule.exec(line) ?? [];
    if (type === undefined || material === undefined || rest.length > 0) {
      const reason = text.includes('PRIVATE KEY')
        ? 'it holds a private key; name the .pub file beside it'
        : 'it does not hold one SSH public key, as a .pub file does';
      diagnostics.push(report('file/unreadable', span, { path, reason }));
      continue;
    }
    if (seen.has(material)) continue;
    seen.add(material);
    keys.push({ key: keyOf(path), publicKey: line, place: { path: `access.ssh_keys.${index}`, span } });
  }
  return { keys, diagnostics };
}

export function writeSshKeys(module: RootModule, keys: readonly SshKey[]): void {
  for (const { key, publicKey, place } of keys) {
    module.resource(place, 'hcloud_ssh_key', key, {
      name: `${module.model.name.value}-${key.replaceAll('_', '-')}`,
      publicKey,
      labels: labelsOf(module.model),
    });
  }
}

export function sshKeyIds(keys: readonly SshKey[]): Expression[] {
  return keys.map(({ key }) => attribute('hcloud_ssh_key', key, 'id'));
}

/** `keys/ops.pub` is `keys_ops`; a path that could be read as another's name has a hash of itself behind it. */
function keyOf(path: string): string {
  const name = path.replace(/\.pub$/, '');
  if (/^[a-z][a-z0-9]*(\/[a-z0-9]+)*$/.test(name) && name !== path) return name.replaceAll('/', '_');
  const letters = name.replaceAll(/[^A-Za-z0-9]+/g, '_').replaceAll(/^_|_$/g, '');
  return `key_${letters === '' ? '' : `${letters}_`}${sha256Hex(path).slice(0, 8)}`;
}
