import assert from 'node:assert/strict';
import { codeActions } from '@groundplan/ide';
import { describe, it } from 'mocha';
import { applyAction } from '../support/apply-action.js';
import { snapshotOf } from '../support/snapshot-of.js';
import { cases, samples } from '../support/texts.js';

const head = 'topology: v1\nname: shop\nregion: fsn1\n';

/** The text after ignoring `code`, with `‹›` around what is selected; undefined when that is not offered. */
function ignoring(text: string, code: string): string | undefined {
  const snapshot = snapshotOf(text);
  const diagnostic = snapshot.diagnostics.find((each) => each.code === code);
  assert.ok(diagnostic, `the text does not have ${code}`);
  const action = codeActions(snapshot, diagnostic.span).find(({ title }) => title === `Ignore ${code} on this line`);
  if (action === undefined) return undefined;
  const after = applyAction(text, action);
  assert.deepEqual(
    snapshotOf(after)
      .diagnostics.filter((each) => each.code === code || each.code.startsWith('suppression/'))
      .map(({ code: left, message }) => `${left} ${message}`),
    [],
  );
  if (action.select === undefined) return after;
  const { start, end } = action.select;
  return `${after.slice(0, start)}‹${after.slice(start, end)}›${after.slice(end)}`;
}

describe('ignoring a diagnostic on its line', () => {
  it('writes a comment above, as deep as the line, and selects the reason', () => {
    assert.equal(
      ignoring(`${head}dns:\n  provider: cloudflare\n  zone: example.com\n  ttl: 600\n`, 'dns/ttl-high'),
      `${head}dns:\n  provider: cloudflare\n  zone: example.com\n  # groundplan-ignore-next-line dns/ttl-high: ‹reason›\n  ttl: 600\n`,
    );
  });

  it('joins a comment about the same line', () => {
    const text = `${head}# groundplan-ignore-next-line dns/shared-project: ours alone\n\ndns: { provider: hetzner, zone: example.com, ttl: 600 }\n`;
    assert.equal(
      ignoring(text, 'dns/ttl-high'),
      text.replace('dns/shared-project:', 'dns/shared-project, dns/ttl-high:'),
    );
  });

  it('stands inside braces of several lines', () => {
    assert.equal(
      ignoring(`${head}dns: {\n    provider: cloudflare,\n    zone: example.com,\n    ttl: 600\n  }\n`, 'dns/ttl-high'),
      `${head}dns: {\n    provider: cloudflare,\n    zone: example.com,\n    # groundplan-ignore-next-line dns/ttl-high: ‹reason›\n    ttl: 600\n  }\n`,
    );
  });

  it('keeps CRLF and the byte order mark', () => {
    const text =
      '\uFEFFdns: { provider: cloudflare, zone: example.com, ttl: 600 }\r\ntopology: v1\r\nname: shop\r\nregion: fsn1\r\n';
    assert.equal(
      ignoring(text, 'dns/ttl-high'),
      text.replace('\uFEFF', '\uFEFF# groundplan-ignore-next-line dns/ttl-high: ‹reason›\r\n'),
    );
  });

  it('is not offered for errors', () => {
    assert.equal(
      ignoring(`${head}dns: { provider: cloudflare, zone: example.com, ttl: 30 }\n`, 'dns/ttl-low'),
      undefined,
    );
  });

  it('is not offered for a comment that ignores nothing', () => {
    const text = cases.find(({ name }) => name === 'suppression/unused')?.text ?? '';
    assert.equal(ignoring(text, 'suppression/unused'), undefined);
  });

  it('is not offered where the line begins within a text', () => {
    const text = `${head}dns: { provider: cloudflare, zone: "example\n  .com", ttl: 600 }\n`;
    assert.equal(ignoring(text, 'dns/ttl-high'), undefined);
  });

  for (const { name, text } of [...samples, ...cases]) {
    it(`silences every warning of ${name}, and only it`, () => {
      const snapshot = snapshotOf(text);
      for (const diagnostic of snapshot.diagnostics.filter(({ severity }) => severity !== 'error')) {
        const action = codeActions(snapshot, diagnostic.span).find(
          ({ title }) => title === `Ignore ${diagnostic.code} on this line`,
        );
        if (diagnostic.code.startsWith('suppression/')) {
          assert.equal(action, undefined);
          continue;
        }
        assert.ok(action, `${diagnostic.code} cannot be ignored`);
        const after = snapshotOf(applyAction(text, action)).diagnostics.map(({ code }) => code);
        const { line } = lineOf(text, diagnostic.span.start);
        const left = snapshot.diagnostics.filter(
          ({ code, span }) => code !== diagnostic.code || lineOf(text, span.start).line !== line,
        );
        assert.deepEqual(after.toSorted(), left.map(({ code }) => code).toSorted());
      }
    });
  }
});

function lineOf(text: string, offset: number): { line: number } {
  return { line: text.slice(0, offset).split('\n').length };
}
