import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { labelsAt } from './support.js';

const contexts: readonly (readonly [name: string, source: string, expected: string])[] = [
  [
    'in an empty file, what is required first',
    '▮',
    'topology name region regions access image labels arbiter dns apps load_balancers databases shared_storage buckets tunnel external secrets alerts terraform',
  ],
  [
    'at the top, balancers as the language has them once there is an app that they can route to',
    'topology: v1\nname: shop\nregion: fsn1\naccess: {}\nexternal: {}\nlabels: {}\napps: { web: { port: 1 } }\n▮',
    'image arbiter dns load_balancers databases shared_storage buckets tunnel secrets alerts terraform',
  ],
  [
    'at the top, none that is there, and not the other way to write a region',
    'topology: v1\nname: shop\nregion: fsn1\ndns: { provider: none, zone: example.com }\n▮\naccess: {}\n',
    'image labels arbiter apps load_balancers databases shared_storage buckets tunnel external secrets alerts terraform',
  ],
  ['of a region', 'regions:\n  a: { ▮ }\n', 'location cidr renamed_from'],
  [
    'of a region, with what it may override',
    'regions:\n  a: { location: fsn1, ▮ }\napps: { web: {} }\ndatabases: { main: {} }\n',
    'cidr apps databases renamed_from',
  ],
  [
    'of the apps that a region may override',
    'regions:\n  a:\n    location: fsn1\n    apps:\n      ▮\n      web: { count: 1 }\napps: { web: {}, api: {} }\n',
    'api',
  ],
  [
    'of an app that a region overrides',
    'regions:\n  a: { location: fsn1, apps: { web: { ▮ } } }\napps: { web: {} }\n',
    'count type',
  ],
  [
    'of a database that a region overrides',
    'regions:\n  a: { location: fsn1, databases: { main: { ▮ } } }\ndatabases: { main: {} }\n',
    'type standby',
  ],
  [
    'of new regions, by their city',
    'regions:\n  falkenstein: { location: fsn1 }\n  ▮\n',
    'nuremberg helsinki ashburn hillsboro singapore',
  ],
  ['of the DNS', 'dns:\n  ▮\n', 'provider zone zone_id create ttl proxied failover'],
  ['of the DNS of Hetzner', 'dns: { provider: hetzner, ▮ }\n', 'zone create ttl failover'],
  ['of the failover that is off', 'dns: { failover: { by: none, ▮ } }\n', ''],
  ['of a load balancer', 'load_balancers:\n  edge:\n    ▮\n', 'mode count type balance tls routes slot renamed_from'],
  [
    'of a load balancer with BGP',
    'load_balancers:\n  edge: { mode: bgp, ▮ }\n',
    'bgp count type balance tls routes slot renamed_from',
  ],
  ['of TLS by ACME', 'load_balancers: { edge: { tls: { mode: acme, ▮ } } }', 'email'],
  ['of TLS by files', 'load_balancers: { edge: { tls: { mode: files, ▮ } } }', 'certificate key'],
  [
    'of a peer, behind its dash',
    'load_balancers:\n  edge:\n    mode: bgp\n    bgp:\n      peers:\n        - ▮\n',
    'address asn password',
  ],
  [
    'of a peer, on its second line',
    'load_balancers:\n  edge:\n    mode: bgp\n    bgp:\n      peers:\n        - address: 192.0.2.1\n          ▮\n',
    'asn password',
  ],
  [
    'of an app that answers requests',
    'apps:\n  web:\n    port: 3000\n    ▮\n',
    'run count type release health drain env packages files slot renamed_from',
  ],
  [
    'of a job',
    'apps:\n  web: { schedule: daily, ▮ }\n',
    'run count type release drain env packages files slot renamed_from',
  ],
  ['of a program', 'apps: { web: { run: { ▮ } } }', 'container artifact script'],
  ['of a program in a container', 'apps: { web: { run: { container: a, ▮ } } }', 'registry'],
  ['of a program from an artifact', 'apps: { web: { run: { artifact: "https://a.b/c", ▮ } } }', 'sha256 command'],
  ['of a file', 'apps: { web: { files: { /a: { content: a, ▮ } } } }', 'mode owner'],
  [
    'of a database in one region',
    'region: fsn1\nbuckets: { dumps: { location: hel1 } }\ndatabases:\n  main:\n    ▮\n',
    'backup engine type standby durability volume port on_failure slot renamed_from',
  ],
  [
    'of a database in several regions',
    'regions: { a: { location: fsn1 }, b: { location: hel1 } }\nbuckets: { dumps: { location: nbg1 } }\ndatabases: { main: { backup: bucket.dumps, volume: {}, ▮ } }\n',
    'replication engine type standby durability port on_failure slot renamed_from',
  ],
  [
    'of a backup of a database',
    'databases: { main: { backup: { to: bucket.a, ▮ } } }',
    'full incremental keep_full encrypt restore_test alert_if_older_than',
  ],
  [
    'of a backup of files',
    'shared_storage: { a: { backup: { to: bucket.a, ▮ } } }',
    'every keep encrypt restore_test alert_if_older_than',
  ],
  [
    'of a bucket that no app can write to',
    'buckets: { a: { ▮ } }',
    'name location access versioning cors renamed_from',
  ],
  [
    'of a bucket, which has to say where it is in several regions',
    'regions: { a: fsn1, b: hel1 }\nbuckets: { a: { ▮ } }',
    'location name access versioning cors renamed_from',
  ],
  ['of an external target by SFTP', 'external: { a: { type: sftp, ▮ } }', 'host user path port renamed_from'],
  ['of the access', 'access: { ▮ }', 'ssh_keys ssh_from'],
  [
    'of the access, where a balancer can be named',
    'load_balancers: { edge: {} }\naccess: { ssh_keys: [a], ssh_from: [b], ▮ }',
    'bastion',
  ],
  ['of the state of Terraform', 'terraform: { backend: { ▮ } }', 's3 local'],
  ["for labels: none, they are the user's own", 'labels:\n  ▮\n', ''],
  ['in a map that the language does not have', 'nothing:\n  ▮\n', ''],
  ['for a key that is misspelt, those that its value suits', 'apps:\n  web:\n    contu▮: 3\n', 'count port slot'],
  ['for a key that is right, itself', 'apps:\n  web:\n    co▮unt: 3\n', 'count'],
  [
    'for variables: the address of a database',
    'apps: { web: { env: { ▮ } } }\ndatabases: { main: {} }\n',
    'DATABASE_URL',
  ],
  ['for mounts: the storages', 'apps: { web: { mounts: { ▮ } } }\nshared_storage: { media: {} }\n', '/srv/media'],
  [
    'for routes: hosts in the zone that no balancer has',
    'dns: { provider: none, zone: example.com }\nload_balancers:\n  edge: { routes: { www.example.com: app.web, ▮ } }\n  staff: { routes: { admin.example.com: app.web } }\napps: { web: { port: 3000 } }\n',
    'example.com api.example.com app.example.com ….example.com',
  ],
  [
    'for routes: none without an app to route to',
    'dns: { provider: none, zone: example.com }\nload_balancers: { edge: { routes: { ▮ } } }',
    '',
  ],
  ['for files: one with its text', 'apps: { web: { files: { ▮ } } }', '/etc/app/settings.ini'],
  ['for apps: each kind of them', 'apps:\n  web: {}\n  ▮\n', 'api worker job'],
  ['for databases: one with a name of its own', 'region: fsn1\ndatabases:\n  main: {}\n  ▮\n', 'orders'],
];

describe('keys that are proposed', () => {
  for (const [name, source, expected] of contexts) {
    it(name, () => assert.equal(labelsAt(source).join(' '), expected));
  }
});
