import type { Span } from '@groundplan/diagnostics';
import { indentOf } from '../tree/indentation.js';
import { quotedScalar, type ScalarText } from './quotes.js';

/** A piece of a collection in brackets. A bracket that is missing, and is told by the indentation below, is an empty one. */
export type Lexeme =
  | (Span & { readonly kind: '{' | '[' | '}' | ']' | ',' | ':' })
  | (ScalarText & { readonly kind: 'scalar' });

export interface Flow extends Span {
  readonly lexemes: readonly Lexeme[];
  readonly closed: boolean;
}

const openers = { '{': '}', '[': ']' } as const;

/** What begins a line that cannot belong to brackets opened further left. */
const entryStart = /^[ \t]*(?:- |(?:"[^"\n]*"|'[^'\n]*'|[^\s"'{}[\],#][^\s{}[\],]*)[ \t]*:(?:[ \t\r]|$))/;

/**
 * Reads the collection whose bracket is at `start`.
 *
 * @param column of the key or item that it belongs to, -1 when it is the root
 * @param recover whether a line that is indented too little ends brackets that are not closed
 */
export function readFlow(text: string, start: number, column: number, recover: boolean): Flow {
  const lexemes: Lexeme[] = [];
  const open: { readonly close: '}' | ']'; readonly indent: number }[] = [];
  let indent = column;
  let at = start;
  while (at < text.length) {
    const character = text[at] ?? '';
    if (character === '\n') {
      at++;
      const line = lineAt(text, at);
      if (line.trim() === '') continue;
      indent = indentOf(line).length;
      if (!recover || !entryStart.test(line)) continue;
      if (column >= 0 && indent <= column) return { start, end: at, lexemes, closed: false };
      while (open.length > 1 && (open.at(-1)?.indent ?? -1) >= indent) {
        lexemes.push({ kind: open.pop()?.close ?? '}', start: at, end: at });
      }
    } else if (character === ' ' || character === '\t' || character === '\r') at++;
    else if (character === '#' && /\s/.test(text[at - 1] ?? ' ')) at += lineAt(text, at).length;
    else if (character === '{' || character === '[') {
      open.push({ close: openers[character], indent });
      lexemes.push({ kind: character, start: at, end: at + 1 });
      at++;
    } else if (character === '}' || character === ']') {
      lexemes.push({ kind: character, start: at, end: at + 1 });
      at++;
      open.pop();
      if (open.length === 0) return { start, end: at, lexemes, closed: true };
    } else if (character === ',' || (character === ':' && endsKey(text, at, lexemes.at(-1)))) {
      lexemes.push({ kind: character, start: at, end: at + 1 });
      at++;
    } else {
      const scalar =
        character === '"' || character === "'" ? quotedScalar(text, at, indent, true) : plainScalar(text, at);
      lexemes.push({ kind: 'scalar', ...scalar });
      at = scalar.end;
    }
  }
  return { start, end: text.length, lexemes, closed: false };
}

/** A colon with a blank behind it, or right behind a key in quotes as in JSON. */
function endsKey(text: string, at: number, before: Lexeme | undefined): boolean {
  const next = text[at + 1];
  if (next === undefined || /[\s,{}[\]]/.test(next)) return true;
  return before?.kind === 'scalar' && before.quote !== '' && before.end === at;
}

const plain = /(?:\$\{[^}\n"']*\}?|:(?![\s,{}[\]]|$)|(?<!\s)#|[^\s,{}[\]:#]|[ \t]+(?![\s#,{}[\]:]|$))+/my;

/** Plain text up to a bracket, a comma, a colon, a comment or the end of the line; `${…}` is part of it, as it was meant. */
function plainScalar(text: string, start: number): ScalarText {
  plain.lastIndex = start;
  const length = Math.max(1, plain.exec(text)?.[0].length ?? 1);
  return { start, end: start + length, quote: '', closed: true };
}

function lineAt(text: string, start: number): string {
  const end = text.indexOf('\n', start);
  return text.slice(start, end < 0 ? text.length : end);
}
