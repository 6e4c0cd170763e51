import type { Span } from '@groundplan/diagnostics';
import { type Host, type LoadBalancer, type Region, sha256Hex } from '@groundplan/model';
import { type IpVersion, joined, type Placeholder, type Text } from '../text.js';
import type { Action, Bundle, BundleFile, Unit } from './bundle.js';

/** A bundle as it is written and sent: a folder that a person can read, and whose address changes exactly when something in it does. */
export interface PackedBundle {
  /** SHA-256 of the manifest. */
  readonly address: string;
  /** JSON: host, packages, units and files, each with the SHA-256 of its text and what its placeholders stand for. */
  readonly manifest: string;
  /** By its path in the folder, `files/etc/haproxy/haproxy.cfg`: as on the host, but for placeholders such as `«secret NAME»`. Sorted. */
  readonly files: ReadonlyMap<string, { readonly text: string; readonly span: Span }>;
  /** What has to be known when it is applied, by the name that the manifest uses; sorted. */
  readonly values: ReadonlyMap<string, AppliedValue>;
  /** The names of the secrets that it needs; sorted. */
  readonly secrets: readonly string[];
}

/** What is known once everything is made at Hetzner. */
export type AppliedValue =
  | { readonly kind: 'public-address'; readonly host: Host; readonly version: IpVersion }
  | { readonly kind: 'server-id' | 'volume-id'; readonly host: Host }
  | {
      readonly kind: 'floating-ip';
      readonly balancer: LoadBalancer;
      readonly region: Region;
      readonly version: IpVersion;
      readonly as: 'address' | 'id';
    };

/** What a topology only names, and what a bundle holds nevertheless. */
export interface Given {
  /** The text of each file that the topology names, by its path as it is written. */
  readonly files: ReadonlyMap<string, string>;
  /** What may be known of each secret, by name: the lock file's entries. */
  readonly secrets: ReadonlyMap<string, { readonly public?: string; readonly fingerprint?: string }>;
}

/**
 * The bundle as a manifest and the files that it names. Spans are no part of the manifest: a comment in the topology changes no host.
 *
 * @throws when something that the bundle needs is not given
 */
export function packBundle(bundle: Bundle, given: Given): PackedBundle {
  const files = new Map<string, { readonly text: string; readonly span: Span }>();
  const values = new Map<string, AppliedValue>();
  const secrets = new Set<string>();
  const listed = bundle.files.map((file) => {
    const { text, placeholders } = written(file.content, given);
    const source = sourceOf(file.path);
    files.set(source, { text, span: file.span });
    for (const [name, value] of placeholders.values) values.set(name, value);
    for (const name of secretsIn(file.content)) secrets.add(name);
    return entryOf(file, source, text, placeholders.meanings);
  });
  const manifest = {
    format: 1,
    host: bundle.host.name,
    packages: bundle.packages,
    units: bundle.units.map(unitOf),
    files: listed,
  };
  const json = `${JSON.stringify(manifest, null, 2)}\n`;
  return {
    address: sha256Hex(json),
    manifest: json,
    files: new Map([...files].sort(byKey)),
    values: new Map([...values].sort(byKey)),
    secrets: [...secrets].sort(),
  };
}

/** The names of the secrets that stand in a text. */
export function secretsIn(text: Text): string[] {
  return text.flatMap((part) => (typeof part !== 'string' && 'secret' in part ? [part.secret] : []));
}

/** Where a file lies in the bundle's folder: its own path, but for what a path cannot hold everywhere. */
function sourceOf(path: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they may stand in a path of the topology
  const escaped = path.replace(/[%\\:*?"<>|\u0000-\u001f\u007f]/g, (character) => {
    return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
  });
  return `files${escaped}`;
}

function entryOf(
  { path, mode, owner, group, check, action, beforePackages }: BundleFile,
  source: string,
  text: string,
  placeholders: Readonly<Record<string, object>>,
) {
  return {
    path,
    source,
    sha256: sha256Hex(text),
    mode,
    owner,
    group,
    ...(Object.keys(placeholders).length > 0 && { placeholders }),
    ...(beforePackages && { before_packages: true }),
    ...(check && { check }),
    ...(action && { action: actionOf(action) }),
  };
}

function actionOf(action: Action) {
  return action.kind === 'run' ? { run: action.command } : { [action.kind]: action.unit };
}

function unitOf({ name, state, before, healthy }: Unit) {
  return {
    name,
    state,
    ...(before !== undefined && { before }),
    ...(healthy !== undefined && { healthy: healthy.url, steady: healthy.steady }),
  };
}

/** What stands for something that is not known yet: for people, for the host, and for Terraform. */
interface Meaning {
  readonly shown: string;
  readonly meaning: Readonly<Record<string, string>>;
  readonly value?: readonly [name: string, value: AppliedValue];
}

interface Placeholders {
  /** By how they stand in the text. */
  readonly meanings: Record<string, Readonly<Record<string, string>>>;
  readonly values: Map<string, AppliedValue>;
}

/** A text with everything in it that is known, and a placeholder for the rest, which nothing else in the text looks like. */
function written(content: Text, given: Given): { readonly text: string; readonly placeholders: Placeholders } {
  const known = joined(content.map((part) => knownText(part, given)));
  const literal = known.filter((part) => typeof part === 'string');
  const placeholders: Placeholders = { meanings: {}, values: new Map() };
  const text = known.map((part) => {
    if (typeof part === 'string') return part;
    const { shown, meaning, value } = meaningOf(part);
    let token = `«${shown}»`;
    while (literal.some((each) => each.includes(token))) token = `${token.slice(0, -1)}'»`;
    placeholders.meanings[token] = meaning;
    if (value !== undefined) placeholders.values.set(...value);
    return token;
  });
  return { text: text.join(''), placeholders };
}

type Unknown = Exclude<Placeholder, { readonly file: string } | { readonly publicPartOf: string }>;

function knownText(part: string | Placeholder, { files, secrets }: Given): string | Unknown {
  if (typeof part === 'string') return part;
  if ('publicPartOf' in part)
    return needed(secrets.get(part.publicPartOf)?.[part.as], `the public part of ${part.publicPartOf}`);
  if ('file' in part) return needed(files.get(part.file), `the content of ${part.file}`);
  return part;
}

function meaningOf(part: Unknown): Meaning {
  if ('secret' in part) {
    const { secret, within } = part;
    return within === undefined
      ? { shown: `secret ${secret}`, meaning: { secret } }
      : { shown: `secret ${secret}, escaped`, meaning: { secret, within } };
  }
  if ('interfaceWith' in part)
    return { shown: `interface with ${part.interfaceWith}`, meaning: { interface_with: part.interfaceWith } };
  const [name, value] = appliedValue(part);
  return { shown: name, meaning: { value: name }, value: [name, value] };
}

function appliedValue(part: Exclude<Unknown, { secret: string } | { interfaceWith: string }>): [string, AppliedValue] {
  if ('publicAddress' in part) {
    const { publicAddress: host, version } = part;
    return [`${host.key}.${version}`, { kind: 'public-address', host, version }];
  }
  if ('serverId' in part) return [`${part.serverId.key}.server_id`, { kind: 'server-id', host: part.serverId }];
  if ('volumeId' in part) return [`${part.volumeId.key}.volume_id`, { kind: 'volume-id', host: part.volumeId }];
  const { balancer, region, version } = part.floatingIp;
  const name = `${region.firstName}_lb_${balancer.firstName}_${version}.floating_${part.as}`;
  return [name, { kind: 'floating-ip', ...part.floatingIp, as: part.as }];
}

function needed(text: string | undefined, what: string): string {
  if (text === undefined) throw new Error(`${what} is not given`);
  return text;
}

function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
