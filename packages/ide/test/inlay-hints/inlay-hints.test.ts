import assert from 'node:assert/strict';
import { type InlayKind, inlayHints, inlayKinds, type Snapshot } from '@groundplan/ide';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { arbitraryTopology } from '../../../../test/support/arbitrary-topology.js';
import { applyAction } from '../support/apply-action.js';
import { snapshotOf } from '../support/snapshot-of.js';
import { cases, prefixes, samples } from '../support/texts.js';

const head = 'topology: v1\nname: shop\nregion: fsn1\n';
const several =
  'topology: v1\nname: shop\nregions:\n  one: { location: fsn1, cidr: 10.1.0.0/16 }\n  two: { location: hel1, cidr: 10.2.0.0/16 }\n';

function hintsOf(text: string, ...kinds: readonly InlayKind[]) {
  return inlayHints(snapshotOf(text), { start: 0, end: text.length }, new Set(kinds));
}

/** The text with its hints in `‹›` where they stand. */
function shown(text: string, ...kinds: readonly InlayKind[]): string {
  return hintsOf(text, ...kinds).reduceRight(
    (result, { offset, label }) => `${result.slice(0, offset)}‹${label}›${result.slice(offset)}`,
    text,
  );
}

describe('inlay hints for defaults', () => {
  it('stand behind an entity of one line', () => {
    assert.equal(
      shown(`${head}apps:\n  web: { port: 80 } # the shop\n`, 'defaults'),
      `${head}apps:\n  web: { port: 80 }‹count: 2›‹type: cx33› # the shop\n`,
    );
  });

  it('stand behind the key of an entity of several lines', () => {
    assert.equal(
      shown(`${head}databases:\n  main:\n    engine: mariadb\n    type: cx43\n`, 'defaults'),
      `${head}databases:\n  main:‹standby: 1›‹volume.size: 50GB›\n    engine: mariadb\n    type: cx43\n`,
    );
  });

  it('stand behind an opened brace', () => {
    assert.equal(
      shown(`${head}apps:\n  web: {\n    count: 1 }\n`, 'defaults'),
      `${head}apps:\n  web: {‹type: cx33›\n    count: 1 }\n`,
    );
  });

  it('say where they hold when a region overrides them', () => {
    assert.equal(
      shown(
        `${several.replace('hel1,', 'hel1, apps: { web: { count: 1 } },')}apps:\n  web: { type: cx33 }\n`,
        'defaults',
      ),
      `${several.replace('hel1,', 'hel1, apps: { web: { count: 1 } },')}apps:\n  web: { type: cx33 }‹count: 2 in one›\n`,
    );
  });

  it('name each region where they differ, and then write nothing', () => {
    const text = `${several.replace('hel1', 'ash')}apps:\n  web: { count: 1 }\n`;
    const [hint] = hintsOf(text, 'defaults');
    assert.deepEqual([hint?.label, hint?.edits], ['type: cx33 in one, cpx31 in two', undefined]);
  });

  it('say why in their tooltip', () => {
    const [, type] = hintsOf(`${head}apps:\n  web: { port: 80 }\n`, 'defaults');
    assert.equal(type?.tooltip, 'Server type: not written, by location fsn1. Double-click to write it.');
  });

  it('leave out a time to live that means nothing', () => {
    for (const dns of ['{ provider: none, zone: a.com }', '{ provider: cloudflare, zone: a.com, proxied: true }']) {
      assert.deepEqual(hintsOf(`${head}dns: ${dns}\n`, 'defaults'), []);
    }
  });

  it('name the bastion only where there is a choice', () => {
    const access = 'access: { ssh_keys: [a.pub], ssh_from: [198.51.100.0/24] }\n';
    const one = `${head}load_balancers:\n  a: { count: 2, type: cx23 }\n`;
    assert.deepEqual(hintsOf(one + access, 'defaults'), []);
    assert.deepEqual(
      hintsOf(`${one}  b: { count: 2, type: cx23 }\n${access}`, 'defaults').map(({ label }) => label),
      ['bastion: a'],
    );
  });

  function writable(snapshot: Snapshot): number {
    const span = { start: 0, end: snapshot.tree.text.length };
    return inlayHints(snapshot, span, new Set(inlayKinds)).filter(({ edits }) => edits !== undefined).length;
  }

  /** Every hint that can be written says what holds already: writing it changes no server and adds no diagnostic. */
  function assertWritable(text: string): void {
    const before = snapshotOf(text);
    const builds = ({ model }: typeof before) =>
      model.hosts.map(({ key, address, type, volume }) => [key, address, type.value, volume?.size.value]);
    for (const { label, edits } of inlayHints(before, { start: 0, end: text.length }, new Set(inlayKinds))) {
      if (edits === undefined) continue;
      const after = snapshotOf(applyAction(text, { title: label, edits }));
      assert.deepEqual(builds(after), builds(before), label);
      const codes = ({ diagnostics }: typeof before) => diagnostics.map(({ code }) => code).toSorted();
      assert.deepEqual(codes(after), codes(before), label);
      assert.equal(writable(after), writable(before) - 1, `${label} is still hinted`);
    }
  }

  for (const { name, text } of samples) {
    it(`of ${name} can be written without changing anything`, () => assertWritable(text));
  }

  it('of arbitrary topologies can be written without changing anything', () => {
    fc.assert(
      fc.property(arbitraryTopology(), (text) => assertWritable(text)),
      { numRuns: 40, seed: 9 },
    );
  });
});

describe('inlay hints for addresses', () => {
  it('stand at entities, at regions whose network is not written, and at the arbiter', () => {
    assert.equal(
      shown(
        'regions:\n  a: { location: fsn1 }\n  b: { location: hel1, cidr: 10.9.0.0/16 }\narbiter: { location: nbg1 }\napps:\n  web: { slot: 1 }\n',
        'addresses',
      ),
      'regions:\n  a: { location: fsn1 }‹10.10.0.0/16›\n  b: { location: hel1, cidr: 10.9.0.0/16 }\narbiter: { location: nbg1 }‹10.250.0.2›\napps:\n  web: { slot: 1 }‹10.10.0.128/25, 10.9.0.128/25›\n',
    );
  });
});

describe('inlay hints for counts', () => {
  it('say what a count makes in all regions', () => {
    const overriding = several.replace('hel1,', 'hel1, apps: { web: { count: 2 } },');
    assert.equal(
      shown(`${overriding}apps:\n  web: { count: 4, port: 80 }\n`, 'counts'),
      `${overriding}apps:\n  web: { count: 4‹6 in all: 4 one, 2 two›, port: 80 }\n`,
    );
    assert.equal(
      shown(`${several}databases:\n  main: { standby: 1 }\n`, 'counts'),
      `${several}databases:\n  main: { standby: 1‹4 servers in all: 2 in each region› }\n`,
    );
  });

  it('say nothing where there is one region', () => {
    assert.deepEqual(hintsOf(`${head}apps:\n  web: { count: 4 }\n`, 'counts'), []);
  });
});

describe('inlay hints', () => {
  it('are those of the kinds and the part of the text that are asked for', () => {
    const text = `${head}apps:\n  web: { port: 80 }\n`;
    const at = text.indexOf('apps');
    assert.deepEqual(hintsOf(text), []);
    assert.deepEqual(
      inlayHints(snapshotOf(text), { start: 0, end: at }, new Set(inlayKinds)).map(({ label }) => label),
      ['10.10.0.0/16'],
    );
  });

  it('stand within broken texts, in order', () => {
    for (const { text } of [...samples.flatMap((sample) => prefixes(sample, 25)), ...cases]) {
      const offsets = hintsOf(text, ...inlayKinds).map(({ offset }) => offset);
      assert.deepEqual(
        offsets,
        offsets.toSorted((a, b) => a - b),
      );
      assert.ok(offsets.every((offset) => 0 < offset && offset <= text.length));
    }
  });
});
