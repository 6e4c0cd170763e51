import type { Span } from '@groundplan/diagnostics';
import type { SyntaxTree } from '@groundplan/syntax';
import { type Flow, readFlow } from './flow.js';
import { quotedScalar, type ScalarText } from './quotes.js';
import { sameLines, type Table } from './same-lines.js';

/** A line as far as it can be told by itself: what the tree of a broken text has lost is still in the lines. */
export interface Line extends Span {
  /** `inside`: goes on with brackets, a quote or a block of text that an earlier line began. */
  readonly kind: 'blank' | 'comment' | 'marker' | 'content' | 'inside';
  /** Of what stands first in the line. */
  readonly column: number;
  /** Of a line inside something: the line that began it. */
  readonly opener?: number;
  /** The columns of `- `. */
  readonly dashes: readonly number[];
  readonly key?: KeyText;
  readonly value?: ValueText;
}

export interface KeyText extends Span {
  readonly column: number;
  readonly text: string;
  /** What has to be written behind the key before it is one: nothing, a blank behind the colon, or the colon. */
  readonly lacks: '' | 'space' | 'colon';
}

export type ValueText =
  | (ScalarText & { readonly kind: 'scalar' })
  | (Flow & { readonly kind: 'flow' })
  /** `|` or `>`, with the lines of text below it. */
  | (Span & { readonly kind: 'block' })
  | (Span & { readonly kind: 'alias' });

const tables = new WeakMap<SyntaxTree, readonly Line[]>();

/** The table that was made last: the text that is asked about next is mostly the same. */
let last: Table | undefined;

/** The lines of a text, read once for each tree. */
export function linesOf(tree: SyntaxTree): readonly Line[] {
  let lines = tables.get(tree);
  if (lines === undefined) {
    const read = readLines(tree, last);
    if (read !== undefined) last = { text: tree.text, lines: read };
    lines = read ?? recoverLines(tree);
    tables.set(tree, lines);
  }
  return lines;
}

/**
 * Undefined when brackets stay open: only then indentation says more than brackets do.
 *
 * @param known the lines of another text: those that are the same in this one are not read again
 */
export function readLines(tree: SyntaxTree, known?: Table): readonly Line[] | undefined {
  const same = known && sameLines(known, tree.text);
  const lines = [...(same?.before ?? [])];
  const isComplete = readRest(tree, lines, false, (index) => {
    const rest = same?.after(index, tree.lines.starts[index] ?? 0);
    if (rest === undefined) return false;
    for (const line of rest) lines.push(line);
    return true;
  });
  return isComplete ? lines : undefined;
}

function recoverLines(tree: SyntaxTree): readonly Line[] {
  const lines: Line[] = [];
  readRest(tree, lines, true, () => false);
  return lines;
}

/**
 * Reads the lines that come after those that are known.
 *
 * @param complete is asked at each line that is inside of nothing, and may add all the lines from there on
 * @returns false when brackets stay open and `recover` is not set
 */
function readRest(
  { text, lines: { starts } }: SyntaxTree,
  lines: Line[],
  recover: boolean,
  complete: (index: number) => boolean,
): boolean {
  let insideUntil = 0;
  let opener = 0;
  for (let index = lines.length; index < starts.length; index++) {
    const first = starts[index] ?? text.length;
    if (first >= insideUntil && complete(index)) return true;
    const start = index === 0 && text.startsWith('\uFEFF') ? 1 : first;
    const next = starts[index + 1] ?? text.length;
    let end = next;
    while (end > start && isBreak(text.charCodeAt(end - 1))) end--;
    const column = skipBlanks(text, start, end) - start;
    const bare = { start, end, column, dashes: [] };
    if (start < insideUntil) lines.push({ ...bare, kind: 'inside', opener });
    else if (start + column === end) lines.push({ ...bare, kind: 'blank' });
    else if (text[start + column] === '#') lines.push({ ...bare, kind: 'comment' });
    else if (column === 0 && marker.test(text.slice(start, start + 3))) lines.push({ ...bare, kind: 'marker' });
    else {
      const content = readContent(text, bare, recover);
      const { value } = content;
      if (value?.kind === 'flow' && !value.closed && !recover) return false;
      lines.push(content);
      opener = index;
      if (value?.kind === 'block') {
        insideUntil = endOfBlock(text, starts, index, content.key?.column ?? content.dashes.at(-1) ?? -1);
      } else insideUntil = value?.end ?? 0;
    }
  }
  return true;
}

const marker = /^(?:---|\.\.\.|%)/;

function isBreak(code: number): boolean {
  return code === 10 || code === 13;
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}

type Bare = Pick<Line, 'start' | 'end' | 'column'>;

function readContent(text: string, bare: Bare, recover: boolean): Line {
  const { start, end } = bare;
  let at = start + bare.column;
  const dashes: number[] = [];
  while (text[at] === '-' && (at + 1 >= end || /[ \t]/.test(text[at + 1] ?? ''))) {
    dashes.push(at - start);
    at = skipProperties(text, skipBlanks(text, at + 1, end), end);
  }
  at = skipProperties(text, at, end);
  const found = readKey(text, at, start, end, dashes.length > 0);
  const from = found === undefined ? at : found.from;
  const column = found?.key.column ?? dashes.at(-1) ?? -1;
  const value = readValue(text, from, end, column, recover);
  return {
    ...bare,
    kind: 'content',
    dashes,
    ...(found === undefined ? {} : { key: found.key }),
    ...(value === undefined ? {} : { value }),
  };
}

const plainKey = /[^\s"'{}[\]|>#&*!%@`,](?:[^\s:#]|:(?!\s|$)|(?<!\s)#|[ \t]+(?![\s#:]|$))*/y;
const quotedKey = /"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'/y;
const gluedKey = /^([A-Za-z_][\w.-]*):(?!\/\/)(?=\S)/;
const apartKey = /^([A-Za-z_][\w-]*)[ \t]+(?=[^\s#])/;

/** The key that begins at `at`, and where its value may begin. In the item of a list, text without `: ` is a value. */
function readKey(
  text: string,
  at: number,
  lineStart: number,
  end: number,
  inItem: boolean,
): { readonly key: KeyText; readonly from: number } | undefined {
  const line = text.slice(at, end);
  for (const pattern of [quotedKey, plainKey]) {
    pattern.lastIndex = 0;
    const written = pattern.exec(line)?.[0];
    if (written === undefined) continue;
    const colon = /^[ \t]*:(?=\s|$)/.exec(line.slice(written.length));
    const key = (length: number, lacks: KeyText['lacks']) => {
      const source = line.slice(0, length);
      const bare = pattern === quotedKey ? source.slice(1, -1) : source;
      return { start: at, end: at + length, column: at - lineStart, text: bare, lacks };
    };
    if (colon !== null) {
      return { key: key(written.length, ''), from: skipBlanks(text, at + written.length + colon[0].length, end) };
    }
    if (inItem || pattern === quotedKey) continue;
    const glued = gluedKey.exec(line);
    if (glued?.[1] !== undefined) return { key: key(glued[1].length, 'space'), from: at + glued[0].length };
    const apart = apartKey.exec(line);
    if (apart?.[1] !== undefined) return { key: key(apart[1].length, 'colon'), from: at + apart[0].length };
    return { key: key(written.length, 'colon'), from: end };
  }
  return undefined;
}

function readValue(text: string, from: number, end: number, column: number, recover: boolean): ValueText | undefined {
  const start = skipProperties(text, from, end);
  const character = text[start];
  if (start >= end || character === undefined) return undefined;
  if (character === '#' && /\s/.test(text[start - 1] ?? '')) return undefined;
  if (character === '{' || character === '[') return { kind: 'flow', ...readFlow(text, start, column, recover) };
  if (character === '"' || character === "'") return { kind: 'scalar', ...quotedScalar(text, start, column, false) };
  const plain = text
    .slice(start, end)
    .replace(/[ \t]#.*$/, '')
    .trimEnd();
  const span = { start, end: start + plain.length };
  if (character === '|' || character === '>') return { kind: 'block', ...span };
  if (character === '*') return { kind: 'alias', ...span };
  return { kind: 'scalar', ...span, quote: '', closed: true };
}

/** Where the text under a `|` ends: before the first line that is not indented by more than `column`. */
function endOfBlock(text: string, starts: readonly number[], line: number, column: number): number {
  let end = starts[line + 1] ?? text.length;
  for (let index = line + 1; index < starts.length; index++) {
    const start = starts[index] ?? text.length;
    const next = starts[index + 1] ?? text.length;
    const content = text.slice(start, next);
    if (content.trim() === '') continue;
    if ((/^[ \t]*/.exec(content)?.[0].length ?? 0) <= column) break;
    end = next;
  }
  return end;
}

/** Over blanks, and over anchors and tags with the blanks behind them. */
const properties = /(?:[&!][^\s,[\]{}]*(?:[ \t]+|$))+/my;

function skipProperties(text: string, from: number, end: number): number {
  const mark = text[from];
  if (mark !== '&' && mark !== '!') return Math.min(from, end);
  properties.lastIndex = from;
  const length = properties.exec(text)?.[0].length ?? 0;
  return Math.min(skipBlanks(text, from + length, end), end);
}

function skipBlanks(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && isBlank(text.charCodeAt(at))) at++;
  return at;
}
