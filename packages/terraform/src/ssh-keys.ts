import { type Diagnostic, report } from '@groundplan/diagnostics';
import { type Model, sha256Hex } from '@groundplan/model';
import { type Expression, expression, quoted } from './emitter/index.js';
import { labelsOf } from './labels.js';
import type { RootModule } from './root-module.js';
import type { Place } from './trace.js';

export interface SshKey {
  /** Its name in Terraform. */
  readonly key: string;
  readonly publicKey: string;
  /** The key itself, in base64, without its type and comment: what is unique in a project. */
  readonly material: string;
  readonly place: Place;
}

/** `ssh-ed25519 AAAA… comment`; also the names of keys that live on hardware, such as `sk-ssh-ed25519@openssh.com`. */
const publicKeyRule = /^((?:sk-)?(?:ssh|ecdsa)-[a-z0-9@.-]+) ([A-Za-z0-9+/]+={0,2})(?: (.*))?$/;

/** The public keys that the topology names, each once. What is no public key is a diagnostic. */
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
    keys.push({ key: keyOf(path), publicKey: line, material, place: { path: `access.ssh_keys.${index}`, span } });
  }
  return { keys, diagnostics };
}

/** The ids of a project's other keys, by the name of the key here that is the same one: a list of one, or of none. */
const elsewhere = 'ssh_keys_elsewhere';
const ids = 'ssh_key_ids';

/**
 * Hetzner refuses the same public key twice in a project ("SSH key not unique"), whatever its name. A key that is in the project
 * already, put there by hand or by another topology, is used as it is; Terraform makes the others. The keys that this topology
 * made itself are left out of the search, or else its next plan would destroy them. When a key's owner destroys it, running
 * servers keep it, and the next plan of each topology that used it makes one of its own.
 */
export function writeSshKeys(module: RootModule, keys: readonly SshKey[]): void {
  const { model } = module;
  const [first] = keys;
  if (first === undefined) return;
  const place: Place = { path: 'access.ssh_keys', span: first.place.span };
  module.data(place, 'hcloud_ssh_keys', 'elsewhere', { withSelector: `topology!=${model.name.value}` });
  module.local(place, elsewhere, Object.fromEntries(keys.map(({ key, material }) => [key, sameKeys(material)])));
  module.local(place, ids, expression(`concat(${keys.map(({ key }) => idsOf(key)).join(', ')})`));
  for (const { key, publicKey, place: ofKey } of keys) {
    const config = { name: `${model.name.value}-${key.replaceAll('_', '-')}`, publicKey, labels: labelsOf(model) };
    const count = expression(`length(local.${elsewhere}.${key}) == 0 ? 1 : 0`);
    module.resource(ofKey, 'hcloud_ssh_key', key, config, { count });
  }
}

/** The ids of all keys for a server, whoever made them. */
export function sshKeyIds(keys: readonly SshKey[]): Expression | readonly Expression[] {
  return keys.length === 0 ? [] : expression(`local.${ids}`);
}

/** The provider gives the text as it was uploaded, with any comment; the material in it says its own length, so that none contains another. */
function sameKeys(material: string): Expression {
  return expression(
    `[for other in data.hcloud_ssh_keys.elsewhere.ssh_keys : tostring(other.id) if strcontains(other.public_key, ${quoted(material)})]`,
  );
}

function idsOf(key: string): string {
  return `hcloud_ssh_key.${key}[*].id, local.${elsewhere}.${key}`;
}

/** `keys/ops.pub` is `keys_ops`; a path that could be read as another's name has a hash of itself behind it. */
function keyOf(path: string): string {
  const name = path.replace(/\.pub$/, '');
  if (/^[a-z][a-z0-9]*(\/[a-z0-9]+)*$/.test(name) && name !== path) return name.replaceAll('/', '_');
  const letters = name.replaceAll(/[^A-Za-z0-9]+/g, '_').replaceAll(/^_|_$/g, '');
  return `key_${letters === '' ? '' : `${letters}_`}${sha256Hex(path).slice(0, 8)}`;
}
