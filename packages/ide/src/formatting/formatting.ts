import { type Edit, positionAt, type Span } from '@groundplan/diagnostics';
import { formatEdits, parse, type SyntaxTree, toData } from '@groundplan/syntax';
import type { Snapshot } from '../snapshot.js';
import { applied } from '../tree/applied.js';

/**
 * What formats the whole text, as small as the changes are. None for a text with mistakes. The ends of lines stay as they are, since an
 * editor keeps those of a file by itself.
 */
export function formatting({ tree }: Snapshot): readonly Edit[] {
  return lineEdits(tree.text).flatMap((edit) => narrowed(tree.text, edit));
}

/**
 * The same for the lines that `span` touches. Where these lines alone cannot be indented anew without another meaning, since the lines
 * around them stay as they are, only the space within them is put right; none where that would not do either.
 */
export function rangeFormatting({ tree }: Snapshot, span: Span): readonly Edit[] {
  const first = positionAt(tree.lines, span.start).line;
  const end = positionAt(tree.lines, span.end);
  // A selection that ends where a line begins does not mean that line.
  const last = end.character === 0 && end.line > first ? end.line - 1 : end.line;
  const edits = lineEdits(tree.text).filter((edit) => {
    const { line } = positionAt(tree.lines, edit.span.start);
    return first <= line && line <= last;
  });
  if (edits.length === 0) return [];
  const kept = [edits, edits.map((edit) => withIndentation(tree, edit))].find((some) => saysTheSame(tree, some));
  return (kept ?? []).flatMap((edit) => narrowed(tree.text, edit));
}

/** The formatter's edits, whole lines each, with the ends of lines that the text has. */
function lineEdits(text: string): Edit[] {
  return formatEdits(text).value.flatMap(({ span, newText }) => {
    const old = text.slice(span.start, span.end);
    const lineBreak = /(?:\r\n|\r|\n)$/.exec(old)?.[0] ?? '\n';
    const kept = newText.replace(/\n/g, lineBreak);
    return kept === old ? [] : [{ span, newText: kept }];
  });
}

/** The changes of white space that an edit consists of, so that the cursor and marks among the words stay where they are. */
function narrowed(text: string, edit: Edit): Edit[] {
  const { span, newText } = edit;
  const found: Edit[] = [];
  let at = span.start;
  let to = 0;
  for (;;) {
    const end = spaceEnd(text, at, span.end);
    const newEnd = spaceEnd(newText, to, newText.length);
    const space = newText.slice(to, newEnd);
    if (text.slice(at, end) !== space) found.push({ span: { start: at, end }, newText: space });
    if (end === span.end || newEnd === newText.length) {
      return end === span.end && newEnd === newText.length ? found : [edit];
    }
    if (text[end] !== newText[newEnd]) return [edit];
    at = end + 1;
    to = newEnd + 1;
  }
}

function spaceEnd(text: string, from: number, limit: number): number {
  let end = from;
  while (end < limit && /\s/.test(text[end] ?? '')) end++;
  return end;
}

function withIndentation({ text }: SyntaxTree, { span, newText }: Edit): Edit {
  const old = text.slice(span.start, span.end);
  const lead = /^[\ufeff \t]*/.exec(old)?.[0] ?? '';
  const isBlank = newText.trim() === '' || old.trim() === '';
  return { span, newText: isBlank ? newText : lead + newText.trimStart() };
}

/** Whether the text with these edits alone has no mistakes, and means what it meant. */
function saysTheSame(tree: SyntaxTree, edits: readonly Edit[]): boolean {
  const { value, diagnostics } = parse(applied(tree.text, edits));
  return diagnostics.length === 0 && meaning(value) === meaning(tree);
}

function meaning({ root, comments }: SyntaxTree): string {
  const texts = comments.map(({ text }) => text.trimEnd());
  return JSON.stringify([root === undefined ? null : toData(root), texts]);
}
