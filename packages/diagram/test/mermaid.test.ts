import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseHTML } from 'linkedom';
import { before, describe, it } from 'mocha';
import { arbitraryTopology } from '../../../test/support/arbitrary-topology.js';
import { fail, toMermaid } from '../src/index.js';
import { modelOf, sample, samples, topology } from './support.js';

/** Mermaid's own parser. It cleans labels by a library that wants a page to be there. */
let parse: (text: string) => Promise<unknown>;

before(async () => {
  Object.assign(globalThis, { window: parseHTML('<html><body></body></html>') });
  const { default: mermaid } = await import('mermaid');
  parse = (text) => mermaid.parse(text);
});

describe('toMermaid', () => {
  it('is what Mermaid takes, for every sample', async () => {
    for (const { text } of samples)
      assert.deepEqual(await parse(toMermaid(modelOf(text))), { diagramType: 'flowchart-v2', config: {} });
  });

  it('is what Mermaid takes, for any topology', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryTopology(), async (text) => {
        await parse(toMermaid(modelOf(text)));
      }),
      { numRuns: 60, endOnFailure: true },
    );
  });

  it('is what Mermaid takes, whatever the names are', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }), async (name) => {
        const quoted = JSON.stringify(name);
        const text = topology({
          load_balancers: `{ ${quoted}: { routes: { ${quoted}: app.web } } }`,
          regions: `{ ${quoted}: { location: fsn1 }, south: { location: hel1 } }`,
          external: `{ end: { type: sftp, host: ${quoted} } }`,
        });
        await parse(toMermaid(modelOf(text)));
      }),
      { numRuns: 60, endOnFailure: true },
    );
    for (const name of [
      'end',
      'graph',
      '"`x`"',
      '#quot;',
      '--> |x|',
      '%%{init: {}}%%',
      'a;b',
      '<b>',
      '`**x**`',
      '\\',
    ]) {
      const quoted = JSON.stringify(name);
      await parse(toMermaid(modelOf(topology({ external: `{ ${quoted}: { type: sftp, host: ${quoted} } }` }))));
    }
  });

  it('says who sends requests to whom, and who uses what', () => {
    const text = toMermaid(modelOf(sample('smallest')));
    assert.equal(
      text,
      [
        'flowchart TB',
        '  internet(["Internet<br/>1 name"])',
        '  dns>"example.com<br/>DNS · Cloudflare"]',
        '  subgraph region_fsn1["fsn1 · fsn1 · 6 servers<br/>10.10.0.0/16"]',
        '    tier_fsn1_lb_edge{{"edge × 2<br/>Load balancer · cx23"}}',
        '    tier_fsn1_app_web["web × 2<br/>App · cx33"]',
        '    tier_fsn1_db_main[("main × 2<br/>PostgreSQL · cx33")]',
        '  end',
        '  bucket_dumps[/"dumps<br/>Bucket · private · hel1"\\]',
        '  internet -.->|"example.com"| dns',
        '  internet ==> tier_fsn1_lb_edge',
        '  tier_fsn1_lb_edge ==>|"shop.example.com"| tier_fsn1_app_web',
        '  tier_fsn1_app_web --> tier_fsn1_db_main',
        '  tier_fsn1_db_main -.->|"backup"| bucket_dumps',
        '',
      ].join('\n'),
    );
  });

  it('says what a failure and a plan do', async () => {
    const model = modelOf(topology());
    const effect = fail(model, ['host.north_app_web_1']);
    const text = toMermaid(model, { effect, changes: new Map([['bucket.files', 'replace']]) });
    assert.ok(text.includes('web × 3<br/>App · cx33<br/>(1 of 3 failed)'));
    assert.ok(text.includes('(± replace)'));
    await parse(text);
  });
});
