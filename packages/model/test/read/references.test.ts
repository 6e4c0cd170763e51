import assert from 'node:assert/strict';
import { analyse } from '@groundplan/model';
import { describe, it } from 'mocha';
import { read, references, textAt } from './marks.js';

const web = 'apps: { web: { port: 80, run: { script: web.sh } } }';

/** The text of each diagnostic's mark, with its code and what the first fix writes. */
function mistakes(...parts: readonly string[]): string[] {
  const analysis = read('region: fsn1', ...parts);
  return analysis.diagnostics
    .filter(({ code }) => code.startsWith('reference/') && code !== 'reference/unused')
    .map(({ code, span, fixes }) => {
      const fix = fixes[0]?.edits.map((edit) => `${textAt(analysis, edit.span)} => ${edit.newText}`).join();
      return `${code} "${textAt(analysis, span)}"${fix === undefined ? '' : ` ${fix}`}`;
    });
}

describe('a dotted reference', () => {
  it('is found with its name, in every style', () => {
    const analysis = read(
      'region: fsn1',
      web,
      'load_balancers:',
      '  edge:',
      '    routes:',
      '      a.example.com: app.web',
      "      b.example.com: 'app.web'",
      '      c.example.com: "app.web"',
    );
    assert.deepEqual(references(analysis), [
      'app.web | web -> app web at "web", from load_balancer.edge load_balancers.*.routes.*',
      '\'app.web\' | web -> app web at "web", from load_balancer.edge load_balancers.*.routes.*',
      '"app.web" | web -> app web at "web", from load_balancer.edge load_balancers.*.routes.*',
    ]);
  });

  it('may be the whole of a backup, or its target', () => {
    const analysis = read(
      'region: fsn1',
      'databases: { main: { backup: bucket.dumps } }',
      'shared_storage: { media: { backup: { to: external.offsite } } }',
      'buckets: { dumps: { location: hel1 } }',
      'external: { offsite: { type: sftp, host: h, user: u, path: /p } }',
    );
    assert.deepEqual(references(analysis), [
      'bucket.dumps | dumps -> bucket dumps at "dumps", from database.main databases.*.backup',
      'external.offsite | offsite -> external offsite at "offsite", from storage.media shared_storage.*.backup.to',
    ]);
  });

  it('stands in lists', () => {
    const analysis = read('region: fsn1', web, 'buckets:', '  files:', '    writers:', '      - app.web');
    assert.deepEqual(references(analysis), ['app.web | web -> app web at "web", from bucket.files buckets.*.writers']);
  });

  it('by an alias is seen once for each that has it, where it is written', () => {
    const analysis = read(
      'region: fsn1',
      'databases:',
      '  main: { backup: &to bucket.dumps }',
      '  more: { backup: *to }',
      'buckets: { dumps: { location: hel1 } }',
    );
    assert.deepEqual(references(analysis), [
      'bucket.dumps | dumps -> bucket dumps at "dumps", from database.main databases.*.backup',
      'bucket.dumps | dumps -> bucket dumps at "dumps", from database.more databases.*.backup',
    ]);
  });

  it('to nothing is marked without its quotes, and mended in them', () => {
    assert.deepEqual(mistakes(web, 'load_balancers: { edge: { routes: { a.example.com: "app.wbe" } } }'), [
      'reference/unknown "app.wbe" app.wbe => app.web',
    ]);
  });

  it('without a kind is mended to one with it', () => {
    assert.deepEqual(mistakes(web, 'load_balancers: { edge: { routes: { a.example.com: ap.web } } }'), [
      'reference/unknown "ap.web" ap.web => app.web',
    ]);
  });

  it('by the name alone is mended to the one of that name', () => {
    assert.deepEqual(mistakes('buckets: { b: { location: hel1, writers: [web] } }', 'apps: { web: {}, b: {} }'), [
      'reference/unknown "web" web => app.web',
    ]);
  });

  it('to what is still to be declared is not taken for something else', () => {
    const routes = 'load_balancers: { edge: { routes: { a.example.com: app.admin } } }';
    assert.deepEqual(mistakes(routes, 'apps: { api: { port: 80 } }'), ['reference/unknown "app.admin"']);
    assert.deepEqual(mistakes(routes, 'apps: { admn: { port: 80 } }'), [
      'reference/unknown "app.admin" app.admin => app.admn',
    ]);
  });

  it('of a wrong kind becomes the one of that name', () => {
    assert.deepEqual(mistakes('databases: { main: { backup: app.dumps } }', 'buckets: { dumps: { location: hel1 } }'), [
      'reference/wrong-kind "app.dumps" app.dumps => bucket.dumps',
    ]);
  });

  it('into a section that is no map is not called unknown as well', () => {
    assert.deepEqual(mistakes('apps: [web]', 'load_balancers: { edge: { routes: { a.example.com: app.web } } }'), []);
  });

  it('into a section that stands in another, which has no place for it, is not called unknown as well', () => {
    const routes = 'load_balancers: { edge: { routes: { a.example.com: app.web } } }';
    const dns = ['dns:', '  zone: example.com'];
    const here = ['apps:', '  web: { port: 80, run: { script: web.sh } }'];
    const moved = (columns: number) => here.map((line) => `${' '.repeat(columns)}${line}`);
    assert.deepEqual(mistakes('region: fsn1', routes, ...dns, ...here), []);
    assert.deepEqual(mistakes('region: fsn1', routes, ...dns, ...moved(1)), []);
    assert.deepEqual(mistakes('region: fsn1', routes, ...dns, ...moved(2)), []);
    const region = ['regions:', '  falkenstein:', '    location: fsn1'];
    assert.deepEqual(mistakes(routes, ...region, ...moved(4)), [
      'reference/unknown "app.web"',
      'reference/unknown "web"',
    ]);
  });
});

describe('a plain name', () => {
  const regions = 'regions: { falkenstein: { location: fsn1 }, helsinki: { location: hel1 } }';

  it('refers to the one kind that its field takes', () => {
    const analysis = read(
      regions,
      'load_balancers: { edge: { routes: {} } }',
      'shared_storage: { media: { geo_replication: { from: falkenstein, to: ["helsinki"] } } }',
      "access: { bastion: 'edge' }",
    );
    assert.deepEqual(references(analysis), [
      'falkenstein | falkenstein -> region falkenstein at "falkenstein", from storage.media shared_storage.*.geo_replication.from',
      '"helsinki" | helsinki -> region helsinki at "helsinki", from storage.media shared_storage.*.geo_replication.to',
      '\'edge\' | edge -> load_balancer edge at "edge", from access access.bastion',
    ]);
  });

  it('may name the region that "region:" declares', () => {
    const analysis = read('region: fsn1', 'shared_storage: { media: { geo_replication: { from: fsn1, to: [] } } }');
    assert.deepEqual(references(analysis), [
      'fsn1 | fsn1 -> region fsn1 at "fsn1", from storage.media shared_storage.*.geo_replication.from',
    ]);
  });

  it('is the key of what a region overrides', () => {
    const analysis = read(
      'regions:',
      '  helsinki:',
      '    location: hel1',
      '    apps: { web: { count: 3 } }',
      '    databases: { "main": { standby: 2 } }',
      web,
      'databases: { main: { backup: bucket.dumps } }',
      'buckets: { dumps: { location: nbg1 } }',
    );
    assert.deepEqual(references(analysis), [
      'web | web -> app web at "web", from region.helsinki regions.*.apps',
      '"main" | main -> database main at "main", from region.helsinki regions.*.databases',
      'bucket.dumps | dumps -> bucket dumps at "dumps", from database.main databases.*.backup',
    ]);
  });
});

describe('a reference inside ${…}', () => {
  const parts = [
    'region: fsn1',
    'databases: { main: { backup: external.offsite } }',
    'external: { offsite: { type: sftp, host: h, user: u, path: /p } }',
  ];

  it('is found in every style of quoting, also after escapes', () => {
    const analysis = read(
      ...parts,
      'apps:',
      '  web:',
      '    env:',
      '      A: ${database.main.url}',
      "      B: 'it''s ${database.main.host}'",
      '      C: "tab\\t${database.main.port}"',
      '      D: |',
      '        first',
      '        ${database.main.name}',
      '      E: >-',
      '        folded',
      '        ${ database.main.user }',
    );
    const found = references(analysis).filter((each) => each.includes('env'));
    assert.deepEqual(found, [
      'database.main.url | main -> database main at "main", from app.web apps.*.env.*',
      'database.main.host | main -> database main at "main", from app.web apps.*.env.*',
      'database.main.port | main -> database main at "main", from app.web apps.*.env.*',
      'database.main.name | main -> database main at "main", from app.web apps.*.env.*',
      'database.main.user | main -> database main at "main", from app.web apps.*.env.*',
    ]);
  });

  it('is found in the text of a file', () => {
    const analysis = read(
      ...parts,
      'apps: { web: { files: { /etc/web.ini: { content: "db = ${database.main.host}" } } } }',
    );
    assert.deepEqual(
      references(analysis).filter((each) => each.includes('files')),
      ['database.main.host | main -> database main at "main", from app.web apps.*.files.*.content'],
    );
  });

  it('to nothing is marked by kind and name alone', () => {
    assert.deepEqual(mistakes(...parts.slice(1), 'apps: { web: { env: { A: "x ${database.mian.url} y" } } }'), [
      'reference/unknown "database.mian" database.mian => database.main',
    ]);
  });

  it('to an output that does not exist is marked by the output alone', () => {
    assert.deepEqual(mistakes(...parts.slice(1), 'apps: { web: { env: { A: "${database.main.ulr}" } } }'), [
      'reference/unknown-output "ulr" ulr => url',
    ]);
  });

  it('of a kind that gives nothing is none', () => {
    assert.deepEqual(mistakes(...parts.slice(1), 'apps: { web: { env: { A: "${external.offsite.host}" } } }'), [
      'reference/syntax "external.offsite.host"',
    ]);
  });

  it('that is not closed is marked from its $ on, and may have meant a literal ${', () => {
    assert.deepEqual(mistakes(...parts.slice(1), 'apps: { web: { env: { A: "x ${database.main.url" } } }'), [
      'reference/syntax "${database.main.url"  => $',
    ]);
    // It is the text that has no end there.
    assert.deepEqual(mistakes(...parts.slice(1), 'apps: { web: { env: { A: "x ${database.main.url} } }'), []);
  });
});

describe('a secret', () => {
  it('is declared by its first use', () => {
    const analysis = read(
      'region: fsn1',
      'apps: { web: { env: { KEY: "${secret.KEY}", AGAIN: "${secret.KEY}" } } }',
      'alerts: { webhook: secret.HOOK, email: "ops@${secret.DOMAIN}" }',
    );
    const { alerts, declarations, references: uses } = analysis.model;
    assert.deepEqual(
      declarations.filter(({ kind }) => kind === 'secret').map(({ name, span }) => [name, span]),
      [
        ['KEY', uses[0]?.nameSpan],
        ['HOOK', uses[2]?.nameSpan],
        ['DOMAIN', uses[3]?.nameSpan],
      ],
    );
    assert.deepEqual(references(analysis), [
      'secret.KEY | KEY -> secret KEY at "KEY", from app.web apps.*.env.*',
      'secret.KEY | KEY -> secret KEY at "KEY", from app.web apps.*.env.*',
      'secret.HOOK | HOOK -> secret HOOK at "HOOK", from  alerts.webhook',
      'secret.DOMAIN | DOMAIN -> secret DOMAIN at "DOMAIN", from  alerts.email',
    ]);
    assert.deepEqual(
      alerts?.webhook?.parts.map(({ kind }) => kind),
      ['reference'],
    );
    assert.deepEqual(
      alerts?.email?.parts.map(({ kind }) => kind),
      ['text', 'reference'],
    );
  });

  it('is no secret in plain sight while its first letters are typed', () => {
    for (const typed of ['s', 'secret', 'secret.']) {
      const tls = `load_balancers: { edge: { tls: { mode: files, certificate: ${typed}, key: secret.TLS_KEY } } }`;
      assert.deepEqual(mistakes(tls), [`reference/unknown "${typed}"`]);
    }
  });

  it('is written in capitals', () => {
    assert.deepEqual(mistakes('apps: { web: { env: { KEY: "${secret.key}" } } }'), ['reference/unknown "secret.key"']);
  });
});

describe('a reference that is not written letter by letter', () => {
  const text = (backup: string) =>
    `topology: v1\nname: shop\nregion: fsn1\ndatabases:\n  main:\n    backup: ${backup}\nbuckets:\n  dumps: { location: hel1 }\n`;

  for (const [form, backup, marked] of [
    ['a block scalar', '|-\n      bucket.dmps', '|-\n      bucket.dmps'],
    ['escapes in double quotes', '"bucket.dm\\u0070s"', '"bucket.dm\\u0070s"'],
  ] as const) {
    it(`is marked and mended as a whole: ${form}`, () => {
      const written = text(backup);
      const unknown = analyse(written).diagnostics.find(({ code }) => code === 'reference/unknown');
      assert.equal(unknown && written.slice(unknown.span.start, unknown.span.end), marked);
      const [edit] = unknown?.fixes[0]?.edits ?? [];
      assert.equal(edit?.newText, 'bucket.dumps');
      assert.equal(written.slice(edit?.span.start, edit?.span.end), marked);
    });
  }
});
