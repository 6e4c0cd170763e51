import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { analyse } from '@groundplan/model';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { arbitraryTopology } from '../../../../test/support/arbitrary-topology.js';
import { prepareRename, rename } from '../../src/index.js';
import { thingsOf } from '../../src/navigation/things.js';
import { applied } from '../support/apply.js';
import { snapshotOf } from '../support/snapshot-of.js';

const head = 'topology: v1\nname: shop\n';

/** The text after what stands at the first `at` is called `newName`, or why it cannot be. */
function renamed(text: string, at: string, newName: string): string {
  const renaming = rename(snapshotOf(text), text.indexOf(at) + at.length - 1, newName);
  return 'problem' in renaming ? renaming.problem : applied(text, renaming.edits);
}

describe('rename: the first name', () => {
  const web = (fields: string) => `${head}apps:\n  web: ${fields}\n`;

  it('is kept when something is renamed, again when it is renamed once more, and goes with the way back', () => {
    const once = renamed(web('{ run: { script: a.sh } }'), 'web', 'front');
    assert.equal(once, `${head}apps:\n  front: { run: { script: a.sh }, renamed_from: web }\n`);
    const twice = renamed(once, 'front', 'shop-front');
    assert.equal(twice, `${head}apps:\n  shop-front: { run: { script: a.sh }, renamed_from: web }\n`);
    assert.equal(renamed(twice, 'shop-front', 'web'), web('{ run: { script: a.sh } }'));
  });

  it('is written where there is nothing yet, and goes from lines of its own', () => {
    assert.equal(
      renamed(`${head}buckets:\n  dumps: {}\n`, 'dumps', 'b'),
      `${head}buckets:\n  b: { renamed_from: dumps }\n`,
    );
    assert.equal(
      renamed(`${head}buckets:\n  b: { renamed_from: dumps }\n`, 'b:', 'dumps'),
      `${head}buckets:\n  dumps: {}\n`,
    );
    const block = `${head}apps:\n  front:\n    renamed_from: web\n    run: { script: a.sh }\n`;
    assert.equal(renamed(block, 'front', 'web'), `${head}apps:\n  web:\n    run: { script: a.sh }\n`);
  });

  it('turns a region that is only a location into a map', () => {
    assert.equal(
      renamed(`${head}regions: { north: hel1, south: "fsn1" }\n`, 'south', 'west'),
      `${head}regions: { north: hel1, west: { location: fsn1, renamed_from: south } }\n`,
    );
  });

  it('is not kept of a name that nothing can have had', () => {
    assert.equal(
      renamed(`${head}apps:\n  MyWeb: { run: { script: a.sh }, env: { U: "\${app.MyWeb.url}" } }\n`, 'MyWeb', 'web'),
      `${head}apps:\n  web: { run: { script: a.sh }, env: { U: "\${app.web.url}" } }\n`,
    );
  });

  it('keeps the ends of lines', () => {
    const text = 'topology: v1\r\napps:\r\n  web:\r\n    run: { script: a.sh }\r\n';
    assert.equal(
      renamed(text, 'web', 'front'),
      'topology: v1\r\napps:\r\n  front:\r\n    run: { script: a.sh }\r\n    renamed_from: web\r\n',
    );
  });
});

describe('rename: ways of writing', () => {
  it('writes names with escapes anew, in their quotes', () => {
    const text = String.raw`topology: v1
databases: { "m\x61in": { backup: "buc\x6bet.dumps" } }
buckets: { dumps: {} }
apps: { a: { run: { script: a.sh }, env: { U: "\x24{database.m\x61in.url}", V: "${'$'}{database.main\x2eurl}" } } }
`;
    const after = renamed(text, '"m', 'orders');
    assert.ok(after.includes('"orders": { backup: "buc\\x6bet.dumps", renamed_from: main }'), after);
    assert.ok(after.includes('env: { U: "\\x24{database.orders.url}", V: "${database.orders\\x2eurl}" }'), after);
    assert.ok(renamed(text, 'buckets: { d', 'x').includes('backup: "bucket.x"'));
  });

  it('puts a name that would be read as something else in quotes', () => {
    const text = `${head}load_balancers: { edge: {} }\naccess: { bastion: edge }\n`;
    assert.equal(
      renamed(text, 'edge', 'null'),
      `${head}load_balancers: { "null": { renamed_from: edge } }\naccess: { bastion: "null" }\n`,
    );
  });

  it('renames from any of its places, the word of the kind included', () => {
    const text = `${head}apps: { web: { run: { script: a.sh } } }\nbuckets: { b: { writers: [app.web] } }\n`;
    assert.ok(renamed(text, '[a', 'front').includes('writers: [app.front]'));
  });

  it('takes the first name of something else as a name', () => {
    const text = `${head}apps:\n  web: { run: { script: a.sh } }\n  front: { run: { script: a.sh }, renamed_from: api }\n`;
    assert.ok(renamed(text, 'web', 'api').includes('api: { run: { script: a.sh }, renamed_from: web }'));
  });

  it('changes the host of routes in buckets too', () => {
    const text = `${head}dns: { provider: none, zone: example.com }
load_balancers: { edge: { routes: { shop.example.com: app.web, "shop.example.com/api": app.web } } }
apps: { web: { port: 80, run: { script: a.sh } } }
buckets: { s: { cors: ["https://shop.example.com"], access: public } }
`;
    assert.equal(renamed(text, 'shop.e', 'www.example.com'), text.replaceAll('shop.example.com', 'www.example.com'));
  });
});

describe('rename: refusals', () => {
  const text = `${head}regions: { north: { location: hel1 } }
load_balancers: { edge: {} }
apps:
  web: { run: { script: a.sh }, env: { U: "\${app.api.url}", S: "\${secret.KEY}" } }
  api: { port: 80, run: { script: a.sh } }
`;
  const refusals: readonly (readonly [string, string, string, string | RegExp])[] = [
    ['a name that is taken', 'web', 'api', 'Another app is called api already.'],
    ['a name with capital letters', 'web', 'Web', /^"Web" is no name of an app: expected up to 18 lower-case letters/],
    ['a name that is too long', 'web', 'a'.repeat(19), /expected up to 18/],
    ['an empty name', 'web', '', /expected up to 18/],
    ["the arbiter's name for a region", 'north', 'arbiter', /another name than the arbiter's/],
    ['a secret in small letters', 'secret.K', 'key', /capital letters/],
    ['an output', 'app.api.u', 'x', '"url" is a word of the language: only names can be changed.'],
    ['a key of the language', 'topology', 'x', 'Nothing is named here that could be renamed.'],
  ];
  for (const [what, at, newName, expected] of refusals) {
    it(what, () => {
      const problem = renamed(text, at, newName);
      if (typeof expected === 'string') assert.equal(problem, expected);
      else assert.match(problem, expected);
    });
  }

  it('a region that is called like its location', () => {
    const short = `${head}region: fsn1\n`;
    const refused = prepareRename(snapshotOf(short), short.indexOf('fsn1'));
    assert.ok('problem' in refused && /write "regions:"/.test(refused.problem));
  });

  it('a name that nothing has', () => {
    const unknown = `${head}buckets: { b: { writers: [app.nobody] } }\n`;
    assert.equal(
      renamed(unknown, 'app.nob', 'x'),
      'Nothing is called app.nobody: what is not declared cannot be renamed.',
    );
  });

  it('what an alias repeats, so that two things would change', () => {
    const shared = `${head}apps: &all { web: { run: { script: a.sh } } }\ndatabases: *all\n`;
    assert.match(renamed(shared, 'web', 'x'), /repeated by an alias/);
    const alias = `${head}apps:\n  a: &a { run: { script: a.sh } }\n  b: *a\n`;
    assert.match(renamed(alias, 'b:', 'x'), /renamed_from: b cannot be written/);
    const merged = `${head}apps:\n  web: &w { run: { script: a.sh } }\n  job: { <<: *w }\n`;
    assert.match(renamed(merged, 'web', 'x'), /With the name "x" there would be a new problem: /);
  });

  it('a name that the checks would refuse', () => {
    const clash = `${head}regions: { a: fsn1, a-app-b: hel1 }\napps: { b-app-c: { run: { script: a.sh } }, x: { run: { script: a.sh } } }\n`;
    assert.match(renamed(clash, 'x:', 'c'), /new problem: .*host/);
  });
});

describe('rename: any thing of any topology', () => {
  const names = ['zz-new', 'null', 'a1'];

  function check(text: string): number {
    const snapshot = snapshotOf(text);
    const before = analyse(text);
    let done = 0;
    for (const thing of thingsOf(snapshot)) {
      if (thing.kind === 'host') continue;
      const newName = thing.kind === 'secret' ? 'ZZ_NEW' : (names[done % names.length] ?? '');
      for (const { span } of [thing.occurrences[0], thing.occurrences.at(-1)].flatMap((each) => each ?? [])) {
        const renaming = rename(snapshot, span.end, newName);
        if ('problem' in renaming) {
          // By chance the name may be taken, or the first name of something else.
          assert.match(
            renaming.problem,
            /is called .* already|short for a region|new problem/,
            `${thing.name}: ${renaming.problem}`,
          );
          continue;
        }
        const after = analyse(applied(text, renaming.edits));
        const codes = (analysis: typeof after) => analysis.diagnostics.map(({ code }) => code).sort();
        assert.deepEqual(codes(after), codes(before));
        const hosts = (analysis: typeof after) => analysis.model.hosts.map(({ key, address }) => `${key} ${address}`);
        assert.deepEqual(hosts(after), hosts(before));
        const buckets = (analysis: typeof after) => analysis.model.buckets.map(({ bucketName }) => bucketName.value);
        assert.deepEqual(buckets(after), buckets(before));
        assert.equal(after.model.references.length, before.model.references.length);
        assert.deepEqual(
          after.model.references.map(({ target }) => target?.kind),
          before.model.references.map(({ target }) => target?.kind),
        );
        done++;
      }
    }
    return done;
  }

  for (const sample of readdirSync('samples', { withFileTypes: true }).filter((entry) => entry.isDirectory())) {
    it(`of the sample ${sample.name}`, () => {
      assert.ok(check(readFileSync(`samples/${sample.name}/topology.yaml`, 'utf8')) > 0);
    });
  }

  it('of generated topologies: no new diagnostics, the same servers and addresses', () => {
    let done = 0;
    fc.assert(
      fc.property(arbitraryTopology({ regions: 2, entities: 2 }), (text) => {
        done += check(text);
      }),
      { numRuns: 25 },
    );
    assert.ok(done > 100);
  });
});
