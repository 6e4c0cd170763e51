import type { Span } from '@groundplan/diagnostics';
import type { InterpolationAt } from './interpolation.js';
import type { Path } from './levels.js';

interface At {
  readonly offset: number;
}

/** What is being typed, and the place of it. */
interface Typing extends At {
  /** What an edit replaces: without quotes, and empty where nothing is written yet. The cursor is in it or at one of its ends. */
  readonly word: Span;
  /** From the beginning of the word to the cursor. */
  readonly typed: string;
  /** In brackets, or on lines. */
  readonly style: 'block' | 'flow';
}

/** Where the key of a map stands or could stand. */
export interface KeyCursor extends Typing {
  readonly place: 'key';
  /** The map. */
  readonly path: Path;
  /** The other keys that are written in the map. */
  readonly keys: readonly string[];
  readonly quote: '' | '"' | "'";
  readonly closed: boolean;
  /** True when a colon follows, so that only the key is to be replaced. */
  readonly hasColon: boolean;
  /** True when the key has a value, on its line or below it. */
  readonly hasValue: boolean;
  /** In block style: where the word begins, and where the keys of its map stand. They differ when the line is indented wrongly. */
  readonly column: number;
  readonly wantedColumn: number;
  /** True when nothing is in the map, and nothing says yet that it is a map: it may also be a list or a scalar. */
  readonly fresh: boolean;
  /** In brackets: where a comma must be written before the key, and whether one must be written behind it. */
  readonly commaBefore: number | undefined;
  readonly commaAfter: boolean;
}

/** Where the value of a key or the item of a list stands or could stand. */
export interface ValueCursor extends Typing {
  readonly place: 'value';
  /** The value itself; its last step is a number for an item of a list. */
  readonly path: Path;
  /** Of the key that it belongs to. */
  readonly keySpan: Span | undefined;
  readonly quote: '' | '"' | "'" | 'block';
  readonly closed: boolean;
  /** True when a map or a list stands on the lines below. */
  readonly hasBlock: boolean;
  /** What must be written first: a blank behind a colon or a dash, a colon, or a dash. */
  readonly lacks: '' | 'space' | 'colon' | 'dash';
  /** Of the first thing on the line, and of the key or dash. */
  readonly column: number;
  readonly wantedColumn: number;
  /** True right behind a dash, where a map of several lines may begin. */
  readonly inItem: boolean;
  /** When the cursor is in a `${…}`. */
  readonly interpolation: InterpolationAt | undefined;
  /** In brackets: whether a comma must be written behind the value. */
  readonly commaAfter: boolean;
  /** The whole scalar with its quotes. */
  readonly scalar: Span;
}

export interface CommentCursor extends At {
  readonly place: 'comment';
  readonly span: Span;
}

/** Where nothing can be written that the language knows: behind a value, in the indentation before a key. */
export interface NoCursor extends At {
  readonly place: 'none';
}

export type Cursor = KeyCursor | ValueCursor | CommentCursor | NoCursor;
