import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { completionsAt, labelsAt } from './support.js';

const around = `topology: v1
name: shop
regions: { falkenstein: { location: fsn1 }, helsinki: { location: hel1 } }
arbiter: { location: nbg1 }
load_balancers: { edge: {}, staff: {} }
apps: { web: { port: 3000 }, mailer: {} }
buckets: { dumps: { location: nbg1 }, near: { location: fsn1 }, open: { location: nbg1, access: public }, used: { location: nbg1, writers: [app.web] } }
external: { offsite: { type: sftp, host: b.example.net, user: shop, path: /b }, mirror: { type: s3, host: s.example.net, path: b } }
shared_storage: { media: {} }
`;

const contexts: readonly (readonly [name: string, source: string, expected: string])[] = [
  ['the version', 'topology: ▮', 'v1'],
  ['images', 'image: ▮', 'debian-12 debian-13 ubuntu-24.04'],
  [
    'images that have what the databases need',
    'image: ▮\nregions: { a: { location: fsn1 }, b: { location: hel1 } }\ndatabases: { a: { replication: { between_regions: logical } } }',
    'debian-13 ubuntu-24.04',
  ],
  ['locations', 'region: ▮', 'fsn1 nbg1 hel1 ash hil sin'],
  ['locations on the line below', 'region:\n  ▮', 'location cidr fsn1 nbg1 hel1 ash hil sin'],
  [
    'locations of a region: those of no other',
    'regions:\n  a: { location: fsn1 }\n  b: { location: ▮ }\n',
    'nbg1 hel1 ash hil sin',
  ],
  [
    'locations of a region with a network of its own',
    'regions:\n  a: { location: fsn1 }\n  b: { cidr: 10.99.0.0/16, location: ▮ }\n',
    'nbg1 hel1 ash hil sin fsn1',
  ],
  [
    'locations of the arbiter: where no region is',
    'regions: { a: { location: fsn1 }, b: hel1 }\narbiter: { location: ▮ }',
    'nbg1 ash hil sin',
  ],
  [
    'locations of a bucket: with object storage, and last where the data is',
    'region: fsn1\ndatabases: { a: { backup: bucket.b } }\nbuckets: { b: { location: ▮ } }',
    'nbg1 hel1 fsn1',
  ],
  [
    'networks of a region: the usual one and free ones',
    'regions: { a: { location: fsn1, cidr: ▮ }, b: { location: hel1 } }',
    '10.10.0.0/16 10.11.0.0/16 10.12.0.0/17 10.12.128.0/18',
  ],
  ['networks of the arbiter', 'region: fsn1\narbiter: { location: hel1, cidr: ▮ }', '10.250.0.0/24 10.250.1.0/24'],
  ['providers', 'dns: { provider: ▮ }', 'cloudflare hetzner none'],
  ['providers of a proxied zone', 'dns: { proxied: true, provider: ▮ }', 'cloudflare'],
  ['a time to live', 'dns: { ttl: ▮ }', '60'],
  ["nothing for the zone: it is nobody's guess", 'dns: { zone: ▮ }', ''],
  ['truth values', 'dns: { provider: hetzner, create: ▮ }', 'true false'],
  ['only false where true is refused', 'dns: { provider: cloudflare, create: ▮ }', 'false'],
  ['modes', 'load_balancers: { edge: { mode: ▮ } }', 'active-active active-standby bgp'],
  ['modes of a single balancer', 'region: fsn1\nload_balancers: { edge: { count: 1, mode: ▮ } }', 'active-active bgp'],
  ['counts of a pair', 'region: fsn1\nload_balancers: { edge: { mode: active-standby, count: ▮ } }', '2 3 4 6 8'],
  ['algorithms', 'load_balancers: { edge: { balance: ▮ } }', 'leastconn roundrobin static-rr first random source uri'],
  [
    'apps that answer, for a route',
    `${around}dns: { zone: example.com }\nload_balancers: { edge: { routes: { a.example.com: ▮ } } }`.replace(
      'load_balancers: { edge: {}, staff: {} }\n',
      '',
    ),
    'app.web',
  ],
  ['apps, half typed', 'apps: { web: { port: 1 } }\nload_balancers: { edge: { routes: { a.b: app▮ } } }', 'app.web'],
  [
    'apps, behind the dot',
    'apps: { web: { port: 1 } }\nload_balancers:\n  edge:\n    routes:\n      a.b: app.▮\n',
    'app.web',
  ],
  [
    'apps that write to a bucket, each once',
    'apps: { a: {}, b: {} }\nbuckets: { x: { writers: [app.a, ▮] } }',
    'app.b',
  ],
  [
    'apps in a list of lines',
    'apps: { a: {}, b: {} }\nbuckets:\n  x:\n    writers:\n      - app.a\n      ▮\n',
    'app.b',
  ],
  ['apps as a list', 'apps: { a: {} }\nbuckets: { x: { writers: ▮ } }', 'app.a'],
  [
    'no apps that write to the bucket of backups',
    'region: fsn1\napps: { a: {} }\ndatabases: { m: { backup: bucket.x } }\nbuckets: { x: { location: hel1, writers: [▮] } }',
    '',
  ],
  [
    'secrets of a certificate: those known, and the usual one',
    'apps: { a: { env: { A: "${secret.KNOWN}" } } }\nload_balancers: { e: { tls: { mode: files, certificate: ▮ } } }',
    'secret.KNOWN secret.TLS_CERT',
  ],
  ['balancers by their name, for the bastion', `${around}access: { bastion: ▮ }`, 'edge staff'],
  [
    'targets of a backup of PostgreSQL: no public one, none that apps write to, no SFTP with an old image',
    `${around}databases: { main: { backup: ▮ } }`,
    'bucket.dumps external.mirror bucket.near',
  ],
  [
    'targets of a backup of MariaDB',
    `${around}databases: { main: { engine: mariadb, backup: ▮ } }`,
    'bucket.dumps external.offsite external.mirror bucket.near',
  ],
  [
    'targets of a backup in its map',
    `${around}databases: { main: { engine: mariadb, backup: { to: b▮ } } }`,
    'bucket.dumps external.offsite external.mirror bucket.near',
  ],
  [
    'storages of a mount',
    `${around}apps: { x: { mounts: { /srv: ▮ } } }`.replace('apps: { web: { port: 3000 }, mailer: {} }\n', ''),
    'storage.media',
  ],
  [
    'regions to copy from',
    'regions: { a: fsn1, b: hel1, c: nbg1 }\nshared_storage: { m: { geo_replication: { to: [b], from: ▮ } } }',
    'a c',
  ],
  [
    'regions to copy to',
    'regions: { a: fsn1, b: hel1, c: nbg1 }\nshared_storage: { m: { geo_replication: { from: a, to: [b, ▮] } } }',
    'c',
  ],
  ['engines', 'region: fsn1\ndatabases: { a: { engine: ▮ } }', 'postgresql mariadb'],
  [
    'engines, also one that replicates in another way',
    'regions: { a: { location: fsn1 }, b: { location: hel1 } }\ndatabases: { a: { replication: { between_regions: pglogical }, engine: ▮ } }',
    'postgresql mariadb',
  ],
  [
    'replications of PostgreSQL 15',
    'regions: { a: fsn1, b: hel1 }\ndatabases: { a: { replication: { between_regions: ▮ } } }',
    'pglogical none',
  ],
  [
    'replications of PostgreSQL 17',
    'image: debian-13\nregions: { a: fsn1, b: hel1 }\ndatabases: { a: { replication: { between_regions: ▮ } } }',
    'pglogical logical none',
  ],
  [
    'replications of MariaDB',
    'regions: { a: fsn1, b: hel1 }\ndatabases: { a: { engine: mariadb, replication: { between_regions: ▮ } } }',
    'galera none',
  ],
  ['durabilities without a standby', 'region: fsn1\ndatabases: { a: { standby: 0, durability: ▮ } }', 'async'],
  ['standbys of synchronous writes', 'region: fsn1\ndatabases: { a: { durability: sync, standby: ▮ } }', '1 2'],
  ['ports of a second database', 'region: fsn1\ndatabases: { a: {}, b: { port: ▮ } }', '5433'],
  [
    'ports of an app: none that its host needs',
    'region: fsn1\ndatabases: { a: { port: 3000 } }\napps: { w: { port: ▮, env: { A: "${database.a.url}" } } }',
    '8000 8080',
  ],
  ['slots that are free', 'region: fsn1\napps: { a: { slot: 1 }, b: { slot: ▮ } }', '2 3 4'],
  ['replicas that vote, beside three', 'shared_storage: { m: { replicas: { data: 3, arbiter: ▮ } } }', '0'],
  ['durations with each unit', 'tunnel: { alert_after: 5▮ }', '5s 5m 5h 5d 30s'],
  ['durations that are not too long', 'apps: { a: { drain: 5▮ } }', '5s 20s'],
  ['durations while nothing is typed', 'tunnel: { key_rotation: ▮ }', '180d'],
  ['sizes with each unit', 'databases: { a: { volume: { size: 2▮ } } }', '2TB 50GB 100GB'],
  ['sizes', 'databases: { a: { volume: { size: 20▮ } } }', '20GB 50GB 100GB'],
  ['calendars of a job', 'apps: { a: { schedule: ▮ } }', 'hourly daily weekly monthly Mon..Fri 04:30 Sun 03:00'],
  [
    'calendars of a backup, or none',
    'databases: { a: { backup: { incremental: ▮ } } }',
    'hourly daily weekly monthly none Sun 03:00',
  ],
  ['restore tests', 'databases: { a: { backup: { restore_test: ▮ } } }', 'daily weekly monthly none'],
  ['ciphers', 'tunnel: { cipher: ▮ }', 'aes-256-cbc aes-192-cbc aes-128-cbc'],
  ['public keys and folders', 'access: { ssh_keys: [▮] }', 'id.pub keys/ scripts/'],
  ['public keys in a folder, each once', 'access: { ssh_keys: [keys/ops.pub, keys/▮] }', 'keys/dev.pub'],
  ['a file of secrets', 'secrets: { file: ▮ }', 'secrets.age keys/ scripts/'],
  ['scripts', 'apps: { a: { run: { script: scripts/▮ } } }', 'scripts/worker.sh'],
  [
    'origins of the routes',
    'load_balancers: { e: { routes: { shop.example.com: app.a } } }\nbuckets: { b: { cors: [▮] } }',
    'https://shop.example.com',
  ],
  ['images of other apps', 'apps: { a: { run: { container: "x/y:1" } }, b: { run: { container: ▮ } } }', 'x/y:1'],
  [
    'former names that something still uses',
    'load_balancers: { e: { routes: { a.b: app.web } } }\napps: { site: { port: 1, renamed_from: ▮ } }',
    'web',
  ],
  [
    'values of variables, those of the app itself last',
    'region: fsn1\napps: { a: { env: { U: ▮ } }, b: {} }\ndatabases: { m: {} }',
    '${database.m.url} ${app.b.url} ${database.m.host} ${database.m.port} ${database.m.name} ${database.m.user} ${app.b.host} ${app.b.port} ${region.name} ${region.location} ${app.a.url} ${app.a.host} ${app.a.port}',
  ],
  ['nothing above lines that are the value', 'apps: ▮\n  web: {}\n', ''],
  ['nothing behind the end of everything', '{ "topology": "v1" }\n▮', ''],
  ['nothing behind a value', 'image: debian-12 ▮', ''],
  ['a map where only a map can be', 'load_balancers: { edge: { tls: ▮ } }', '{ … }'],
  ['the user of a mail relay, where that is a secret', 'alerts: { smtp: { user: ▮ } }\n', 'secret.SMTP_USER'],
  ['the password of a mail relay', 'alerts: { smtp: { password: ▮ } }\n', 'secret.SMTP_PASSWORD'],
  ['how a mail relay encrypts', 'alerts: { smtp: { tls: ▮ } }\n', 'starttls implicit none'],
];

describe('values that are proposed', () => {
  for (const [name, source, expected] of contexts) {
    it(name, () => assert.equal(labelsAt(source).join(' '), expected));
  }
});

describe('server types that are proposed', () => {
  const at = (source: string) => completionsAt(source);

  it('have their size and price where the servers are, the cheapest first', () => {
    const [first, second] = at('region: fsn1\napps: { web: { type: ▮ } }');
    assert.deepEqual(
      [first?.label, first?.detail, second?.label],
      ['cx23', '2 cores · 4 GB · 5.49 € a month · 40 GB disk · x86', 'cax11'],
    );
  });

  it('are the default first of all to an editor', () => {
    const preselected = at('region: fsn1\napps: { web: { type: ▮ } }').filter(({ preselect }) => preselect);
    assert.deepEqual(
      preselected.map(({ label }) => label),
      ['cx33'],
    );
  });

  it('are struck out and last where they are not sold', () => {
    const items = at('region: ash\napps: { web: { type: ▮ } }');
    const struck = items.findIndex(({ deprecated }) => deprecated);
    assert.ok(items.slice(struck).every(({ deprecated }) => deprecated));
    assert.equal(items.find(({ label }) => label === 'cx33')?.deprecated, true);
    assert.match(items.find(({ label }) => label === 'cx33')?.detail ?? '', /not sold in ash · /);
    assert.equal(items.find(({ label }) => label === 'cpx11')?.deprecated, undefined);
  });

  it('must be sold in each region of the tier', () => {
    const items = at('regions: { a: { location: fsn1 }, b: { location: ash } }\napps: { web: { type: ▮ } }');
    const had = items.filter(({ deprecated }) => !deprecated).map(({ label }) => label);
    assert.deepEqual(
      had.filter((label) => !label.startsWith('ccx')),
      [],
    );
    assert.ok(had.includes('ccx13'));
  });

  it('of one region are those of its location', () => {
    const items = at(
      'regions: { a: { location: fsn1 }, b: { location: ash, apps: { web: { type: ▮ } } } }\napps: { web: {} }',
    );
    assert.equal(items.find(({ label }) => label === 'cpx11')?.deprecated, undefined);
    assert.equal(items.find(({ label }) => label === 'cx23')?.deprecated, true);
  });

  it('do not count the regions that have a type of their own', () => {
    const items = at(
      'regions: { a: { location: fsn1 }, b: { location: ash, apps: { web: { type: cpx11 } } } }\napps: { web: { type: ▮ } }',
    );
    assert.equal(items.find(({ label }) => label === 'cx23')?.deprecated, undefined);
  });

  it('of the arbiter are those of its location', () => {
    assert.equal(at('arbiter: { location: sin, type: ▮ }').find(({ label }) => label === 'cx23')?.deprecated, true);
  });

  it('say no price while it is not known where the server will stand', () => {
    const [first] = completionsAt('arbiter:\n  type: ▮\n');
    assert.match(first?.detail ?? '', /^\d+ cores? · \d+ GB · \d+ GB disk · (?:x86|arm)$/);
  });
});
