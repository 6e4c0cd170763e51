import assert from 'node:assert/strict';
import type { Diagnostic, Span } from '@groundplan/diagnostics';
import { parse, toData } from '@groundplan/syntax';
import { applyFix } from '../../../../test/support/apply-fix.js';

/** A text with `«…»` around places, without the marks, and the places in their order. */
export function unmark(marked: string): { readonly text: string; readonly spans: readonly Span[] } {
  const spans: Span[] = [];
  const open: number[] = [];
  let text = '';
  for (const character of marked) {
    if (character === '«') open.push(text.length);
    else if (character === '»') spans.push({ start: open.pop() ?? 0, end: text.length });
    else text += character;
  }
  return { text, spans };
}

export interface Broken {
  readonly code: string;
  /** The text after the first fix; null when there must be none. */
  readonly fixed?: string | null;
  /** What is in the tree all the same, as JSON. */
  readonly data?: unknown;
  /** The words without a colon, wherever they stand. */
  readonly incomplete?: readonly string[];
  readonly message?: string;
}

/** The text has one mistake, at the place marked by `«…»`. */
export function assertBroken(marked: string, expected: Broken): void {
  const { text, spans } = unmark(marked);
  const { value: tree, diagnostics } = parse(text);
  assert.deepEqual(
    diagnostics.map(({ code, span }) => ({ code, span })),
    spans.map((span) => ({ code: expected.code, span })),
  );
  const [first] = diagnostics;
  if (expected.message !== undefined) assert.equal(first?.message, expected.message);
  if (expected.fixed === null) assert.deepEqual(first?.fixes, []);
  else if (expected.fixed !== undefined) assert.equal(firstFix(text, first), expected.fixed);
  if (expected.data !== undefined) assert.deepEqual(tree.root && plain(toData(tree.root)), expected.data);
  if (expected.incomplete !== undefined) assert.deepEqual(incompleteWords(text), expected.incomplete);
}

/** The text is sound, and means `data`. */
export function assertData(text: string, data: unknown): void {
  const { value: tree, diagnostics } = parse(text);
  assert.deepEqual(diagnostics, []);
  assert.deepEqual(tree.root && plain(toData(tree.root)), data);
}

function firstFix(text: string, diagnostic: Diagnostic | undefined): string {
  const fix = diagnostic?.fixes[0];
  assert.ok(fix, 'there is no fix');
  return applyFix(text, fix);
}

function incompleteWords(text: string): string[] {
  const words: string[] = [];
  const visit = (node: ReturnType<typeof parse>['value']['root'] | { kind: string }): void => {
    if (node === undefined || !('entries' in node)) return;
    words.push(...(node.incomplete ?? []).map(({ source }) => source));
    for (const { value } of node.entries) visit(value);
  };
  visit(parse(text).value.root);
  return words;
}

/** The same with ordinary objects, in which `__proto__` is an ordinary key too. */
export function plain(data: unknown): unknown {
  if (Array.isArray(data)) return data.map(plain);
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, plain(value)]));
}
