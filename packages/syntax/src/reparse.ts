import { indexLines, type LineIndex, positionAt, type Result } from '@groundplan/diagnostics';
import { type ChangedPart, changedPart } from './changed-part.js';
import { movedEntry, movedSpan } from './moved.js';
import type { Comment, Entry, Mapping, SyntaxTree } from './nodes.js';
import { isPlainTree, lengthLimit, parse, plain, readText } from './parse.js';
import { isSuppression, readSuppressions } from './suppressions.js';

/**
 * A parser for the versions of one text, one after the other. Each result is that of `parse`; where a change stays within the
 * value of a key, only that key is read again, and what stands before it in the tree is the same as in the tree before.
 */
export function parserOfVersions(): (text: string) => Result<SyntaxTree> {
  let base: SyntaxTree | undefined;
  return (text) => {
    const result = (base && reparse(base, text)) ?? parse(text);
    // What is being typed is often no YAML for a moment: the last version that was stays what the next one is compared with.
    if (isPlainTree(result.value)) base = result.value;
    return result;
  };
}

/** An entry of a block that is read again, with its lines. */
interface Enclosing {
  /** The maps from the root down to the one that holds the entry, each with the index of the entry that goes on towards it. */
  readonly path: readonly { readonly map: Mapping; readonly index: number }[];
  readonly entry: Entry;
  /** Where its first line begins, and where the line begins on which the next entry stands. */
  readonly start: number;
  readonly end: number;
}

function reparse(before: SyntaxTree, text: string): Result<SyntaxTree> | undefined {
  if (text.length > lengthLimit) return undefined;
  if (text === before.text) return { value: before, diagnostics: [] };
  const by = text.length - before.text.length;
  for (const candidate of enclosing(before, changedPart(before.text, text))) {
    // Where most of the text is to be read, all of it is read as fast.
    if (2 * (candidate.end - candidate.start) > before.text.length) return undefined;
    const tree = readAgain(before, text, by, candidate);
    if (tree !== undefined) return { value: plain(tree), diagnostics: [] };
  }
  return undefined;
}

/** The entries whose values hold all of the change, the smallest first. */
function enclosing({ root, text }: SyntaxTree, { start, oldEnd }: ChangedPart): Enclosing[] {
  const found: Enclosing[] = [];
  let path: Enclosing['path'] = [];
  let map: Mapping | undefined = root;
  let end = text.length;
  while (map !== undefined && !map.flow && map.entries.at(-1)?.merged === false) {
    const index = lastBefore(map.entries, start);
    const entry: Entry | undefined = map.entries[index];
    const next = map.entries[index + 1];
    const from = entry && lineOf(text, entry);
    const to: number | undefined = next === undefined ? end : lineOf(text, next);
    if (entry === undefined || from === undefined || to === undefined) break;
    if (start <= text.indexOf(':', entry.keySpan.end) || oldEnd > to) break;
    path = [...path, { map, index }];
    found.unshift({ path, entry, start: from, end: to });
    map = entry.value.kind === 'mapping' ? entry.value : undefined;
    end = to;
  }
  return found;
}

/** The index of the last entry whose key begins before `offset`. */
function lastBefore(entries: readonly Entry[], offset: number): number {
  let low = -1;
  let high = entries.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((entries[middle]?.keySpan.start ?? 0) < offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Where the line of an entry begins; undefined when something else than spaces stands before the key there. */
function lineOf(text: string, { keySpan }: Entry): number | undefined {
  let at = keySpan.start;
  while (text[at - 1] === ' ') at--;
  return at === 0 || text[at - 1] === '\n' ? at : undefined;
}

/** The tree with the entry as it is written now; undefined when its lines alone do not tell what they mean. */
function readAgain(before: SyntaxTree, text: string, by: number, place: Enclosing): SyntaxTree | undefined {
  const { path, entry: old, start, end } = place;
  const part = text.slice(start, end + by);
  // What ends the document would end it for what follows as well, and the next key begins a line.
  if ((end < before.text.length && !part.endsWith('\n')) || /^(?:---|\.\.\.)/m.test(part)) return undefined;
  const { root, comments, isPlain } = readText(part, path.length - 1);
  const [read] = root?.entries ?? [];
  const isOne = root?.flow === false && root.entries.length === 1;
  if (!isPlain || !isOne || read === undefined || read.merged || read.key !== old.key) return undefined;
  if (read.keySpan.start !== old.keySpan.start - start) return undefined;

  const allComments = withComments(before.comments, comments, place, by);
  const lines = withLines(before.lines, text, place, by);
  return {
    text,
    lines,
    root: withEntry(path, movedEntry(read, start), by),
    comments: allComments,
    suppressions: allComments.some(isSuppression) ? readSuppressions(allComments, lines) : [],
  };
}

/** The root with another entry at the end of the path, and everything behind it where it stands now. */
function withEntry(path: Enclosing['path'], entry: Entry, by: number): Mapping {
  let made = entry;
  let root: Mapping | undefined;
  for (const { map, index } of [...path].reverse()) {
    if (root !== undefined) {
      const holder = map.entries[index] ?? made;
      made = { ...holder, value: root, span: { start: holder.span.start, end: root.span.end } };
    }
    const isLast = index === map.entries.length - 1;
    root = {
      kind: 'mapping',
      span: { start: map.span.start, end: isLast ? made.span.end : map.span.end + by },
      entries: map.entries.map((each, at) => (at < index ? each : at === index ? made : movedEntry(each, by))),
      flow: false,
    };
  }
  if (root === undefined) throw new Error('an entry stands in a map');
  return root;
}

function withComments(before: readonly Comment[], read: readonly Comment[], { start, end }: Enclosing, by: number) {
  const from = firstAt(before, start);
  const to = firstAt(before, end);
  return [
    ...before.slice(0, from),
    ...read.map((comment) => movedComment(comment, start)),
    ...(by === 0 ? before.slice(to) : before.slice(to).map((comment) => movedComment(comment, by))),
  ];
}

function movedComment({ span, text }: Comment, by: number): Comment {
  return { span: movedSpan(span, by), text };
}

/** The index of the first comment that does not begin before `offset`. */
function firstAt(comments: readonly Comment[], offset: number): number {
  let low = 0;
  let high = comments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((comments[middle]?.span.start ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

function withLines(before: LineIndex, text: string, { start, end }: Enclosing, by: number): LineIndex {
  const first = positionAt(before, start).line;
  const part = indexLines(text.slice(start, end + by)).starts.map((each) => each + start);
  const isLast = end === before.text.length;
  // The line that begins behind the part is the first of what follows.
  const own = isLast ? part : part.slice(0, -1);
  const rest = isLast ? [] : before.starts.slice(positionAt(before, end).line);
  return { text, starts: [...before.starts.slice(0, first), ...own, ...rest.map((each) => each + by)] };
}
