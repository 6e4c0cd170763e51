import { type LineIndex, lineText, positionAt } from '@groundplan/diagnostics';
import type { Comment, Suppression } from './nodes.js';

const form = /^#\s*groundplan-ignore-next-line(?![\w-])/;

export function isSuppression({ text }: Comment): boolean {
  return form.test(text);
}

/** The comments that ignore a diagnostic on the next line, in the order they stand in the text. */
export function readSuppressions(comments: readonly Comment[], lines: LineIndex): Suppression[] {
  const found: Suppression[] = [];
  let below: { from: number; line: number } | undefined;
  for (let index = comments.length - 1; index >= 0; index--) {
    const comment = comments[index];
    const head = comment && form.exec(comment.text)?.[0];
    if (comment === undefined || head === undefined) continue;
    const own = positionAt(lines, comment.span.start).line;
    const line = lineBelow(lines, own, below);
    below = { from: own, line };
    found.push({ span: comment.span, line, ...readCodes(comment, head.length) });
  }
  return found.reverse();
}

/** The next line with content. `below` is the answer for a comment further down, so that a long run of comments is walked once. */
function lineBelow(lines: LineIndex, own: number, below: { from: number; line: number } | undefined): number {
  let line = own + 1;
  while (line < lines.starts.length && /^\s*(?:#|$)/.test(lineText(lines, line))) {
    if (line === below?.from) return below.line;
    line++;
  }
  return line;
}

function readCodes({ span, text }: Comment, from: number): Pick<Suppression, 'codes' | 'reason'> {
  const rest = text.slice(from);
  const colon = /:(?=\s|$)/.exec(rest)?.index ?? rest.length;
  const reason = rest.slice(colon + 1).trim();
  const codes = [...rest.slice(0, colon).matchAll(/[^\s,]+/g)].map((match) => {
    const start = span.start + from + match.index;
    return { code: match[0], span: { start, end: start + match[0].length } };
  });
  return { codes, reason: reason === '' ? undefined : reason };
}
