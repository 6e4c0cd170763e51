import assert from 'node:assert/strict';
import { hover } from '@groundplan/ide';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { arbitraryTopology } from '../../../../test/support/arbitrary-topology.js';
import { unmarked } from '../support/marked.js';
import { snapshotOf } from '../support/snapshot-of.js';
import { cases, prefixes, samples } from '../support/texts.js';

const head = 'topology: v1\nname: shop\nregion: fsn1\n';
const web = 'web: { port: 3000, run: { container: "ghcr.io/acme/shop:1" } }';

/** What is said at the mark, and the text that it is about. */
function said(marked: string): { readonly about: string; readonly markdown: string } | undefined {
  const { text, offset } = unmarked(marked);
  const found = hover(snapshotOf(text), offset);
  return found && { about: text.slice(found.span.start, found.span.end), markdown: found.markdown };
}

function assertSays(marked: string, about: string, ...lines: readonly string[]): void {
  const found = said(marked);
  assert.equal(found?.about, about);
  for (const line of lines)
    assert.ok(found?.markdown.split('\n').includes(line), `lacks\n${line}\nin\n${found?.markdown}`);
}

describe('hover on a key', () => {
  it('says its meaning, type, default, constraint and what it becomes', () => {
    assertSays(
      `${head}apps:\n  web: { co|unt: 4 }\n`,
      'count',
      '**`count`** · Number of app servers · whole number',
      '- **Default**: `2`',
      '- **Constraint**: 0 to 80',
      '- **Compiles to**: So many `hcloud_server` in each region.',
      '[Reference: apps](https://github.com/groundplan/groundplan/blob/main/docs/language.md#apps)',
    );
  });

  it('says what holds in each region, and why', () => {
    assertSays(
      'topology: v1\nname: shop\nregions:\n  a: { location: fsn1 }\n  b: { location: hel1, apps: { web: { count: 1 } } }\napps:\n  web: { co|unt: 4 }\n',
      'count',
      '- **Here**: `4` in a, `1` in b (written for the region)',
    );
  });

  it('says which keys of a map are not written, and what holds instead', () => {
    assertSays(
      `${head}d|ns: { provider: hetzner, zone: example.com, ttl: 60 }\n`,
      'dns',
      '- **Not written**: `create` `false` (the default), `proxied` `false` (the default)',
    );
  });

  it('says the default server type of the locations of the topology', () => {
    assertSays(
      'topology: v1\nregions:\n  a: { location: fsn1 }\n  b: { location: ash }\napps:\n  web: { ty|pe: cx43 }\n',
      'type',
      '- **Default**: by location: the smallest fitting type sold there; `cx33` in fsn1 and `cpx31` in ash',
    );
  });

  it('lists the values of a choice', () => {
    assertSays(
      `${head}databases:\n  main: { dur|ability: sync }\n`,
      'durability',
      '**`durability`** · Durability · text',
      '- **Default**: `async`',
    );
    assert.match(said(`${head}databases:\n  main: { dur|ability: sync }\n`)?.markdown ?? '', /^- `async`: ./m);
  });

  it('works on a word that is being typed', () => {
    assertSays(`${head}apps:\n  web:\n    port: 80\n    dra|in\n`, 'drain', '- **Default**: `20s`');
  });

  it('calls the item of a list by the name of the list', () => {
    assertSays(
      `${head}access: { ssh_keys: [keys/o|ps.pub] }\n`,
      'keys/ops.pub',
      '**`ssh_keys`** · File of a public key · text',
    );
  });

  it('says nothing of a key that the language does not have', () => {
    assert.equal(said(`${head}fo|o: 1\n`), undefined);
  });
});

describe('hover on the name of an entity', () => {
  it('shows servers, addresses, cost and users', () => {
    assertSays(
      `${head}load_balancers:\n  edge: { routes: { shop.example.com: app.web } }\napps:\n  ${web.replace('web', 'we|b')}\n`,
      'web',
      '**app.web** · 2 servers · 17.98 € a month',
      '| host | address | type | location |',
      '| shop-fsn1-app-web-1 | 10.10.123.2 | cx33 | fsn1 |',
      '| shop-fsn1-app-web-2 | 10.10.123.3 | cx33 | fsn1 |',
      '- **Runs**: `ghcr.io/acme/shop:1` on port 3000',
      '- **Addresses**: `10.10.123.0/25`; slot 246, by a hash of the first name',
      '- **Cost**: 2 × cx33 at 8.49 €, 2 × IPv4 at 0.50 €',
      '- **Used by**: load_balancer.edge routes (line 5)',
    );
  });

  it('shortens a long list', () => {
    assertSays(`${head}apps:\n  we|b: { count: 40 }\n`, 'web', '… and 32 more');
    assert.equal(said(`${head}apps:\n  we|b: { count: 40 }\n`)?.markdown.match(/^\| shop-/gm)?.length, 8);
  });

  it('says how many prices are unknown', () => {
    assertSays(
      `${head}load_balancers:\n  ed|ge: { mode: active-standby }\n`,
      'edge',
      '**load_balancer.edge** · 2 servers · ≥ 11.98 € a month, 2 prices unknown',
    );
  });

  it('shows a bucket by its name at Hetzner', () => {
    assertSays(
      `${head}dns: { provider: none, zone: example.com }\nbuckets:\n  dum|ps: { location: hel1, versioning: true }\n`,
      'dumps',
      '- **Name at Hetzner**: `shop-dumps-a379a6f6` in hel1',
      '- **Access**: private, with versions',
      '- **Used by**: nothing',
    );
  });

  it('is found where a region overrides it', () => {
    assertSays(
      `topology: v1\nname: shop\nregions:\n  a: { location: fsn1, apps: { we|b: { count: 1 } } }\napps:\n  ${web}\n`,
      'web',
      '**app.web** · 1 server · 8.99 € a month',
    );
  });

  it('says that a renamed one goes on by its first name', () => {
    assertSays(
      `${head}apps:\n  st|ore: { renamed_from: web }\n`,
      'store',
      '- **First name**: `web`; Terraform and addresses go on with it.',
    );
  });
});

describe('hover on a region', () => {
  it('shows its network, servers and cost', () => {
    assertSays(
      `topology: v1\nname: shop\nregions:\n  ea|st: { location: ash }\napps:\n  ${web}\n`,
      'east',
      '**region.east** · Ashburn, VA (ash) · 2 servers · 125.98 € a month',
      '- **Network**: `10.40.0.0/16` (by location ash)',
      '- **Servers**: 2 × cpx31',
    );
  });

  it('shows the arbiter', () => {
    assertSays(
      `${head}ar|biter: { location: nbg1 }\n`,
      'arbiter',
      '| shop-arbiter | 10.250.0.2 | cx23 | nbg1 |',
      '- **Network**: `10.250.0.0/24` (the default)',
    );
  });
});

describe('hover on a reference', () => {
  it('shows what it names and where that is declared', () => {
    assertSays(
      `${head}apps:\n  ${web}\nload_balancers:\n  edge: { routes: { shop.example.com: app.w|eb } }\n`,
      'app.web',
      '**app.web** · 2 servers · 17.98 € a month',
      'Declared on line 5.',
    );
  });

  const outputs = (expression: string) =>
    `${head}dns: { provider: none, zone: example.com }\napps:\n  web: { mounts: { /srv: storage.media }, env: { A: "\${${expression}|}" } }\n  api: { port: 80 }\ndatabases:\n  main: { engine: mariadb }\n  other: {}\nshared_storage:\n  media: {}\nbuckets:\n  dumps: { location: hel1 }\n`;
  for (const [expression, expected] of [
    ['database.main.url', /`mysql:\/\/…@127\.0\.0\.1:3306\/…`.*follows the primary/],
    ['database.other.url', /`postgresql:\/\/…@127\.0\.0\.1:5432\/…`/],
    ['database.other.port', /`5432`/],
    ['app.api.url', /`http:\/\/127\.0\.0\.1:7\d{3}`.*healthy server/],
    ['bucket.dumps.endpoint', /`https:\/\/hel1\.your-objectstorage\.com`/],
    ['bucket.dumps.host', /`shop-dumps-a379a6f6\.hel1\.your-objectstorage\.com`/],
    ['storage.media.path', /`\/srv`: where the app mounts it/],
    ['region.name', /The name of the region that the host is in: `fsn1`/],
  ] as const) {
    it(`says what \${${expression}} stands for`, () => {
      assert.match(said(outputs(expression))?.markdown.split('\n')[0] ?? '', expected);
    });
  }

  it('says how a secret gets its value', () => {
    assertSays(
      `${head}apps:\n  web: { env: { KEY: "\${secret.MASTER|_KEY}" } }\nsecrets: { file: ops/secrets.age }\n`,
      'secret.MASTER_KEY',
      '**secret.MASTER_KEY** · a secret',
      '- **Used by**: app.web env (line 5)',
    );
    assert.match(
      said(`${head}apps:\n  web: { env: { KEY: "\${secret.MASTER|_KEY}" } }\n`)?.markdown ?? '',
      /`secrets\.age`/,
    );
  });

  it('falls back to the field where nothing has the name', () => {
    assertSays(
      `${head}databases:\n  main: { backup: bucket.no|ne }\n`,
      'bucket.none',
      '- **Constraint**: bucket.NAME or external.NAME',
    );
  });
});

describe('hover on a value', () => {
  it('shows a server type with its price in each location', () => {
    assertSays(
      `${head}apps:\n  web: { type: cx|33 }\n`,
      'cx33',
      '**`cx33`** · 4 shared cores · 8 GB memory · 80 GB disk · x86',
      '| fsn1 Falkenstein | 8.49 € | sold |',
      '| ash Ashburn, VA | – | not sold |',
    );
  });

  it('shows a location, in both forms of a region', () => {
    assertSays('topology: v1\nregion: he|l1\n', 'hel1', '**`hel1`** · Helsinki, FI · network zone eu-central');
    assertSays('regions:\n  a: { location: as|h }\n', 'ash', '- **Object storage**: no; **storage boxes**: no');
  });

  it('says the meaning of a choice', () => {
    assertSays(
      `${head}load_balancers:\n  edge: { mode: active-|standby }\n`,
      'active-standby',
      '- **Instead**: `active-active`, `bgp`',
    );
  });

  it('says durations and sizes in other words', () => {
    const first = (marked: string) => said(marked)?.markdown.split('\n')[0];
    assert.equal(first('tunnel: { alert_after: 9|0m }\n'), '**`90m`** = 1 hour and 30 minutes · Outage that alerts');
    assert.equal(
      first('tunnel: { alert_after: 6|0s }\n'),
      '**`60s`** = 1 minute · shortest: `1m` · Outage that alerts',
    );
    assert.equal(
      first('databases:\n  a: { volume: { size: 20|00GB } }\n'),
      '**`2000GB`** = 2000 GB · shortest: `2TB` · Size',
    );
  });

  it('does not take other text for a duration', () => {
    assertSays(
      `${head}apps:\n  web: { env: { A: 5|s } }\n`,
      '5s',
      '**`A`** · Value of the variable · text or number or true or false',
    );
  });
});

describe('hover in a comment', () => {
  it('shows the page of a code that is ignored', () => {
    assertSays(
      '# groundplan-ignore-next-line dns/ttl|-high: why\ndns: { ttl: 600 }\n',
      'dns/ttl-high',
      '[dns/ttl-high](https://github.com/groundplan/groundplan/blob/main/docs/diagnostics/dns/ttl-high.md)',
    );
  });

  it('says nothing of anything else', () => {
    assert.equal(said('name: shop # na|me\n'), undefined);
    assert.equal(said('# groundplan-ignore-next-line dns/ttl-high: wh|y\ndns: {}\n'), undefined);
  });
});

describe('hover anywhere', () => {
  /** Whatever is said is about what stands there, and is not empty. */
  function assertSane(text: string, step: number): void {
    const snapshot = snapshotOf(text);
    for (let offset = 0; offset <= text.length; offset += step) {
      const found = hover(snapshot, offset);
      if (found === undefined) continue;
      assert.ok(found.span.start <= offset && offset <= found.span.end);
      assert.match(found.markdown, /^\*\*/);
      assert.doesNotMatch(found.markdown, /undefined|NaN|\[object/);
    }
  }

  for (const { name, text } of [...samples, ...cases]) {
    it(`of ${name} is about what stands there`, () => assertSane(text, 7));
  }

  it('of arbitrary topologies is about what stands there', () => {
    fc.assert(
      fc.property(arbitraryTopology(), (text) => assertSane(text, 7)),
      { numRuns: 30, seed: 5 },
    );
  });

  for (const sample of samples) {
    it(`of ${sample.name}, cut anywhere, is about what stands there`, () => {
      for (const { text } of prefixes(sample, 25)) assertSane(text, 13);
    });
  }
});
