import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { acceptedAt, completionsAt, labelsAt } from './support.js';

const around = `region: fsn1
databases: { main: { backup: bucket.dumps } }
buckets: { dumps: { location: hel1 }, static: {} }
shared_storage: { media: {} }
`;
const env = (value: string) => `${around}apps:\n  web:\n    port: 3000\n    env:\n      A: ${value}\n`;

const contexts: readonly (readonly [name: string, source: string, expected: string])[] = [
  [
    'the names of a kind behind its dot',
    env('${database.▮}'),
    'database.main. database.main.url database.main.host database.main.port database.main.name database.main.user',
  ],
  [
    'the outputs behind a name',
    env('${database.main.▮}'),
    'database.main.url database.main.host database.main.port database.main.name database.main.user',
  ],
  [
    'no keys of the bucket that backups are in',
    env('${bucket.dumps.▮'),
    'bucket.dumps.name bucket.dumps.host bucket.dumps.endpoint',
  ],
  [
    'the keys of another bucket',
    env('${bucket.static.▮'),
    'bucket.static.name bucket.static.host bucket.static.endpoint bucket.static.access_key bucket.static.secret_key',
  ],
  ['the path of a storage', env('${storage.▮'), 'storage.media. storage.media.path'],
  ['what is known of the region', env('${region.▮'), 'region.name region.location'],
  [
    'secrets that are named elsewhere, and one that is called like the variable',
    env('${secret.▮}\n      B: ${secret.KNOWN}'),
    'secret.KNOWN secret.A',
  ],
  ['no secret that is called like a variable which cannot be one', env('${secret.▮').replace(' A:', ' a:'), ''],
  ['the second one of a value', env('x${region.name}-${storage.▮'), 'storage.media. storage.media.path'],
  ['nothing behind two dollars', env('$${database.▮'), ''],
  [
    'in the text of a file',
    `${around}apps: { web: { files: { /a: { content: "x = \${region.▮}" } } } }`,
    'region.name region.location',
  ],
  [
    'in a block of text',
    `${around}apps:\n  web:\n    files:\n      /a:\n        content: |\n          x = \${region.▮\n`,
    'region.name region.location',
  ],
  [
    'secrets alone in the address of alerts',
    `${around}apps: { web: { env: { A: "\${secret.HOOK}" } } }\nalerts: { webhook: "https://a.b/\${▮}" }`,
    'secret. secret.HOOK',
  ],
];

describe('what is proposed inside ${…}', () => {
  for (const [name, source, expected] of contexts) {
    it(name, () => assert.equal(labelsAt(source).join(' '), expected));
  }

  it('begins with the kinds, which go on at once', () => {
    const kinds = completionsAt(env('${▮')).filter(({ continues }) => continues);
    assert.deepEqual(
      kinds.map(({ label }) => label),
      ['database.', 'app.', 'bucket.', 'storage.', 'secret.', 'region.'],
    );
  });

  it('finds everything by what is typed', () => {
    assert.ok(labelsAt(env('${url▮')).includes('database.main.url'));
  });

  it('has no app whose port on the host is the one that the program wants', () => {
    const clash = `${around.replace('main: {', 'main: { port: 3000,')}apps: { web: { port: 3000, env: { A: "\${database.▮}" } } }`;
    assert.deepEqual(labelsAt(clash), []);
  });

  const brackets: readonly (readonly [name: string, value: string, expected: string])[] = [
    ['that is open', '${data▮', '${database.main.url}▮'],
    ['that is closed', '${data▮}', '${database.main.url▮}'],
    ['with more behind it', '${▮}/x', '${database.main.url▮}/x'],
    ['with something else in it', '${ database.main.ho▮st }', '${ database.main.url▮ }'],
    ['in quotes that are open', '"${▮', '"${database.main.url}▮'],
  ];
  for (const [name, value, expected] of brackets) {
    it(`closes a brace ${name}`, () => {
      const result = acceptedAt(env(value), 'database.main.url');
      assert.equal(result.slice(result.indexOf(' A: ') + 4).trimEnd(), expected);
    });
  }

  it('leaves the brace open behind a kind', () => {
    assert.match(acceptedAt(env('${▮'), 'database.'), / A: \$\{database\.▮\n/);
  });

  it('is put in quotes in brackets, where braces need them', () => {
    const source = (value: string) => `${around}apps: { web: { env: { A: ${value} } } }\n`;
    assert.match(acceptedAt(source('${▮}'), 'database.main.url'), /\{ A: "\$\{database\.main\.url▮\}" \}/);
  });
});
