import { sha256Hex } from '@groundplan/model';
import type { Placeholder, Text } from '../text.js';
import type { Action, Bundle, BundleFile } from './bundle.js';

/** A bundle as it is sent: its address changes exactly when something in it does. */
export interface PackedBundle {
  /** SHA-256 of the manifest. */
  readonly address: string;
  /** JSON: host, packages, units and files, each with the SHA-256 of its content. */
  readonly manifest: string;
  /** Each distinct content by its SHA-256: JSON, a list of texts and placeholders. */
  readonly contents: ReadonlyMap<string, string>;
}

/** What a topology only names, and what a bundle holds nevertheless. */
export interface Given {
  /** The text of each file that the topology names, by its path as it is written. */
  readonly files: ReadonlyMap<string, string>;
  /** What may be known of each secret, by name: the lock file's entries. */
  readonly secrets: ReadonlyMap<string, { readonly public?: string; readonly fingerprint?: string }>;
}

/**
 * The bundle as a manifest and the contents that it names. Spans are left out: a comment in the topology changes no host.
 *
 * @throws when something that the bundle needs is not given
 */
export function packBundle(bundle: Bundle, given: Given): PackedBundle {
  const contents = new Map<string, string>();
  const listed = bundle.files.map((file) => {
    const content = `${JSON.stringify(file.content.map((part) => written(part, given)))}\n`;
    const sha256 = sha256Hex(content);
    contents.set(sha256, content);
    return entryOf(file, sha256);
  });
  const manifest = {
    format: 1,
    host: bundle.host.name,
    packages: bundle.packages,
    units: bundle.units.map(({ name, state }) => ({ name, state })),
    files: listed,
  };
  const json = `${JSON.stringify(manifest, null, 2)}\n`;
  const sorted = [...contents].sort(([a], [b]) => (a < b ? -1 : 1));
  return { address: sha256Hex(json), manifest: json, contents: new Map(sorted) };
}

/** The names of the secrets that stand in a text. */
export function secretsIn(text: Text): string[] {
  return text.flatMap((part) => (typeof part !== 'string' && 'secret' in part ? [part.secret] : []));
}

function entryOf({ path, mode, owner, group, check, action }: BundleFile, sha256: string) {
  return {
    path,
    mode,
    owner,
    group,
    sha256,
    ...(check && { check }),
    ...(action && { action: actionOf(action) }),
  };
}

function actionOf(action: Action) {
  return action.kind === 'run' ? { run: action.command } : { [action.kind]: action.unit };
}

function written(part: string | Placeholder, { files, secrets }: Given): string | Record<string, string> {
  if (typeof part === 'string') return part;
  if ('secret' in part) return { secret: part.secret, ...(part.within && { within: part.within }) };
  if ('publicAddress' in part) return { public_address: part.publicAddress.key, version: part.version };
  if ('serverId' in part) return { server_id: part.serverId.key };
  if ('interfaceWith' in part) return { interface_with: part.interfaceWith };
  if ('floatingIp' in part) {
    const { balancer, region, version } = part.floatingIp;
    return { floating_ip: floatingIpKey(balancer, region, version), as: part.as };
  }
  if ('publicPartOf' in part)
    return needed(secrets.get(part.publicPartOf)?.[part.as], `the public part of ${part.publicPartOf}`);
  return needed(files.get(part.file), `the content of ${part.file}`);
}

function needed(text: string | undefined, what: string): string {
  if (text === undefined) throw new Error(`${what} is not given`);
  return text;
}

/** The Terraform name of a floating IP. */
function floatingIpKey(balancer: { firstName: string }, region: { firstName: string }, version: string): string {
  return `${region.firstName}_lb_${balancer.firstName}_${version}`;
}
