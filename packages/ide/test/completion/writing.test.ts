import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { acceptedAt, completionsAt } from './support.js';

const base = `topology: v1
name: shop
region: fsn1
dns: { provider: cloudflare, zone: example.com }
apps:
  web: { port: 3000, run: { container: "a/b:1" } }
`;

const cases: readonly (readonly [
  name: string,
  source: string,
  label: string,
  expected: string,
  options?: { readonly snippets?: boolean; readonly asksAgain?: boolean; readonly folderName?: string },
])[] = [
  ['a key with an example of its value', 'topology: v1\nna▮\n', 'name', 'topology: v1\nname: shop▮\n'],
  ['the name of the folder', '▮', 'name', 'name: orders▮', { folderName: 'orders' }],
  ['no name of a folder that cannot be one', '▮', 'name', 'name: shop▮', { folderName: 'My Orders' }],
  [
    'a key whose value is chosen next, where the editor asks again',
    'topology: v1\nima▮\n',
    'image',
    'topology: v1\nimage: ▮\n',
    { asksAgain: true },
  ],
  [
    'a key whose value is chosen next, to a client without snippets',
    'topology: v1\nima▮\n',
    'image',
    'topology: v1\nimage: ▮\n',
    { snippets: false },
  ],
  ['a key with the only value that it may have', '▮', 'topology', 'topology: v1▮', { asksAgain: true }],
  [
    'a key with the only name that it may have',
    'load_balancers: { edge: {} }\naccess: { ▮ }',
    'bastion',
    'load_balancers: { edge: {} }\naccess: { bastion: edge▮ }',
    { asksAgain: true },
  ],
  [
    'two regions with their arbiter',
    '▮',
    'regions',
    'regions:\n  falkenstein: { location: fsn1 }\n  helsinki: { location: hel1 }\narbiter: { location: nbg1 }▮',
  ],
  [
    'two regions away from the arbiter that is there',
    'arbiter: { location: fsn1 }\n▮',
    'regions',
    'arbiter: { location: fsn1 }\nregions:\n  nuremberg: { location: nbg1 }\n  helsinki: { location: hel1 }▮',
  ],
  [
    'a database with a bucket in a file where nothing else is',
    '▮',
    'databases',
    'databases:\n  main:\n    engine: postgresql\n    volume: { size: 50GB }\n    backup: bucket.dumps\nbuckets:\n  dumps: { location: hel1 }▮',
  ],
  [
    'a database with a bucket, in brackets',
    '{ topology: v1, ▮ }',
    'databases',
    '{ topology: v1, databases: { main: { engine: postgresql, volume: { size: 50GB }, backup: bucket.dumps } }, buckets: { dumps: { location: hel1 } }▮ }',
  ],
  [
    'a database with a bucket, below a section that stands alone',
    'databases:\n  ▮',
    'main',
    'buckets: { dumps: { location: hel1 } }\ndatabases:\n  main:\n    engine: postgresql\n    volume: { size: 50GB }\n    backup: bucket.dumps▮',
  ],
  [
    'a database of several regions that loses no write between them',
    'regions: { a: fsn1, b: hel1 }\nbuckets: { dumps: { location: nbg1 } }\n▮',
    'databases',
    'regions: { a: fsn1, b: hel1 }\narbiter: { location: nbg1 }\nbuckets: { dumps: { location: nbg1 } }\ndatabases:\n  main:\n    engine: mariadb\n    volume: { size: 50GB }\n    replication: { between_regions: galera }\n    backup: bucket.dumps▮',
  ],
  ['a key alone where a colon follows', 'nam: shop▮'.replace('nam: shop▮', 'na▮m: shop'), 'name', 'name▮: shop'],
  ['a key alone above its value', 'ap▮\n  web: {}\n', 'apps', 'apps:▮\n  web: {}\n'],
  [
    'balancers with a route to an app',
    `${base}▮`,
    'load_balancers',
    `${base}load_balancers:\n  edge:\n    routes: { www.example.com: app.web }▮`,
  ],
  [
    'an app with its program',
    'apps:\n  ▮\n',
    'web',
    'apps:\n  web:\n    port: 3000\n    run: { container: ghcr.io/acme/shop:1.4.2 }▮\n',
  ],
  [
    'an app in brackets',
    'apps: { ▮ }\n',
    'web',
    'apps: { web: { port: 3000, run: { container: ghcr.io/acme/shop:1.4.2 } }▮ }\n',
  ],
  [
    'an app between two others, indented like them',
    'apps:\n    a: {}\n▮\n    b: {}\n',
    'web',
    'apps:\n    a: {}\n    web:\n      port: 3000\n      run: { container: ghcr.io/acme/shop:1.4.2 }▮\n    b: {}\n',
  ],
  [
    'a database with a new bucket for its backups',
    `${base}databases:\n  ▮`,
    'main',
    `${base}buckets:\n  dumps: { location: hel1 }\ndatabases:\n  main:\n    engine: postgresql\n    volume: { size: 50GB }\n    backup: bucket.dumps▮`,
  ],
  [
    'another engine with the replication that it has',
    `regions: { a: { location: fsn1 }, b: { location: hel1 } }\narbiter: { location: nbg1 }\ndatabases:\n  main:\n    engine: ▮\n    replication: { between_regions: pglogical }\n`,
    'mariadb',
    `regions: { a: { location: fsn1 }, b: { location: hel1 } }\narbiter: { location: nbg1 }\ndatabases:\n  main:\n    engine: mariadb▮\n    replication: { between_regions: galera }\n`,
  ],
  [
    'a key that is indented too far, where it belongs',
    'apps:\n  web:\n    port: 1\n      co▮\n',
    'count',
    'apps:\n  web:\n    port: 1\n    count: 2▮\n',
  ],
  [
    'a key that is indented too little, where it belongs',
    'apps:\n  web:\n    port: 1\n   co▮\n    run: {}\n',
    'count',
    'apps:\n  web:\n    port: 1\n    count: 2▮\n    run: {}\n',
  ],
  ['a key behind a comma', 'apps: { web: { port: 1, ▮ } }', 'count', 'apps: { web: { port: 1, count: 2▮ } }'],
  [
    'a key before another, with a comma',
    'apps: { web: { ▮ port: 1 } }',
    'count',
    'apps: { web: { count: 2,▮ port: 1 } }',
  ],
  ['a key in empty brackets, with blanks', 'apps: { web: {▮} }', 'count', 'apps: { web: { count: 2 ▮} }'],
  [
    'a key on a new line in brackets, with the comma before it',
    'apps: {\n  web: {}\n  ▮\n}',
    'api',
    'apps: {\n  web: {},\n  api: { port: 3000, run: { container: ghcr.io/acme/shop:1.4.2 } }▮\n}',
  ],
  [
    'a key of JSON',
    '{\n  "name": "shop",\n  "ap▮"\n}',
    'apps',
    '{\n  "name": "shop",\n  "apps": { "web": { "port": 3000, "run": { "container": "ghcr.io/acme/shop:1.4.2" } } }▮\n}',
  ],
  ['a value of JSON', '{\n  "region": ▮\n}', 'fsn1', '{\n  "region": "fsn1"▮\n}'],
  ['a value in quotes', 'region: "▮"', 'fsn1', 'region: "fsn1▮"'],
  ['a value in quotes that are open', "region: 'f▮", 'fsn1', "region: 'fsn1'▮"],
  ['a value with the blank behind the colon', 'region:▮', 'fsn1', 'region: fsn1▮'],
  ['a value with the colon before it', 'region f▮', 'fsn1', 'region: fsn1▮'],
  ['a value in place of another', 'region: nb▮g1 # here', 'fsn1', 'region: fsn1▮ # here'],
  [
    'a value in quotes where YAML needs them',
    'apps: { a: { schedule: ▮ } }',
    'Sun 03:00',
    'apps: { a: { schedule: "Sun 03:00"▮ } }',
  ],
  [
    'a value before another key, with a comma',
    'dns: { provider: ▮ zone: example.com }',
    'hetzner',
    'dns: { provider: hetzner,▮ zone: example.com }',
  ],
  ['a list', 'access:\n  ssh_keys: ▮\n', 'id.pub', 'access:\n  ssh_keys: [id.pub]▮\n'],
  ['an item with its dash', 'access:\n  ssh_keys:\n    ▮\n', 'id.pub', 'access:\n  ssh_keys:\n    - id.pub▮\n'],
  [
    'an item behind others',
    'access:\n  ssh_keys:\n    - a\n    ▮\n',
    'id.pub',
    'access:\n  ssh_keys:\n    - a\n    - id.pub▮\n',
  ],
  [
    'a mode with what it needs',
    'load_balancers:\n  edge:\n    tls:\n      mode: ▮\n',
    'files',
    'load_balancers:\n  edge:\n    tls:\n      mode: files\n      certificate: secret.TLS_CERT\n      key: secret.TLS_KEY▮\n',
  ],
  [
    'a mode with what it needs, in brackets',
    'load_balancers: { edge: { tls: { mode: ▮ } } }',
    'acme',
    'load_balancers: { edge: { tls: { mode: acme, email: ops@example.com▮ } } }',
  ],
  [
    'three replicas without a vote',
    'shared_storage: { m: { replicas: { data: ▮ } } }',
    '3',
    'shared_storage: { m: { replicas: { data: 3, arbiter: 0▮ } } }',
  ],
  [
    'Galera with the arbiter that it needs',
    'topology: v1\nregions: { a: fsn1, b: hel1 }\ndatabases: { m: { engine: ▮ } }\n',
    'mariadb',
    'topology: v1\nregions: { a: fsn1, b: hel1 }\narbiter: { location: nbg1 }\ndatabases: { m: { engine: mariadb▮ } }\n',
  ],
  [
    'a second engine with a port of its own',
    'databases:\n  a: {}\n  b:\n    engine: ▮\n',
    'postgresql',
    'databases:\n  a: {}\n  b:\n    engine: postgresql\n    port: 5433▮\n',
  ],
  [
    'a new host in the zone',
    `${base}load_balancers:\n  edge:\n    routes:\n      ▮`,
    '….example.com',
    `${base}load_balancers:\n  edge:\n    routes:\n      shop.example.com: app.web▮`,
  ],
  [
    'a peer behind its dash',
    'load_balancers:\n  e:\n    mode: bgp\n    bgp:\n      peers:\n        - ▮\n',
    'address',
    'load_balancers:\n  e:\n    mode: bgp\n    bgp:\n      peers:\n        - address: 192.0.2.1▮\n',
  ],
  [
    'a variable with the address of a database',
    'apps:\n  a:\n    env:\n      ▮\ndatabases: { m: {} }\n',
    'DATABASE_URL',
    'apps:\n  a:\n    env:\n      DATABASE_URL: "${database.m.url}"▮\ndatabases: { m: {} }\n',
  ],
  [
    'CRLF as the file has it',
    'apps:\r\n  ▮\r\n',
    'worker',
    'apps:\r\n  worker:\r\n    run: { container: ghcr.io/acme/worker:1.4.2 }▮\r\n',
  ],
  [
    'plain text to a client without snippets',
    'apps:\n  ▮\n',
    'worker',
    'apps:\n  worker:\n    run: { container: ghcr.io/acme/worker:1.4.2 }▮\n',
    { snippets: false },
  ],
];

const choices: readonly (readonly [name: string, source: string, label: string, expected: string])[] = [
  ['a choice of providers', '▮', 'dns', 'dns: { provider: ${1|cloudflare,hetzner,none|}, zone: ${2:example.com} }'],
  [
    'a choice of engines, and of the targets of backups that are there',
    'region: fsn1\nbuckets: { a: { location: hel1 }, b: { location: nbg1 } }\n▮',
    'databases',
    'databases:\n  ${1:main}:\n    engine: ${2|postgresql,mariadb|}\n    volume: { size: ${3:50GB} }\n    backup: ${4|bucket.a,bucket.b|}',
  ],
  [
    'a choice of locations, without those that the checks refuse',
    'regions: { a: fsn1 }\n▮',
    'arbiter',
    'arbiter: { location: ${1|nbg1,hel1,ash,hil,sin|} }',
  ],
  [
    'a choice of ways to replicate',
    'regions: { a: fsn1, b: hel1 }\ndatabases: { m: { ▮ } }',
    'replication',
    'replication: { between_regions: ${1|pglogical,none|} }',
  ],
  ['a choice of locations of buckets', '▮', 'buckets', 'buckets:\n  ${1:assets}: { location: ${2|fsn1,nbg1,hel1|} }'],
  ['a choice of true and false', 'buckets: { a: { ▮ } }', 'versioning', 'versioning: ${1|true,false|}'],
  [
    'a choice of the words that a field has',
    'load_balancers:\n  edge: { ▮ }',
    'balance',
    'balance: ${1|leastconn,roundrobin,static-rr,first,random,source,uri|}',
  ],
  [
    'no choice of words of which some need more beside them',
    'load_balancers: { edge: { tls: { ▮ } } }',
    'mode',
    'mode: ',
  ],
  [
    'a choice of the public keys that are there',
    '▮',
    'access',
    'access:\n  ssh_keys: [${1|keys/dev.pub,keys/ops.pub,id.pub|}]\n  ssh_from: [${2:198.51.100.0/24}]',
  ],
  [
    'a choice of the apps that a route can lead to, the one first that none leads to',
    `${base}  api: { port: 8000 }\n  worker: {}\nload_balancers: { edge: { routes: { www.example.com: app.web, ▮ } } }\n`,
    'api.example.com',
    'api.example.com: ${1|app.api,app.web|}',
  ],
  [
    'the name of a new bucket once, for both places that have it',
    'region: fsn1\n▮',
    'databases',
    'databases:\n  ${1:main}:\n    engine: ${2|postgresql,mariadb|}\n    volume: { size: ${3:50GB} }\n    backup: bucket.${4:dumps}\nbuckets:\n  $4: { location: hel1 }',
  ],
  ['no choice of what has a price', 'apps: { a: { ▮ } }', 'type', 'type: '],
];

describe('a completion writes', () => {
  for (const [name, source, label, expected, options] of cases) {
    it(name, () => assert.equal(acceptedAt(source, label, options), expected));
  }

  for (const [name, source, label, expected] of choices) {
    it(name, () => {
      const item = completionsAt(source).find((each) => each.label === label);
      assert.equal(item?.edit.newText, expected);
    });
  }

  it('the first of a choice for a client whose snippets have none', () => {
    const item = completionsAt('▮', { choices: false }).find(({ label }) => label === 'dns');
    assert.equal(item?.edit.newText, 'dns: { provider: ${1:cloudflare}, zone: ${2:example.com} }');
  });

  it('no places to fill in for a client without snippets', () => {
    for (const source of ['▮', 'apps:\n  ▮\n', 'region: fsn1\nload_balancers: { edge: { ▮ } }']) {
      const items = completionsAt(source, { snippets: false });
      assert.ok(items.length > 0);
      assert.ok(items.every(({ snippet, edit }) => snippet === undefined && !/\$\{?\d/.test(edit.newText)));
    }
  });

  it('in one edit that holds the cursor and lies in its line', () => {
    const source = 'apps:\n  web:\n    po▮: 1\n';
    const offset = source.indexOf('▮');
    for (const { edit } of completionsAt(source)) {
      assert.ok(edit.span.start <= offset && offset <= edit.span.end);
      assert.ok(!source.replace('▮', '').slice(edit.span.start, edit.span.end).includes('\n'));
    }
  });
});
