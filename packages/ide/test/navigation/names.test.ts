import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { definition, highlights, prepareRename, references, rename } from '../../src/index.js';
import { applied } from '../support/apply.js';
import { snapshotOf } from '../support/snapshot-of.js';
import { marked } from './marked.js';

interface Case {
  readonly of: string;
  readonly text: string;
  readonly name: string;
  readonly newName: string;
}

const head = 'topology: v1\nname: shop\n';
const web = 'apps:\n  web: { port: 3000, run: { container: "a:1" } }\n';

const cases: readonly Case[] = [
  {
    of: 'an app in routes, overrides of regions, writers of buckets and ${…}',
    name: 'web',
    newName: 'front',
    text: `${head}regions:
  falkenstein: { location: fsn1 }
  helsinki:
    location: hel1
    apps: { «web»: { count: 3 } }
load_balancers:
  edge:
    routes:
      shop.example.com: app.«web»
      shop.example.com/x: "app.«web»"
apps:
  «=web»:
    port: 3000
    run: { container: "a:1" }⟨
    renamed_from: web⟩
  api:
    run: { container: "a:1" }
    env: { WEB: "http://x/\${app.«web».url}", A: "\${ app.«web».host } $\${app.web.host} app.web" }
buckets:
  static: { writers: [app.«web»], location: fsn1 }
`,
  },
  {
    of: 'a database in flow style, in a quoted key, and inside a block of text',
    name: 'main',
    newName: 'orders',
    text: `${head}apps:
  web:
    port: 3000
    run: { container: "a:1" }
    files:
      /etc/app.conf:
        content: |
          url=\${database.«main».url}
          😀 \${database.«main».user}
databases: { "«=main»": { engine: postgresql, backup: bucket.dumps⟨, renamed_from: main⟩ }, other: { backup: bucket.dumps } }
`,
  },
  {
    of: 'a bucket that a backup names bare, and one that names it in a map',
    name: 'dumps',
    newName: 'backups',
    text: `${head}databases:
  a: { backup: bucket.«dumps» }
  b: { backup: { to: 'bucket.«dumps»', encrypt: true } }
buckets:
  «=dumps»: { location: hel1⟨, renamed_from: dumps⟩ } # where dumps go
`,
  },
  {
    of: 'a shared storage in mounts',
    name: 'media',
    newName: 'pictures',
    text: `${head}apps: { web: { run: { script: x.sh }, mounts: { /srv/media: storage.«media» }, env: { P: "\${storage.«media».path}" } } }
shared_storage: { «=media»: { backup: external.offsite⟨, renamed_from: media⟩ } }
external: { offsite: { type: sftp, user: u, host: h.example.net, path: / } }
`,
  },
  {
    of: 'an external target',
    name: 'offsite',
    newName: 'vault',
    text: `${head}databases: { a: { backup: external.«offsite» } }
external:
  «=offsite»:
    type: sftp
    user: u
    host: h.example.net
    path: /⟨
    renamed_from: offsite⟩
`,
  },
  {
    of: 'a load balancer as the bastion and in a region',
    name: 'edge',
    newName: 'door',
    text: `${head}regions:
  a: { location: fsn1, load_balancers: { "«edge»": { count: 1 } } }
load_balancers:
  '«=edge»': {⟨ renamed_from: edge ⟩}
access: { ssh_from: [198.51.100.0/24], ssh_keys: [k.pub], bastion: «edge» }
`,
  },
  {
    of: 'a region by the way storage is replicated',
    name: 'helsinki',
    newName: 'north',
    text: `${head}regions:
  falkenstein: { location: fsn1 }
  «=helsinki»: { location: hel1⟨, renamed_from: helsinki⟩ }
shared_storage:
  media: { geo_replication: { from: falkenstein, to: [«helsinki»] }, backup: external.x }
`,
  },
  {
    of: 'a secret, which nothing declares',
    name: 'HOOK',
    newName: 'ALERT_HOOK',
    text: `${head}${web}alerts: { webhook: "https://a.example.com/\${secret.«HOOK»}", email: secret.«HOOK» }
load_balancers:
  edge: { tls: { mode: files, certificate: secret.«HOOK», key: secret.KEY } }
`,
  },
  {
    of: 'an anchor and its aliases, up to the next one of that name',
    name: 'small',
    newName: 'tiny',
    text: `${head}apps:
  a: { run: &«=small» { container: "a:1" } }
  b: { run: *«small» }
  c: { run: {<<: *«small»} }
  d: { run: &small { container: "b:1" } }
  e: { run: *small }
`,
  },
  {
    of: 'something that has been renamed before, which keeps its first name',
    name: 'web',
    newName: 'front',
    text: `${head}apps:
  «=web»: { renamed_from: shop, run: { container: "a:1" }, env: { U: "\${app.«web».url}" } }
`,
  },
];

describe('names: definition, references, highlights and rename', () => {
  for (const { of, text: source, name, newName } of cases) {
    it(of, () => {
      const { text, places, renamed } = marked(source);
      const snapshot = snapshotOf(text);
      const spans = places.map(({ span }) => span);
      const declared = places.find(({ declares }) => declares) ?? places[0];
      for (const { span } of places) {
        for (const offset of [span.start, span.start + 1, span.end]) {
          assert.deepEqual(
            definition(snapshot, offset)?.targets.map(({ nameSpan }) => nameSpan),
            [declared?.span],
          );
          assert.deepEqual(references(snapshot, offset, { includeDeclaration: true }), spans);
          assert.deepEqual(
            references(snapshot, offset, { includeDeclaration: false }),
            places.filter(({ declares }) => !declares).map((place) => place.span),
          );
          assert.deepEqual(
            highlights(snapshot, offset),
            places.map((place) => ({ span: place.span, kind: place.declares ? 'write' : 'read' })),
          );
          assert.deepEqual(prepareRename(snapshot, offset), { span, placeholder: name });
          const renaming = rename(snapshot, offset, newName);
          if ('problem' in renaming) assert.fail(renaming.problem);
          assert.equal(applied(text, renaming.edits), renamed(newName));
        }
      }
    });
  }
});

describe('definition', () => {
  const text = `${head}regions:
  falkenstein: { location: fsn1 }
  helsinki: { location: hel1 }
dns: { provider: none, zone: example.com }
load_balancers: { edge: { routes: { shop.example.com: app.web, shop.example.com/api: app.api } } }
apps:
  web: { run: { script: x.sh }, env: { R: "\${region.name}", U: "\${app.api.url}" } }
  api: { run: { script: x.sh } }
buckets: { static: { location: fsn1, cors: ["https://shop.example.com"] } }
`;
  const snapshot = snapshotOf(text);
  const targetsAt = (mark: string) =>
    definition(snapshot, text.indexOf(mark) + 1)?.targets.map(({ span }) => text.slice(span.start, span.end));

  it('of a whole reference is the whole declaration', () => {
    assert.deepEqual(targetsAt('app.api.url'), ['api: { run: { script: x.sh } }']);
    const found = definition(snapshot, text.indexOf('app.api.url') + 9);
    assert.equal(text.slice(found?.origin.start, found?.origin.end), 'app.api.url');
  });

  it('of region.name is every region', () => {
    assert.deepEqual(targetsAt('region.name'), ['falkenstein: { location: fsn1 }', 'helsinki: { location: hel1 }']);
  });

  it("of a route's host is the zone, and its other uses are marked", () => {
    assert.deepEqual(targetsAt('shop.example.com'), ['example.com']);
    const host = 'shop.example.com';
    const marks = highlights(snapshot, text.indexOf(host)).map(({ span }) => span.start);
    assert.deepEqual(
      marks,
      [...text.matchAll(/shop\.example\.com/g)].map(({ index }) => index),
    );
  });

  it('of a name that nothing has, and of no name, is none', () => {
    const unknown = `${head}apps: { web: { env: { A: "\${app.nobody.url}" } } }`;
    assert.equal(definition(snapshotOf(unknown), unknown.indexOf('nobody')), undefined);
    assert.deepEqual(highlights(snapshotOf(unknown), unknown.indexOf('nobody')), []);
    assert.equal(definition(snapshot, text.indexOf('provider')), undefined);
  });
});
