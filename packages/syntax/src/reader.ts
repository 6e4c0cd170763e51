import type { Diagnostic } from '@groundplan/diagnostics';
import type { Node } from './nodes.js';
import type { Scanner, Token } from './tokens.js';
import { contentEnd } from './white-space.js';

/** How deep maps and lists may stand in one another; the language itself needs less than ten. */
export const depthLimit = 64;

/** How many values the aliases of a file may stand for beyond what is written. */
export const expansionLimit = 100_000;

/** What is known of `&name`. */
export interface Anchor {
  /** Undefined while the value is still being read: an alias inside it would hold itself. */
  node: Node | undefined;
  /** How many values the node holds, with its own aliases written out. */
  size: number;
}

/** The state of reading one text. */
export interface Reader {
  /** The text with the same offsets as the one given, in which every line ends with LF or CRLF. */
  readonly text: string;
  readonly scanner: Scanner;
  /** The one that is looked at; everything before it has been read. */
  token: Token;
  readonly diagnostics: Diagnostic[];
  readonly anchors: Map<string, Anchor>;
  /** How many values have been read, with those that aliases stand for. */
  size: number;
  /** How many of them stand nowhere in the text, but come by aliases. */
  expanded: number;
  depth: number;
  /** Where the line begins in which the text was last found broken: what else is odd there comes from the same slip. */
  brokenLine: number;
  /** What was looked at when brackets were last found to be open. */
  unclosedAt: Token | undefined;
  /** How often the text has been read again from within brackets, which takes a copy of it. */
  restarts: number;
  /** The text as it was given. */
  readonly original: string;
  /** What stands behind a tab that indents it, other than one that begins a line. */
  readonly tabbed: Token[];
  /** The opening brackets that are not closed yet. */
  readonly brackets: Token[];
}

export function peek(reader: Reader): Token {
  const { token } = reader;
  token.next ??= reader.scanner.next();
  return token.next;
}

/** Moves on, and returns the token that was looked at. */
export function advance(reader: Reader): Token {
  const { token } = reader;
  reader.token = peek(reader);
  return token;
}

/** Ends the reading where it is. */
export function stop(reader: Reader): void {
  const end: Token = {
    ...reader.token,
    kind: 'end',
    start: reader.text.length,
    end: reader.text.length,
    column: 0,
    next: undefined,
  };
  end.next = end;
  reader.token = end;
}

/** Passes what is left of the line. Returns where it ends. */
export function skipLine(reader: Reader): number {
  let { end } = reader.token;
  while (!isLineStart(reader.token)) end = advance(reader).end;
  return end;
}

/** True when the token cannot belong to the line before it. */
export function isLineStart(token: Token): boolean {
  return token.first || token.kind === 'end';
}

export function isDocumentEnd({ kind }: Token): boolean {
  return kind === 'end' || kind === '---' || kind === '...';
}

export function textOf(reader: Reader, { start, end }: { readonly start: number; readonly end: number }): string {
  return reader.text.slice(start, end);
}

/** True for a plain scalar that goes on over several lines. */
export function isMultiline(reader: Reader, token: Token): boolean {
  return textOf(reader, token).includes('\n');
}

/**
 * Keeps only the first line of the plain scalar that is looked at. YAML joins the lines of plain text, so a key without its colon
 * swallows the next one; the lines below are read again as lines of their own.
 */
export function cutAfterFirstLine(reader: Reader): Token {
  const { token, scanner } = reader;
  const source = textOf(reader, token);
  const lineBreak = source.indexOf('\n');
  const end = token.start + contentEnd(source.slice(0, lineBreak));
  scanner.restart(token.start + lineBreak + 1);
  reader.token = { ...token, end, next: undefined };
  return reader.token;
}
