import assert from 'node:assert/strict';
import { type CodeAction, codeActions } from '@groundplan/ide';
import { parse } from '@groundplan/syntax';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { arbitraryTopology } from '../../../../test/support/arbitrary-topology.js';
import { applyAction } from '../support/apply-action.js';
import { snapshotOf } from '../support/snapshot-of.js';
import { type Named, prefixes, samples } from '../support/texts.js';

const head = 'topology: v1\nname: shop\nregion: fsn1\n';
const several = 'topology: v1\nname: shop\nregions:\n  one: { location: fsn1 }\n  two: { location: hel1 }\n';

/** The text after the action of that title at the mark `|`, which is not part of the text. */
function after(marked: string, title: string): string | undefined {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  const action = rewritings(text, offset).find((each) => each.title === title);
  if (action === undefined) return undefined;
  const result = applyAction(text, action);
  return action.select === undefined
    ? result
    : `${result.slice(0, action.select.start)}‹${result.slice(action.select.start, action.select.end)}›${result.slice(action.select.end)}`;
}

function rewritings(text: string, offset: number, snapshot = snapshotOf(text)): readonly CodeAction[] {
  return codeActions(snapshot, { start: offset, end: offset }, { only: ['refactor.rewrite'] });
}

/** What would be built: every server with its Terraform name, address and type, buckets, and what the checks say. */
function meaning(text: string): unknown {
  const { model, diagnostics } = snapshotOf(text);
  return {
    hosts: model.hosts.map(({ key, name, address, type, location, volume }) => [
      key,
      name,
      address,
      type.value,
      location,
      volume?.size.value,
    ]),
    regions: model.regions.map(({ name, firstName, location, cidr }) => [name, firstName, location.value, cidr.value]),
    buckets: model.buckets.map(({ bucketName, location }) => [bucketName.value, location.value]),
    dns: model.dns && [model.dns.ttl.value, model.dns.provider.value],
    bastion: model.access?.bastion.loadBalancer?.name,
    diagnostics: diagnostics.map(({ code }) => code).toSorted(),
  };
}

/** Every rewriting that is offered at any key says the same in other words. */
function assertAllKeepTheMeaning({ name, text }: Named, step: number): void {
  const snapshot = snapshotOf(text);
  const expected = meaning(text);
  const seen = new Set<string>();
  for (let offset = 0; offset < text.length; offset += step) {
    for (const action of rewritings(text, offset, snapshot)) {
      const result = applyAction(text, action);
      if (seen.has(result)) continue;
      seen.add(result);
      assert.deepEqual(meaning(result), expected, `${name}: "${action.title}" at ${offset} gives\n${result}`);
    }
  }
}

describe('rewriting', () => {
  it('writes a default', () => {
    assert.equal(
      after(`${head}apps:\n  w|eb: { port: 80 }\n`, 'Write the default count: 2'),
      `${head}apps:\n  web: { port: 80, count: 2 }\n`,
    );
  });

  it('writes a default into a map below', () => {
    assert.equal(
      after(`${head}databases:\n  m|ain:\n    engine: mariadb\n`, 'Write the default volume.size: 50GB'),
      `${head}databases:\n  main:\n    engine: mariadb\n    volume: { size: 50GB }\n`,
    );
  });

  it('writes region as regions', () => {
    const title = 'Write region as regions, to add another one';
    assert.equal(after('topology: v1\nr|egion: fsn1\n', title), 'topology: v1\nregions:\n  fsn1: { location: fsn1 }\n');
    assert.equal(
      after('region: { loc|ation: hel1, cidr: 10.9.0.0/16 } # here\n', title),
      'regions:\n  hel1: { location: hel1, cidr: 10.9.0.0/16 } # here\n',
    );
    assert.equal(
      after('|region:\n  # where\n  location: hel1\n\n  cidr: 10.9.0.0/16\nname: a\n', title),
      'regions:\n  hel1:\n    # where\n    location: hel1\n\n    cidr: 10.9.0.0/16\nname: a\n',
    );
    assert.equal(
      after('{ "topology": "v1", "|region": "fsn1" }\n', title),
      '{ "topology": "v1", "regions": { "fsn1": { "location": "fsn1" } } }\n',
    );
  });

  it('writes a count for one region apart, and selects it', () => {
    assert.equal(
      after(`${several}apps:\n  web: { port: 80, coun|t: 4 }\n`, 'Write count for two apart'),
      `${several.replace('hel1 }', 'hel1, apps: { web: { count: ‹4› } } }')}apps:\n  web: { port: 80, count: 4 }\n`,
    );
  });

  it('writes nothing apart for a single region', () => {
    assert.equal(after(`${head}apps:\n  web: { port: 80, coun|t: 4 }\n`, 'Write count for fsn1 apart'), undefined);
  });

  it('writes braces as lines, and lines as braces', () => {
    const flow = `${head}apps:\n  web|: { port: 80, env: { A: "b, c", D: }, packages: [curl, git] }\n`;
    const block = `${head}apps:\n  web|:\n    port: 80\n    env: { A: "b, c", D: }\n    packages: [curl, git]\n`;
    assert.equal(after(flow, 'Write web in lines'), block.replace('|', ''));
    assert.equal(after(block, 'Write web in braces'), flow.replace('|', ''));
  });

  it('quotes what has a meaning in braces', () => {
    assert.equal(
      after(`${head}apps:\n  web:\n    env|:\n      A: a, b\n      C: [d]\n`, 'Write env in braces'),
      `${head}apps:\n  web:\n    env: { A: "a, b", C: [d] }\n`,
    );
  });

  it('leaves a map with comments, anchors, merges or blocks of text as it is', () => {
    for (const inner of ['# why\n    port: 80', 'port: &p 80', '<<: *x\n    port: 80', 'command: |\n      run']) {
      const text = `${head}apps:\n  web:\n    ${inner}\n`;
      assert.deepEqual(
        rewritings(text, text.indexOf('web')).filter(({ title }) => title.includes('braces')),
        [],
      );
    }
  });

  it('leaves a line that a comment speaks of where it is', () => {
    const text = `${head}# groundplan-ignore-next-line dns/shared-project: ours\ndns: { provider: hetzner, zone: example.com }\n`;
    assert.deepEqual(
      rewritings(text, text.indexOf('dns:')).map(({ title }) => title),
      ['Write the default ttl: 60'],
    );
  });

  for (const sample of samples) {
    it(`keeps the meaning of ${sample.name}`, () => assertAllKeepTheMeaning(sample, 3));
  }

  it('keeps the meaning of arbitrary topologies', () => {
    fc.assert(
      fc.property(arbitraryTopology(), (text) => assertAllKeepTheMeaning({ name: 'arbitrary', text }, 23)),
      { numRuns: 25, seed: 3 },
    );
  });

  it('keeps the meaning of a text with CRLF', () => {
    for (const { name, text } of samples) {
      assertAllKeepTheMeaning({ name: `${name} with CRLF`, text: text.replaceAll('\n', '\r\n') }, 11);
    }
  });
});

describe('actions on broken texts', () => {
  for (const sample of samples) {
    it(`of ${sample.name}, cut anywhere, make nothing worse to read`, () => {
      for (const { name, text } of prefixes(sample, 25)) {
        const snapshot = snapshotOf(text);
        const before = mistakes(text);
        const seen = new Set<string>();
        for (let offset = text.length; offset >= 0; offset -= 37) {
          for (const action of codeActions(snapshot, { start: offset, end: offset })) {
            const result = applyAction(text, action);
            if (seen.has(result)) continue;
            seen.add(result);
            assert.ok(mistakes(result) <= before, `${name}: "${action.title}" gives\n${result}`);
          }
        }
      }
    });
  }
});

function mistakes(text: string): number {
  return parse(text).diagnostics.length;
}
