import { fieldSchema, genericPath } from '@groundplan/model/language';
import { type Cursor, cursorAt, type KeyCursor, type ValueCursor } from '../cursor/index.js';
import type { CompletionItem } from '../results.js';
import type { Snapshot } from '../snapshot.js';
import { lineStartAt } from '../tree/indentation.js';
import type { CompletionOptions, Context } from './context.js';
import { inInterpolation } from './interpolation.js';
import { keys } from './keys.js';
import { typesOf } from './schema.js';
import { inComment } from './suppression.js';
import { interpolates } from './values/expressions.js';
import { items, values } from './values/values.js';
import { keyItem, valueItem } from './write.js';

/** What makes an editor ask again: behind each of them something else can be written than before it. */
export const completionTriggers: readonly string[] = ['.', '{', '[', ',', '$', '/', ' ', ':', '"', "'", '#'];

/**
 * What can be written at an offset, in any state of the text. Edits that insert several lines count the indentation of the lines behind
 * the first from that of the line they are on (InsertTextMode.adjustIndentation) and end lines with LF.
 */
export function complete(snapshot: Snapshot, offset: number, options: CompletionOptions): readonly CompletionItem[] {
  const cursor = cursorAt(snapshot.tree, offset);
  switch (cursor.place) {
    case 'none':
      return [];
    case 'comment':
      return inComment(snapshot, cursor);
    case 'key':
      return atKey(contextOf(snapshot, options, cursor), cursor);
    case 'value':
      return atValue(contextOf(snapshot, options, cursor), cursor);
  }
}

function contextOf(
  snapshot: Snapshot,
  options: CompletionOptions,
  { typed, word }: Extract<Cursor, { typed: string }>,
): Context {
  return { ...snapshot, options, typed, word };
}

function atKey(context: Context, cursor: KeyCursor): readonly CompletionItem[] {
  const path = cursor.path.map(String);
  const found = keys(context, cursor, path).flatMap(
    (proposal, order) => keyItem(context, cursor, proposal, order) ?? [],
  );
  return cursor.fresh ? [...found, ...belowKey(context, cursor, path)] : found;
}

/** On the line below a key without a value, what comes may be a list or a scalar as well. */
function belowKey(context: Context, cursor: KeyCursor, path: readonly string[]): readonly CompletionItem[] {
  if (path.length === 0) return [];
  const isList = typesOf(fieldSchema(path) ?? {}).includes('array');
  const value: ValueCursor = {
    place: 'value',
    offset: cursor.offset,
    word: cursor.word,
    typed: cursor.typed,
    style: 'block',
    path: isList ? [...path, 0] : path,
    keySpan: undefined,
    quote: '',
    closed: true,
    hasBlock: false,
    lacks: isList ? 'dash' : '',
    column: cursor.column,
    wantedColumn: cursor.wantedColumn,
    inItem: false,
    interpolation: undefined,
    commaAfter: false,
    scalar: cursor.word,
  };
  return atValue(context, value, behindKeys).filter(({ kind }) => kind !== 'snippet');
}

/** Where values are counted from that come behind keys: there are never so many keys. */
const behindKeys = 1000;

function atValue(context: Context, cursor: ValueCursor, first = 0): readonly CompletionItem[] {
  const path = cursor.path.map(String);
  if (cursor.interpolation !== undefined && interpolates(genericPath(path).join('.')) !== undefined) {
    return inInterpolation(context, cursor, cursor.interpolation, path);
  }
  const { root } = context.tree;
  if (path.length === 0 && root !== undefined && root.span.end <= cursor.word.start) return [];
  // Behind an expression, or a literal `${`, more of the same text is the user's own.
  if (cursor.hasBlock || cursor.typed.includes('${')) return [];
  const isItem = typeof cursor.path.at(-1) === 'number';
  if (isItem && cursor.style === 'block' && typesOf(fieldSchema(path) ?? {}).includes('object'))
    return itemKeys(context, cursor, path);
  const found = isItem ? items(context, path) : values(context, path);
  return found.flatMap((proposal, order) => valueItem(context, cursor, proposal, first + order) ?? []);
}

/** Behind a dash, the first key of the map that the item is. */
function itemKeys(context: Context, cursor: ValueCursor, path: readonly string[]): readonly CompletionItem[] {
  if (cursor.quote !== '' || !cursor.inItem || cursor.lacks !== '') return [];
  const { text } = context.tree;
  const column = cursor.word.start - lineStartAt(text, cursor.word.start);
  const key: KeyCursor = {
    place: 'key',
    offset: cursor.offset,
    word: cursor.word,
    typed: cursor.typed,
    style: 'block',
    path: cursor.path,
    keys: [],
    quote: '',
    closed: true,
    hasColon: false,
    hasValue: false,
    column,
    wantedColumn: column,
    fresh: false,
    commaBefore: undefined,
    commaAfter: false,
  };
  return keys(context, key, path).flatMap((proposal, order) => keyItem(context, key, proposal, order) ?? []);
}
