import { scan, type Token, type TokenKind } from '../tokens.js';
import { isBlank } from '../white-space.js';

/** A piece of text that the formatter puts white space around; a block of text is its header and, on lines of its own, its body. */
export interface Atom {
  readonly kind: Exclude<TokenKind, 'end' | 'flow-error' | 'junk'> | 'comment' | 'body';
  readonly start: number;
  readonly end: number;
  readonly column: number;
  /** True when only indentation stands before it on its line. */
  readonly first: boolean;
}

/** Everything but white space, in its order, of a text that has no mistakes. */
export function atomsOf(text: string): Atom[] {
  const scanner = scan(text, () => undefined);
  const atoms: Atom[] = [];
  let seen = 0;
  /** Comments come to light with the token after them, or with the block of text whose header they stand beside. */
  const addComments = (before: number) => {
    for (; seen < scanner.comments.length; seen++) {
      const span = scanner.comments[seen]?.span;
      if (span === undefined || span.start >= before) return;
      const lineStart = text.lastIndexOf('\n', span.start - 1) + 1;
      const first = isBlank(text.slice(lineStart, span.start));
      atoms.push({ kind: 'comment', ...span, column: span.start - lineStart, first });
    }
  };
  for (;;) {
    const token = scanner.next();
    addComments(token.start);
    switch (token.kind) {
      case 'end':
        return atoms;
      case 'block':
        atoms.push(headerOf(text, token));
        addComments(token.bodyStart);
        atoms.push({ kind: 'body', start: token.bodyStart, end: token.end, column: 0, first: true });
        break;
      case 'flow-error':
      case 'junk':
        break;
      default:
        atoms.push({ kind: token.kind, start: token.start, end: token.end, column: token.column, first: token.first });
    }
  }
}

function headerOf(text: string, { start, bodyStart, column, first }: Token): Atom {
  const length = /^[^ \t\r\n]+/.exec(text.slice(start, bodyStart))?.[0].length ?? 1;
  return { kind: 'block', start, end: start + length, column, first };
}
