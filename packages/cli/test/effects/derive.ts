import assert from 'node:assert/strict';
import { bundledCatalog } from '@groundplan/catalog';
import { analyse, type Host, namedFiles } from '@groundplan/model';
import { neededSecrets } from '@groundplan/secrets';
import { compile } from '@groundplan/terraform';

/** What a topology compiles to, as far as it matters for what runs. */
export interface Compiled {
  /** Attributes by Terraform address, without those that a resource ignores once it is there. */
  readonly resources: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
  /** What each host is given, by its key. */
  readonly hosts: ReadonlyMap<string, Given>;
}

/**
 * @throws when the topology has errors, each as it is said
 */
export function compiled(text: string): Compiled {
  const { model, tree, diagnostics } = analyse(text);
  const errors = diagnostics
    .filter(({ severity }) => severity === 'error')
    .map(({ code, message }) => `${code} ${message}`);
  assert.deepEqual(errors, []);
  const files = new Map(
    namedFiles(model).map(({ path, kind }) => [path, kind === 'ssh-key' ? sshKey(path) : `${path}\n`]),
  );
  const locked = new Map(
    neededSecrets(model).map(({ name }) => [
      name,
      { version: 1, mark: 'mark', public: `${sshKey(name)}\n`, fingerprint: name },
    ]),
  );
  const { value } = compile({
    model,
    catalog: bundledCatalog,
    topologyFile: 'topology.yaml',
    lines: tree.lines,
    files,
    locked,
  });
  const { resource } = JSON.parse(value.files.get('main.tf.json') ?? '') as Module;
  return {
    resources: new Map(
      Object.entries(resource).flatMap(([type, all]) =>
        Object.entries(all).map(([name, attributes]) => [`${type}.${name}`, withoutIgnored(attributes)]),
      ),
    ),
    hosts: new Map(
      model.hosts.flatMap((host) => {
        const manifest = value.files.get(`hosts/${host.name}/manifest.json`);
        return manifest === undefined ? [] : [[host.key, { ...JSON.parse(manifest), host }] as const];
      }),
    ),
  };
}

/** A manifest, as far as it counts here: of a file what differs when the file does. */
interface Given {
  readonly host: Host;
  readonly packages: readonly string[];
  readonly units: readonly { readonly name: string; readonly state: string }[];
  readonly files: readonly GivenFile[];
}

interface GivenFile {
  readonly path: string;
  readonly action?: {
    readonly run?: readonly string[];
    readonly reload?: string;
    readonly restart?: string;
    readonly release?: string;
  };
}

interface Module {
  readonly resource: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
}

/** A public key of its own for each path. */
function sshKey(path: string): string {
  const type = Buffer.from('ssh-ed25519');
  const material = Buffer.alloc(32, path);
  const sized = (part: Buffer) => Buffer.concat([Buffer.from([0, 0, 0, part.length]), part]);
  return `ssh-ed25519 ${Buffer.concat([sized(type), sized(material)]).toString('base64')} ${path}`;
}

function withoutIgnored({ lifecycle, depends_on: _, ...attributes }: Readonly<Record<string, unknown>>) {
  const { ignore_changes: ignored = [] } = (lifecycle ?? {}) as { ignore_changes?: readonly string[] };
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => !ignored.includes(name)));
}

/**
 * What cannot be changed in place, by type: of hcloud 1.68, aminueza/minio 3 and cloudflare 5, by their documentation. What a server
 * and a volume ignore is not among it.
 */
const replacing: Readonly<Record<string, readonly string[]>> = {
  cloudflare_dns_record: ['zone_id'],
  hcloud_floating_ip: ['type'],
  hcloud_network: ['ip_range'],
  hcloud_network_subnet: ['ip_range', 'network_id', 'network_zone', 'type'],
  hcloud_placement_group: ['type'],
  hcloud_primary_ip: ['type'],
  hcloud_ssh_key: ['public_key'],
  hcloud_volume_attachment: ['server_id', 'volume_id'],
  hcloud_zone: ['mode', 'name'],
  hcloud_zone_rrset: ['name', 'type', 'zone'],
  minio_s3_bucket: ['bucket'],
  minio_s3_bucket_cors: ['bucket'],
  minio_s3_bucket_policy: ['bucket'],
  minio_s3_bucket_versioning: ['bucket'],
};

/** For which Hetzner wants a server to be off. */
const whileOff = ['placement_group_id', 'server_type'];

/** What a change does, a line for each kind of thing that it touches; sorted. */
export function effectsOf(before: Compiled, after: Compiled): string[] {
  return [...new Set([...ofResources(before, after), ...ofHosts(before, after)])].sort();
}

function* ofResources(before: Compiled, after: Compiled): Generator<string> {
  for (const address of new Set([...before.resources.keys(), ...after.resources.keys()])) {
    const [type = ''] = address.split('.');
    const [old, now] = [before.resources.get(address), after.resources.get(address)];
    // How hosts are told is no thing of its own.
    if (type === 'terraform_data') continue;
    if (old === undefined) yield `${type} is made`;
    else if (now === undefined) yield `${type} is destroyed`;
    else {
      const names = [...new Set([...Object.keys(old), ...Object.keys(now)])].filter(
        (name) => JSON.stringify(old[name]) !== JSON.stringify(now[name]),
      );
      const forcing = names.filter((name) => replacing[type]?.includes(name) === true);
      const off = names.filter((name) => type === 'hcloud_server' && whileOff.includes(name));
      // It says where a thing is: there is none like it elsewhere, and the one that is there is forgotten.
      if (names.includes('provider')) yield `${type} is made elsewhere`;
      else if (forcing.length > 0) yield `${type} is replaced: ${forcing.sort().join(', ')}`;
      else if (off.length > 0) yield `${type} is changed while it is off: ${off.sort().join(', ')}`;
      else if (names.length > 0) yield `${type} is changed in place: ${names.sort().join(', ')}`;
    }
  }
}

function* ofHosts(before: Compiled, after: Compiled): Generator<string> {
  for (const [key, given] of after.hosts) {
    const old = before.hosts.get(key);
    if (old === undefined) continue;
    const where = kindOf(given.host);
    const [earlier, later] = [byPath(old), byPath(given)];
    for (const path of new Set([...earlier.keys(), ...later.keys()])) {
      const [one, other] = [earlier.get(path), later.get(path)];
      if (JSON.stringify(one) !== JSON.stringify(other)) yield `${where}: ${doneBy(other ?? one)}`;
    }
    if (given.packages.some((name) => !old.packages.includes(name))) yield `${where}: packages are installed`;
    if (running(given).some((name) => !running(old).includes(name))) yield `${where}: services start`;
    if (running(old).some((name) => !running(given).includes(name))) yield `${where}: services end`;
  }
}

const byPath = ({ files }: Given) => new Map(files.map((file) => [file.path, file]));

const running = ({ units }: Given) => units.filter(({ state }) => state === 'running').map(({ name }) => name);

function doneBy(file: GivenFile | undefined): string {
  const { run, reload, restart, release } = file?.action ?? {};
  if (run !== undefined) return `${(run[0] ?? '').replace(/^.*\//, '')} runs`;
  if (reload !== undefined) return `${unitOf(reload)} reloads`;
  if (restart !== undefined) return `${unitOf(restart)} restarts`;
  if (release !== undefined) return `${unitOf(release)} drains and restarts`;
  return 'files that are read when they are needed';
}

/** Names that come from the topology are anybody's. */
function unitOf(unit: string): string {
  return unit
    .replace(/^app-.*(\.\w+)$/, 'app-*$1')
    .replace(/^groundplan-etcd-.*$/, 'groundplan-etcd-*.service')
    .replace(/^garbd-.*$/, 'garbd-*.service')
    .replace(/^(groundplan-backup@).*(\.\w+)$/, '$1*$2');
}

function kindOf({ entity }: Host): string {
  switch (entity?.kind) {
    case undefined:
      return 'arbiter';
    case 'load_balancer':
      return 'load balancers';
    case 'app':
      return 'app servers';
    case 'database':
      return 'database servers';
    case 'storage':
      return 'storage servers';
  }
}
