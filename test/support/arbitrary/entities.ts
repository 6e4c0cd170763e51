import type { Data, Draw, Value } from './draw.js';
import { europe, type Plan } from './plan.js';

export function loadBalancer(made: Plan, _: string, index: number): Data {
  const { draw, names, zone, ports } = made;
  const mode = draw.one(['active-active', 'active-standby', 'bgp']);
  const reachable = names.apps.filter((name) => ports.has(name));
  const hosts = [`h${index}.${zone}`, `h${index}.${zone}/api`, `www.h${index}.${zone}`, ...(index === 0 ? [zone] : [])];
  const routes =
    reachable.length === 0
      ? {}
      : Object.fromEntries(draw.some(hosts, 1, 3).map((host) => [host, `app.${draw.one(reachable)}`]));
  const peer = () => draw.with({ address: '192.0.2.1', asn: 64501 }, { password: () => 'secret.BGP_PASSWORD' });
  return draw.with(
    {
      ...(mode === 'active-active' && draw.yes() ? {} : { mode }),
      ...(mode === 'bgp' ? { bgp: { asn: 64500, address: `203.0.113.${10 + index}/32`, peers: [peer()] } } : {}),
      routes,
    },
    {
      count: () => draw.number(2, 5),
      type: () => draw.one(['ccx13', 'ccx23']),
      balance: () => draw.one(['leastconn', 'roundrobin', 'static-rr', 'first', 'random', 'source', 'uri']),
      tls: () =>
        draw.one<Data>([
          {},
          { mode: 'none' },
          { mode: 'acme', email: 'ops@example.com' },
          { mode: 'files', certificate: 'secret.TLS_CERT', key: 'secret.TLS_KEY' },
        ]),
    },
  );
}

export function app(made: Plan, name: string): Data {
  const { draw, names, ports, jobs, bounds } = made;
  const port = ports.get(name);
  return draw.with(
    {
      run: run(draw),
      ...(port === undefined ? {} : { port }),
      ...(jobs.has(name) ? { schedule: draw.one(['daily', 'Mon..Fri 04:30', '*-*-* 03:00']) } : {}),
    },
    {
      count: () => draw.number(0, bounds.servers),
      type: () => draw.one(['ccx13', 'ccx23']),
      release: () => draw.with({}, { before: () => './migrate --all', batch: () => draw.number(1, 3) }),
      health: () =>
        port === undefined
          ? undefined
          : draw.with(
              {},
              {
                path: () => draw.one(['/', '/up?full=1']),
                interval: () => draw.one(['1s', '2s']),
                fall: () => draw.number(1, 4),
                rise: () => draw.number(1, 4),
              },
            ),
      drain: () => draw.one(['10s', '25s']),
      env: () => Object.fromEntries(draw.some(variables(made), 1, 6)),
      mounts: () =>
        names.shared_storage.length === 0 ? undefined : { '/srv/a': `storage.${draw.one(names.shared_storage)}` },
      packages: () => draw.some(['curl', 'libvips42', 'g++'], 0, 3),
      files: () => ({
        '/etc/shop/a.ini': draw.with(
          { content: draw.one(['', 'a = ${secret.SHARED}\nb = $${HOME} %{x}\n', '"\\\t€']) },
          { mode: () => '0600', owner: () => 'www-data' },
        ),
        '/etc/shop/b': { from: 'files/b' },
      }),
    },
  );
}

function run(draw: Draw): Data {
  return draw.one<() => Data>([
    () =>
      draw.with(
        { container: draw.one(['nginx', 'ghcr.io/acme/shop:1.4.2']) },
        { registry: () => ({ user: 'acme', password: 'secret.REGISTRY' }) },
      ),
    () => ({
      artifact: 'https://releases.example.com/a.tar.gz',
      sha256: 'b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9',
      command: './serve --a "b c" $HOME',
    }),
    () => ({ script: 'scripts/run.sh' }),
  ])();
}

/** Environment variables with references to everything that has outputs, and text that Terraform or a shell could take for its own. */
function variables({ draw, names, ports, backupBuckets }: Plan): [string, Value][] {
  const outputs = (kind: string, all: readonly string[], words: readonly string[]): [string, Value][] =>
    all.map((name, index) => [`${kind.toUpperCase()}_${index}`, `\${${kind}.${name}.${draw.one(words)}}`]);
  return [
    ...outputs('database', names.databases, ['url', 'host', 'port', 'name', 'user']),
    ...outputs('bucket', backupBuckets, ['name', 'host', 'endpoint']),
    ...outputs(
      'bucket',
      names.buckets.filter((name) => !backupBuckets.includes(name)),
      ['host', 'access_key', 'secret_key'],
    ),
    ...outputs(
      'app',
      names.apps.filter((name) => ports.has(name)),
      ['url', 'host', 'port'],
    ),
    ...outputs('storage', names.shared_storage, ['path']),
    ['WHERE', '${region.name}/${region.location}'],
    ['MASTER_KEY', '${secret.MASTER_KEY}'],
    ['WORKERS', draw.number(0, 64)],
    ['RATIO', 0.5],
    ['VERBOSE', draw.yes()],
    ['TEXT', draw.one(['', ' a ', '$${literal} %{if true}', 'it\'s "quoted" \\ €', 'a\nb', '# no comment', '0644'])],
  ];
}

export function database(made: Plan, _: string, index: number): Data {
  const { draw, several, image, bounds, names } = made;
  const engine = draw.one(['postgresql', 'mariadb']);
  const hasLogical = image !== 'debian-12';
  const between =
    engine === 'mariadb'
      ? draw.one(['galera', 'none'])
      : draw.one(['pglogical', 'none', ...(hasLogical ? ['logical'] : [])]);
  const mustChoose = engine === 'postgresql' || between !== 'galera';
  return draw.with(
    {
      ...(engine === 'postgresql' && draw.yes() ? {} : { engine }),
      ...(several && (mustChoose || draw.yes()) ? { replication: { between_regions: between } } : {}),
      ...(names.databases.length > 1 ? { port: 15000 + index } : {}),
      backup: databaseBackup(made, engine),
    },
    {
      type: () => draw.one(['ccx13', 'ccx23']),
      standby: () => draw.number(1, Math.min(4, bounds.servers)),
      durability: () => draw.one(['async', 'sync']),
      volume: () => volume(draw),
      on_failure: () => draw.one(['region-sick', 'alert']),
    },
  );
}

function volume(draw: Draw): Data {
  return draw.with(
    {},
    { size: () => draw.one(['10GB', '123GB', '1TB', '10TB']), filesystem: () => draw.one(['ext4', 'xfs']) },
  );
}

/** PostgreSQL's backups reach SFTP from Debian 13 on. */
function databaseBackup(made: Plan, engine: string): Value {
  const { draw } = made;
  const to = target(made, engine === 'mariadb' || made.image === 'debian-13');
  if (draw.yes()) return to;
  return draw.with(
    { to },
    {
      full: () => draw.one(['daily', 'weekly', 'Sun 03:00']),
      incremental: () => draw.one(['hourly', 'daily', 'none']),
      keep_full: () => draw.number(1, 30),
      ...safety(draw),
    },
  );
}

function safety(draw: Draw): Record<string, () => Value> {
  return {
    encrypt: () => draw.yes(),
    restore_test: () => draw.one(['daily', 'weekly', 'monthly', 'none']),
    alert_if_older_than: () => draw.one(['26h', '3d', '90m']),
  };
}

function target({ draw, backupBuckets, names }: Plan, external: boolean): string {
  const buckets = backupBuckets.map((name) => `bucket.${name}`);
  return draw.one([...buckets, ...(external ? names.external.map((name) => `external.${name}`) : [])]);
}

export function sharedStorage(made: Plan): Data {
  const { draw, several, regions: all } = made;
  const to = target(made, true);
  const [from, ...others] = all.map(({ name }) => name);
  return draw.with(
    {
      backup: draw.yes()
        ? to
        : draw.with(
            { to },
            {
              every: () => draw.one(['30m', '6h']),
              keep: () => draw.with({}, { daily: () => draw.number(0, 30), weekly: () => draw.number(0, 8) }),
              ...safety(draw),
            },
          ),
    },
    {
      engine: () => 'glusterfs',
      replicas: () => draw.one<Data>([{}, { data: 2 }, { data: 2, arbiter: 1 }, { data: 3, arbiter: 0 }]),
      volume: () => volume(draw),
      type: () => 'ccx13',
      geo_replication: () =>
        several && from !== undefined ? { from, to: draw.some(others, 1, others.length) } : undefined,
    },
  );
}

export function bucket(made: Plan, name: string): Data {
  const { draw, several, regions: all, backupBuckets, names } = made;
  const isBackup = backupBuckets.includes(name);
  const needsLocation = several || all.some(({ location }) => !europe.includes(location));
  return draw.with(needsLocation || draw.yes() ? { location: draw.one(europe) } : {}, {
    name: () => `acme-${name.replace(/-+/g, '-')}-1`,
    access: () => (isBackup ? 'private' : draw.one(['private', 'public'])),
    versioning: () => draw.yes(),
    cors: () => draw.some(['https://shop.example.com', 'http://localhost:3000', '*'], 0, 3),
    writers: () => (isBackup ? undefined : draw.some(names.apps, 0, 2).map((writer) => `app.${writer}`)),
  });
}

export function external({ draw }: Plan): Data {
  const type = draw.one(['sftp', 's3']);
  return draw.with(
    {
      type,
      host: draw.one(['backup.example.net', '192.0.2.9']),
      path: type === 's3' ? 'backups/shop' : '/backups/shop',
      ...(type === 'sftp' || draw.yes() ? { user: 'u-123' } : {}),
    },
    { port: () => draw.number(1, 65535) },
  );
}
