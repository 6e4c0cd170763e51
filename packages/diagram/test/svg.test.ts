import assert from 'node:assert/strict';
import { bundledCatalog } from '@groundplan/catalog';
import { analyse, costOf } from '@groundplan/model';
import fc from 'fast-check';
import { DOMParser } from 'linkedom';
import { describe, it } from 'mocha';
import { validateXML } from 'xmllint-wasm';
import { arbitraryTopology } from '../../../test/support/arbitrary-topology.js';
import { type Drawing, type DrawOptions, drawTopology, fail, type Theme } from '../src/index.js';
import { modelOf, sample, samples, topology } from './support.js';

function draw(text: string, options: DrawOptions = {}): Drawing {
  return drawTopology(modelOf(text), options);
}

async function assertWellFormed(svg: string): Promise<void> {
  const { errors } = await validateXML({
    xml: [{ fileName: 'diagram.svg', contents: svg }],
    normalization: 'c14n',
  });
  assert.deepEqual(errors, []);
}

interface Symbol {
  readonly id: string;
  readonly label: string;
  readonly span: string;
  readonly role: string;
  readonly tabindex: string;
}

function symbolsOf(svg: string): Symbol[] {
  const document = new DOMParser().parseFromString(svg, 'image/svg+xml');
  const read = (element: { getAttribute(name: string): string | null }, name: string) =>
    element.getAttribute(name) ?? '';
  return [...document.querySelectorAll('[data-id]')].map((element) => ({
    id: read(element, 'data-id'),
    label: read(element, 'aria-label'),
    span: read(element, 'data-span'),
    role: read(element, 'role'),
    tabindex: read(element, 'tabindex'),
  }));
}

describe('drawTopology', () => {
  it('gives well-formed XML for every sample and theme', async () => {
    for (const { text } of samples) {
      for (const theme of ['css', 'light', 'dark', 'contrast'] as const)
        await assertWellFormed(draw(text, { theme }).svg);
    }
  });

  it('escapes whatever a file holds', async () => {
    const hostile = `<script>&"'\u0007\ud800\uffff]]>-->\u{1f600}`;
    const quoted = JSON.stringify(hostile);
    const text = topology({
      dns: `{ provider: cloudflare, zone: ${quoted} }`,
      load_balancers: `{ edge: { routes: { ${quoted}: app.web } }, ${quoted}: { routes: {} } }`,
      apps: `{ web: { schedule: ${quoted}, port: 80 }, ${quoted}: { port: 81 } }`,
      buckets: `{ ${quoted}: { location: fsn1 } }`,
      external: `{ ${quoted}: { type: sftp, host: ${quoted} } }`,
      regions: `{ ${quoted}: { location: fsn1 }, south: { location: hel1 } }`,
    });
    const { svg } = draw(text);
    await assertWellFormed(svg);
    assert.ok(!svg.includes('<script'));
    assert.ok(svg.includes('&lt;script&gt;'));
  });

  it('draws any topology, and whatever is left of one that is cut off, without failing', async () => {
    const cut = fc.tuple(arbitraryTopology(), fc.double({ min: 0, max: 1, noNaN: true }));
    await fc.assert(
      fc.asyncProperty(cut, async ([text, part]) => {
        const cutText = text.slice(0, Math.floor(text.length * part));
        for (const each of [text, cutText]) {
          const { model, diagnostics } = analyse(each);
          const { svg, nodes } = drawTopology(model, { problems: diagnostics, cost: costOf(model, bundledCatalog) });
          assert.deepEqual(
            symbolsOf(svg).map(({ id }) => id),
            nodes.map(({ id }) => id),
          );
          assert.equal(new Set(nodes.map(({ id }) => id)).size, nodes.length);
          for (const { box } of nodes) assert.ok(Object.values(box).every(Number.isFinite));
        }
      }),
      { numRuns: 60, endOnFailure: true },
    );
  });

  it('gives the same bytes for the same input', () => {
    for (const { text } of samples) assert.equal(draw(text).svg, draw(text).svg);
  });

  it('says what it is to who does not see it', () => {
    const { svg } = draw(sample('multi-region-galera'));
    assert.match(svg, /^<svg [^>]*role="graphics-document" aria-roledescription="topology diagram"/);
    assert.match(svg, /<title id="gp-title">shop<\/title>/);
    assert.match(
      svg,
      /<desc id="gp-desc">21 servers, 2 regions: 1 load balancer, 1 app, 1 database, 1 shared storage and 1 bucket in falkenstein and helsinki\.<\/desc>/,
    );
    assert.match(svg, /aria-labelledby="gp-title" aria-describedby="gp-desc"/);
  });

  it('has every node as a symbol that the keyboard reaches, in the order of reading', () => {
    const { svg, nodes } = draw(sample('single-region'));
    const symbols = symbolsOf(svg);
    assert.deepEqual(
      symbols.map(({ id }) => id),
      [
        'internet',
        'dns',
        'region.falkenstein',
        'tier.falkenstein.lb.edge',
        'floating-ip.edge.falkenstein',
        'tier.falkenstein.app.web',
        'tier.falkenstein.app.api',
        'tier.falkenstein.db.main',
        'host.falkenstein_db_main_1',
        'volume.falkenstein_db_main_1',
        'host.falkenstein_db_main_2',
        'volume.falkenstein_db_main_2',
        'bucket.static',
        'bucket.dumps',
      ],
    );
    for (const [index, { role, tabindex, label, span }] of symbols.entries()) {
      assert.deepEqual([role, tabindex], ['graphics-symbol', '0']);
      assert.notEqual(label, '');
      assert.equal(span, `${nodes[index]?.span.start}-${nodes[index]?.span.end}`);
    }
    const web = symbols.find(({ id }) => id === 'tier.falkenstein.app.web');
    assert.equal(
      web?.label,
      'web, App, cx33, 4 servers, shop.example.com, can be shown server by server, uses main, uses static',
    );
  });

  it('gives each node the part of the file that speaks of it', () => {
    const text = topology();
    const spans = new Map(draw(text).nodes.map(({ id, span }) => [id, text.slice(span.start, span.end)]));
    assert.match(spans.get('tier.south.app.web') ?? '', /^web: \{ port: 3000, run/);
    assert.match(spans.get('bucket.files') ?? '', /^files: \{ location: fsn1 \}$/);
    assert.match(spans.get('region.north') ?? '', /^north: /);
    assert.match(spans.get('arbiter') ?? '', /^arbiter: /);
    assert.match(spans.get('external.vault') ?? '', /^vault: /);
  });

  it('shows a stack server by server when it is asked to, and says which can be', () => {
    const closed = draw(topology());
    const id = 'tier.north.app.web';
    assert.equal(closed.nodes.find((node) => node.id === id)?.expandable, true);
    assert.ok(!closed.nodes.some((node) => node.id === 'host.north_app_web_1'));
    const open = draw(topology(), { expanded: new Set([id]) });
    const hosts = open.nodes.filter((node) => node.id.startsWith('host.north_app_web_')).map((node) => node.id);
    assert.deepEqual(hosts, ['host.north_app_web_1', 'host.north_app_web_2', 'host.north_app_web_3']);
  });

  it('knows what can fail', () => {
    const able = draw(topology())
      .nodes.filter(({ failable }) => failable)
      .map(({ id }) => id);
    for (const id of [
      'region.north',
      'arbiter',
      'tunnel.north.south',
      'host.north_db_main_1',
      'volume.north_db_main_1',
    ])
      assert.ok(able.includes(id), id);
    assert.ok(!able.includes('internet'));
  });

  it('keeps the boxes of servers within their card, and those of cards within their region', () => {
    const { nodes, width, height } = draw(topology(), { expanded: new Set(['tier.north.app.web']) });
    const box = (id: string) => nodes.find((node) => node.id === id)?.box ?? assert.fail(id);
    const holds = (outer: string, inner: string) => {
      const [a, b] = [box(outer), box(inner)];
      assert.ok(
        a.x <= b.x && a.y <= b.y && b.x + b.width <= a.x + a.width && b.y + b.height <= a.y + a.height,
        `${inner} in ${outer}`,
      );
    };
    holds('region.north', 'tier.north.app.web');
    holds('tier.north.app.web', 'host.north_app_web_3');
    holds('host.north_db_main_2', 'volume.north_db_main_2');
    for (const node of nodes) assert.ok(node.box.x + node.box.width <= width && node.box.y + node.box.height <= height);
  });

  it('follows the colours of who shows it, the system, paper and forced colours', () => {
    const { svg } = draw(topology());
    assert.match(svg, /--gp-c-card:var\(--gp-card,#[0-9a-f]{6}\)/);
    for (const query of ['prefers-color-scheme:dark', 'print', 'forced-colors:active'])
      assert.ok(svg.includes(query), query);
    assert.ok(!svg.includes(':root'));
  });

  it('has fixed colours, and no rule that only browsers know, in a fixed theme', () => {
    for (const theme of ['light', 'dark', 'contrast'] satisfies Theme[]) {
      const { svg } = draw(topology(), { theme });
      assert.ok(!svg.includes('var('));
      assert.ok(!svg.includes('@media'));
    }
  });

  it('reaches the network for nothing', () => {
    const { svg } = draw(topology());
    assert.deepEqual(svg.match(/https?:[^"]*/g), ['http://www.w3.org/2000/svg']);
    assert.ok(!/<(?:image|script|foreignObject)|href="[^#]|url\(|@import/.test(svg));
  });

  it('says in the legend what it holds and nothing else', () => {
    const { svg } = draw(sample('bgp'));
    assert.ok(svg.includes('>requests</text>'));
    for (const words of ['backs up', 'replicates', 'encrypted tunnel', 'calls another app'])
      assert.ok(!svg.includes(`>${words}</text>`), words);
    const rich = draw(topology()).svg;
    for (const words of ['backs up', 'replicates', 'encrypted tunnel', 'calls another app', 'reads and writes'])
      assert.ok(rich.includes(`>${words}</text>`), words);
  });

  it('has a title with servers, cost and problems', () => {
    const { model, diagnostics } = analyse(topology({ dns: '{ provider: nobody, zone: example.com }' }));
    const { svg } = drawTopology(model, { problems: diagnostics, cost: costOf(model, bundledCatalog) });
    assert.match(svg, />\d+ servers · 2 regions · (?:at least )?\d+\.\d\d € a month · \d+ errors?[^<]*<\/text>/);
  });
});

describe('marks', () => {
  const text = topology();
  const labelOf = (drawing: Drawing, id: string) =>
    symbolsOf(drawing.svg).find((symbol) => symbol.id === id)?.label ?? '';

  it('puts a problem on the smallest thing that holds it, in every region', () => {
    const { model, diagnostics } = analyse(
      topology({ buckets: '{ files: { location: nowhere }, dumps: { location: nbg1 } }' }),
    );
    const drawing = drawTopology(model, { problems: diagnostics });
    const withErrors = drawing.nodes.filter(({ problems }) => problems.errors > 0).map(({ id }) => id);
    assert.deepEqual(withErrors, ['bucket.files']);
    assert.match(labelOf(drawing, 'bucket.files'), /, 1 error$/);
  });

  it('puts a problem of an override on the entity of that region', () => {
    const { model, diagnostics } = analyse(
      topology({ regions: '{ north: { location: fsn1 }, south: { location: hel1, apps: { web: { count: 1 } } } }' }),
    );
    const single = diagnostics.filter(({ code }) => code === 'app/single');
    const nodes = drawTopology(model, { problems: single }).nodes.filter(({ problems }) => problems.warnings > 0);
    assert.deepEqual(
      nodes.map(({ id }) => id),
      ['tier.south.app.web'],
    );
  });

  it('shows what a failure does, in words and signs and not by colour alone', () => {
    const model = modelOf(text);
    const drawing = drawTopology(model, { effect: fail(model, ['region.south', 'host.north_app_web_1']) });
    assert.match(labelOf(drawing, 'region.south'), /, failed/);
    assert.match(labelOf(drawing, 'tier.south.app.web'), /, dark/);
    assert.match(labelOf(drawing, 'tier.north.app.web'), /, 1 of 3 failed/);
    for (const words of ['failed', 'dark', '1 of 3 failed']) assert.ok(drawing.svg.includes(`>${words}</text>`), words);
    assert.ok(drawing.svg.includes('class="gp-hatch"'));
    assert.ok(drawing.svg.includes('gp-off'));
  });

  it('says of servers what a plan does where their stack does not say it for all', () => {
    const model = modelOf(text);
    const stack = 'tier.north.app.web';
    const wordsOf = (last: 'replace' | 'update') => {
      const changes = new Map([
        [stack, 'replace'],
        ['host.north_app_web_1', 'replace'],
        ['host.north_app_web_2', 'replace'],
        ['host.north_app_web_3', last],
      ] as const);
      const { svg } = drawTopology(model, { changes, expanded: new Set([stack]) });
      return [...svg.matchAll(/>([±~] \w+)<\/text>/g)].map(([, words]) => words);
    };
    assert.deepEqual(wordsOf('replace'), ['± replace']);
    assert.deepEqual(wordsOf('update'), ['± replace', '± replace', '± replace', '~ update']);
  });

  it('shows what a plan does', () => {
    const model = modelOf(text);
    const changes = new Map([
      ['tier.north.app.api', 'create'],
      ['host.north_app_web_2', 'replace'],
      ['bucket.files', 'update'],
      ['external.vault', 'delete'],
    ] as const);
    const { svg } = drawTopology(model, { changes });
    for (const words of ['+ create', '± replace 1 of 3', '~ update', '− delete'])
      assert.ok(svg.includes(`>${words}</text>`), words);
  });
});
