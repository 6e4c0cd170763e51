import { positionAt, type Span } from '@groundplan/diagnostics';
import type { SyntaxTree } from '@groundplan/syntax';
import { inFlow } from './in-flow.js';
import { inScalar } from './in-scalar.js';
import { interpolationAt } from './interpolation.js';
import { contentBelow, type Home, homeAt, keysAround, levelsAbove, type Path, pathThrough } from './levels.js';
import type { KeyText, Line } from './lines.js';
import type { Cursor, KeyCursor, NoCursor, ValueCursor } from './types.js';

export interface Place {
  readonly tree: SyntaxTree;
  readonly lines: readonly Line[];
  readonly index: number;
  readonly line: Line;
  readonly offset: number;
}

/** On a line with nothing but blanks: a new key or item, where the indentation says. */
export function onBlankLine(place: Place): Cursor {
  const { lines, index, line, offset } = place;
  const column = offset - line.start;
  const last = levelsAbove(lines, index)[0];
  if (last?.line.value?.kind === 'block' && column > last.column) return inBlockText(place, last.line);
  if (isRootWhole(lines)) return { place: 'none', offset };
  return newEntry(place, homeAt(lines, index, column, contentBelow(lines, index)), column, offset);
}

/** Whether the root is in brackets, or text: nothing can stand beside it. */
function isRootWhole(lines: readonly Line[]): boolean {
  const first = lines.find(({ kind }) => kind === 'content');
  return first !== undefined && first.key === undefined && first.dashes.length === 0;
}

/** A word alone on its line, or none: the key of a map, or an item that lacks its dash. */
function newEntry({ tree, lines, index, offset }: Place, home: Home, column: number, end: number): Cursor {
  const start = (lines[index]?.start ?? 0) + column;
  const typing = {
    offset,
    word: { start, end },
    typed: tree.text.slice(start, offset),
    style: 'block',
    quote: '',
    closed: true,
    column,
    wantedColumn: home.column < 0 ? column : home.column,
  } as const;
  if (home.kind === 'list') {
    return {
      ...{ place: 'value', ...typing, path: [...home.path, home.index], keySpan: undefined, hasBlock: false },
      ...{ lacks: 'dash', inItem: false, interpolation: undefined, commaAfter: false, scalar: typing.word },
    };
  }
  return {
    ...{ place: 'key', ...typing, path: home.path, keys: keysAround(lines, index, typing.wantedColumn) },
    ...{ hasColon: false, hasValue: false, fresh: home.fresh, commaBefore: undefined, commaAfter: false },
  };
}

/** On a line that begins an entry or an item, or holds a word that will be one. */
export function onContentLine(place: Place): Cursor {
  const { tree, line, offset } = place;
  const { key, value } = line;
  const none: NoCursor = { place: 'none', offset };
  if (offset < line.start + line.column) return none;
  if (key !== undefined && key.start <= offset && offset <= key.end) return inKey(place, key);
  const from = key === undefined ? behindDash(line) : behindKey(tree.text, key);
  if (from === undefined || offset < from) return none;
  if (value !== undefined) return offset < value.start ? none : inValue(place);
  // An anchor or a tag stands where the value would be.
  if (offset > from && !/[ \t]/.test(tree.text[offset - 1] ?? '')) return none;
  return emptyValue(place, offset === from && key?.lacks !== 'colon');
}

/** Where the value of a key may begin: behind its colon, or behind the blank that stands for it. */
function behindKey(text: string, key: KeyText): number {
  return key.lacks === 'colon' ? key.end + 1 : text.indexOf(':', key.end) + 1;
}

function behindDash({ start, dashes, value }: Line): number | undefined {
  const column = dashes.at(-1);
  return column === undefined ? value?.start : start + column + 1;
}

function inKey(place: Place, key: KeyText): Cursor {
  const { tree, lines, index, line, offset } = place;
  const mark = tree.text[key.start];
  const quote = mark === '"' || mark === "'" ? mark : '';
  const word = quote === '' ? { start: key.start, end: key.end } : { start: key.start + 1, end: key.end - 1 };
  if (offset < word.start || offset > word.end) return { place: 'none', offset };
  const hasColon = key.lacks !== 'colon';
  const hasLines = hasBlockBelow(place, key.column);
  const common: Pick<
    KeyCursor,
    'place' | 'offset' | 'word' | 'typed' | 'style' | 'quote' | 'closed' | 'column' | 'commaBefore' | 'commaAfter'
  > = {
    ...{ place: 'key', offset, word, typed: tree.text.slice(word.start, offset), style: 'block', quote, closed: true },
    ...{ column: key.column, commaBefore: undefined, commaAfter: false },
  };
  const written = { hasColon, hasValue: line.value !== undefined || hasLines, fresh: false };
  if (line.dashes.length > 0) {
    const path = pathThrough(levelsAbove(lines, index + 1).slice(1));
    const keys = keysAround(lines, index, key.column);
    return { ...common, ...written, path, keys, wantedColumn: key.column };
  }
  const levels = levelsAbove(lines, index);
  const isAligned = levels.length === 0 || levels.some(({ column }) => column === key.column);
  if (!hasColon && line.value === undefined && !(hasLines && isAligned)) {
    return newEntry(place, homeAt(lines, index, key.column, contentBelow(lines, index)), key.column, key.end);
  }
  const home = homeAt(lines, index, key.column, undefined);
  const wantedColumn = home.column < 0 ? key.column : home.column;
  return { ...common, ...written, path: home.path, keys: keysAround(lines, index, wantedColumn), wantedColumn };
}

/** Whether the lines below belong to the key or dash at `column` of the line. */
function hasBlockBelow({ lines, index }: Place, column: number): boolean {
  const below = contentBelow(lines, index);
  if (below === undefined) return false;
  return (
    below.column > column || (below.column === column && below.dashes.length > 0 && lines[index]?.key !== undefined)
  );
}

/** The path of the value that a line holds. */
function pathOfValue({ lines, index, line }: Place): Path {
  return line.key === undefined && line.dashes.length === 0 ? [] : pathThrough(levelsAbove(lines, index + 1));
}

/** What is common to the values on a line. */
function ofLine(place: Place) {
  const { key, dashes } = place.line;
  const column = key?.column ?? dashes.at(-1) ?? 0;
  return {
    place: 'value',
    offset: place.offset,
    style: 'block',
    path: pathOfValue(place),
    keySpan: key && { start: key.start, end: key.end },
    column,
    wantedColumn: column,
    inItem: key === undefined && dashes.length > 0,
    commaAfter: false,
  } as const;
}

function emptyValue(place: Place, isGlued: boolean): ValueCursor {
  const { line, offset } = place;
  const word: Span = { start: offset, end: offset };
  const common = ofLine(place);
  return {
    ...common,
    ...{ word, typed: '', quote: '', closed: true, interpolation: undefined, scalar: word },
    hasBlock: hasBlockBelow(place, common.column),
    lacks: line.key?.lacks === 'colon' ? 'colon' : isGlued ? 'space' : '',
  };
}

/** In or behind the value that a line begins. */
export function inValue(place: Place): Cursor {
  const { tree, line, offset } = place;
  const { value } = line;
  const none: NoCursor = { place: 'none', offset };
  switch (value?.kind) {
    case undefined:
    case 'alias':
      return none;
    case 'block':
      return offset <= value.end ? none : inBlockText(place, line);
    case 'flow':
      return inFlow(tree.text, value, pathOfValue(place), offset);
    case 'scalar': {
      const scalar = inScalar(tree.text, value, offset);
      if (scalar === undefined) return none;
      return { ...ofLine(place), ...scalar, hasBlock: false, lacks: line.key?.lacks ?? '' };
    }
  }
}

/** In the lines of text under a `|`, which `opener` has. */
function inBlockText(place: Place, opener: Line): ValueCursor {
  const { tree, lines, offset } = place;
  const line = lines[positionAt(tree.lines, offset).line];
  const word = { start: line?.start ?? offset, end: Math.max(offset, line?.end ?? offset) };
  return {
    ...ofLine({ ...place, line: opener, index: lines.indexOf(opener) }),
    ...{ word, typed: tree.text.slice(word.start, offset), quote: 'block', closed: true, hasBlock: false, lacks: '' },
    interpolation: interpolationAt(tree.text, word, offset),
    scalar: { start: opener.value?.start ?? word.start, end: word.end },
  };
}
