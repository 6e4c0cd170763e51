import assert from 'node:assert/strict';
import { type Diagnostic, indexLines, lineText, normalise, rangeOf } from '@groundplan/diagnostics';
import { parse } from '@groundplan/syntax';
import { checkShape } from '../../src/shape/check-shape.js';

/** What every topology has; appended unless the text has the key. */
const base = {
  topology: 'topology: v1',
  name: 'name: shop',
  region: 'region: fsn1',
  access: 'access: { ssh_keys: [keys/ops.pub], ssh_from: [198.51.100.0/24] }',
};

/**
 * Holds that a topology has the diagnostics that are drawn under its lines, at the drawn places, and no others:
 *
 *     name: Shop
 *           ^^^^ schema/name "Shop" cannot be a name here: …
 *
 * A drawn message may end with `…`. The keys that every topology needs are added unless `whole` is set.
 */
export function holds(drawn: string, options: { whole?: true } = {}): void {
  const text = withBase(undrawn(drawn), options.whole === true);
  const actual = draw(text, diagnose(text));
  assert.equal(shortened(actual, drawn), withBase(trimmed(drawn), options.whole === true));
}

export function diagnose(text: string): Diagnostic[] {
  const { value: tree, diagnostics } = parse(text);
  return normalise([...diagnostics, ...checkShape(tree)]);
}

function undrawn(drawn: string): string {
  return trimmed(drawn)
    .split('\n')
    .filter((line) => !isMark(line))
    .join('\n');
}

function trimmed(text: string): string {
  return text.replace(/^\n/, '').replace(/\s+$/, '\n');
}

function isMark(line: string): boolean {
  return /^\s*(\^+|\|) [a-z]+\/[a-z-]+ /.test(line);
}

function withBase(text: string, whole: boolean): string {
  if (whole) return text;
  const missing = Object.entries(base).filter(([key]) => {
    const either = key === 'region' ? 'regions?' : key;
    return !new RegExp(`^${either}:`, 'm').test(text);
  });
  return text + missing.map(([, line]) => `${line}\n`).join('');
}

function draw(text: string, diagnostics: readonly Diagnostic[]): string {
  const lines = indexLines(text);
  const below = new Map<number, string[]>();
  for (const diagnostic of diagnostics) {
    const { start, end } = rangeOf(lines, diagnostic.span);
    const width = (end.line === start.line ? end.character : lineText(lines, start.line).length) - start.character;
    const mark = `${' '.repeat(start.character)}${width === 0 ? '|' : '^'.repeat(width)}`;
    const shown = `${mark} ${diagnostic.code} ${diagnostic.severity === 'error' ? '' : `(${diagnostic.severity}) `}${diagnostic.message}`;
    below.set(start.line, [...(below.get(start.line) ?? []), shown]);
  }
  return text
    .split('\n')
    .flatMap((line, index) => [line, ...(below.get(index) ?? [])])
    .join('\n');
}

/** Shortens each actual message as the drawn one on the same line is. */
function shortened(actual: string, drawn: string): string {
  const expected = new Map(
    trimmed(drawn)
      .split('\n')
      .map((line, index) => [index, line]),
  );
  return actual
    .split('\n')
    .map((line, index) => {
      const wanted = expected.get(index);
      if (wanted === undefined || !isMark(line) || !wanted.endsWith('…')) return line;
      const kept = wanted.slice(0, -1);
      return line.startsWith(kept) ? wanted : line;
    })
    .join('\n');
}
