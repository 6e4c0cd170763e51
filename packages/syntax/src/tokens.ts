import type { Span } from '@groundplan/diagnostics';
import { Lexer } from 'yaml';
import type { Comment } from './nodes.js';
import { isBlank } from './white-space.js';

export type TokenKind =
  | 'plain'
  | 'single'
  | 'double'
  | 'block'
  | 'alias'
  | 'anchor'
  | 'tag'
  | '-'
  | '?'
  | ':'
  | ','
  | '{'
  | '}'
  | '['
  | ']'
  | '---'
  | '...'
  | 'directive'
  /** Brackets still open where a line begins too far left to be inside them. */
  | 'flow-error'
  | 'junk'
  | 'end';

/** A lexeme that is neither white space nor a comment. */
export interface Token {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
  /** Where the line begins that the token begins in. */
  readonly lineStart: number;
  /** How far from the left it begins. */
  readonly column: number;
  /** True when only indentation stands before it on its line. */
  readonly first: boolean;
  /** True when white space stands before it. */
  readonly gap: boolean;
  /** True when a tab is in that white space. */
  readonly tab: boolean;
  /** Of a block scalar: where its text begins, under the line of `|` or `>`. */
  readonly bodyStart: number;
  /** Filled when the token after this one is first asked for. */
  next: Token | undefined;
}

export interface Scanner {
  readonly comments: Comment[];
  /** The next token; the last one is of kind `end` and comes again and again. */
  next(): Token;
  /** Goes back to the line that begins at `offset`, and reads from there as if only `before` stood before. */
  restart(offset: number, before?: string): void;
}

const scalarMark = '\x1f';
const documentMark = '\x02';
const flowErrorMark = '\x18';
const byteOrderMark = '\ufeff';

/**
 * Reads tokens one by one, so that only what is looked at is kept.
 *
 * @param crowded is told of each comment without white space before its `#`
 */
export function scan(text: string, crowded: (comment: Span) => void): Scanner {
  let lexemes = new Lexer().lex(text);
  const comments: Comment[] = [];
  let offset = 0;
  let lineStart = 0;
  let first = true;
  let gap = true;
  let tab = false;

  function lexeme(): string | undefined {
    const step = lexemes.next();
    return step.done === true ? undefined : step.value;
  }

  function startLine(): void {
    lineStart = offset;
    first = true;
    gap = true;
    tab = false;
  }

  function token(kind: TokenKind, length: number, bodyStart = 0): Token {
    const start = offset;
    offset += length;
    const made = {
      kind,
      start,
      end: offset,
      lineStart,
      column: start - lineStart,
      first,
      gap,
      tab,
      bodyStart,
      next: undefined,
    };
    first = false;
    gap = false;
    tab = false;
    return made;
  }

  /** A scalar that may reach over several lines. */
  function scalar(kind: 'plain' | 'single' | 'double', source: string): Token {
    const made = token(kind, source.length);
    const lineBreak = source.lastIndexOf('\n');
    if (lineBreak >= 0) {
      lineStart = made.start + lineBreak + 1;
    }
    return made;
  }

  function comment(source: string): void {
    const span = { start: offset, end: offset + source.length };
    if (!gap) crowded(span);
    comments.push({ span, text: source });
    offset = span.end;
  }

  function space(source: string): void {
    if (source.includes('\t')) tab = true;
    gap = true;
    offset += source.length;
  }

  /** From `|` or `>` to the end of the indented lines below. What else stands on the line of the `|` comes as a token after it. */
  function block(header: string): Token {
    let length = header.length;
    let junk: Span | undefined;
    let spaced = false;
    let source = lexeme();
    while (source !== undefined && source !== scalarMark) {
      const span = { start: offset + length, end: offset + length + source.length };
      if (source.startsWith('#')) {
        if (!spaced) crowded(span);
        comments.push({ span, text: source });
      } else if (isBlank(source)) spaced = true;
      else junk ??= span;
      length += source.length;
      source = lexeme();
    }
    const bodyStart = offset + length;
    length += lexeme()?.length ?? 0;
    const made = token('block', length, bodyStart);
    startLine();
    if (junk === undefined) return made;
    made.next = { ...made, kind: 'junk', ...junk, first: false, next: undefined };
    return made;
  }

  function next(): Token {
    for (;;) {
      const source = lexeme();
      if (source === undefined) {
        const end = token('end', 0);
        end.next = end;
        return end;
      }
      switch (source) {
        case scalarMark: {
          // Between an anchor and a comma the lexer finds a scalar without a character.
          const plain = lexeme() ?? '';
          if (plain === '') continue;
          return scalar('plain', plain);
        }
        case documentMark:
          continue;
        case flowErrorMark: {
          const { kind: _, ...place } = token('flow-error', 0);
          first = place.first;
          gap = place.gap;
          tab = place.tab;
          return { kind: 'flow-error', ...place };
        }
        case byteOrderMark:
          offset += 1;
          startLine();
          continue;
        case '\n':
        case '\r\n':
          offset += source.length;
          startLine();
          continue;
        case '-':
        case '?':
        case ':':
        case ',':
        case '{':
        case '}':
        case '[':
        case ']':
        case '---':
        case '...':
          return token(source, source.length);
      }
      switch (source[0]) {
        case ' ':
        case '\t':
          space(source);
          continue;
        case '#':
          comment(source);
          continue;
        case '%':
          return token('directive', source.length);
        case '*':
          return token('alias', source.length);
        case '&':
          return token('anchor', source.length);
        case '!':
          return token('tag', source.length);
        case "'":
          return scalar('single', source);
        case '"':
          return scalar('double', source);
        case '|':
        case '>':
          return block(source);
        default:
          return token('junk', source.length);
      }
    }
  }

  function restart(from: number, before = ''): void {
    lexemes = new Lexer().lex(before + text.slice(from));
    for (let passed = 0; passed < before.length; ) {
      const source = lexeme() ?? before;
      if (source === scalarMark) passed += lexeme()?.length ?? 0;
      else if (source !== documentMark) passed += source.length;
    }
    while ((comments.at(-1)?.span.start ?? -1) >= from) comments.pop();
    offset = from;
    startLine();
  }

  return { comments, next, restart };
}
