/** Plain data of a topology. */
export type Data = string | number | boolean | null | readonly Data[] | { readonly [key: string]: Data };

/** What each map must have beside the field that is looked at, by its path; `*` stands for any name. */
const needed: Readonly<Record<string, Readonly<Record<string, Data>>>> = {
  '': {
    topology: 'v1',
    name: 'shop',
    access: { ssh_keys: ['keys/ops.pub'], ssh_from: ['198.51.100.0/24'] },
  },
  region: { location: 'fsn1' },
  'regions.*': { location: 'fsn1' },
  arbiter: { location: 'nbg1' },
  dns: { provider: 'hetzner', zone: 'example.com' },
  'load_balancers.*.bgp': { asn: 64500, address: '203.0.113.10/32', peers: [{ address: '192.0.2.1', asn: 64501 }] },
  'load_balancers.*.bgp.peers.*': { address: '192.0.2.1', asn: 64501 },
  'apps.*': { run: { script: 'run.sh' } },
  'apps.*.run.registry': { user: 'acme', password: 'secret.REGISTRY' },
  'databases.*': { backup: 'bucket.dumps' },
  'databases.*.backup': { to: 'bucket.dumps' },
  'shared_storage.*': { backup: 'bucket.dumps' },
  'shared_storage.*.backup': { to: 'bucket.dumps' },
  'shared_storage.*.geo_replication': { from: 'falkenstein', to: ['helsinki'] },
  'external.*': { type: 's3', host: 's3.example.com', path: 'backups' },
  access: { ssh_keys: ['keys/ops.pub'], ssh_from: ['198.51.100.0/24'] },
};

/** Keys of which a value belongs together with others beside it, by the path of the map. */
export type Beside = Readonly<Record<string, Readonly<Record<string, Data>>>>;

const lists = new Set([
  'load_balancers.*.bgp.peers',
  'apps.*.packages',
  'shared_storage.*.geo_replication.to',
  'buckets.*.cors',
  'buckets.*.writers',
  'access.ssh_keys',
  'access.ssh_from',
  'secrets.recipients',
]);

/** Names that stand for `*`, where `x` is none. */
const names: Readonly<Record<string, string>> = {
  'load_balancers.*.routes.*': 'shop.example.com',
  'apps.*.env.*': 'NAME',
  'apps.*.mounts.*': '/srv/x',
  'apps.*.files.*': '/etc/x',
};

/** A topology in which `field` has `value`, with no more than what the language asks for around it, and `beside`. */
export function topologyWith(field: string, value: Data, beside: Beside = {}): Data {
  const shape: Readonly<Record<string, Data>> = /^regions?\b/.test(field) ? {} : { region: 'fsn1' };
  return build(field.split('.'), [], value, { ...beside, '': { ...shape, ...beside[''] } });
}

function build(rest: readonly string[], path: readonly string[], value: Data, beside: Beside): Data {
  const [step, ...further] = rest;
  if (step === undefined) return value;
  const at = path.join('.');
  const inner = build(further, [...path, step], value, beside);
  if (lists.has(at)) return [inner];
  const key = step === '*' ? (names[[...path, step].join('.')] ?? 'x') : step;
  return { ...needed[at], ...beside[at], [key]: inner };
}
