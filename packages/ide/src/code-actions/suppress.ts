import { type Diagnostic, lineText, positionAt, type Span } from '@groundplan/diagnostics';
import type { SyntaxTree } from '@groundplan/syntax';
import { placeAt } from '../place/place-at.js';
import type { CodeAction } from '../results.js';
import type { Snapshot } from '../snapshot.js';
import { indentOf } from '../tree/indentation.js';
import { lineBreakOf } from './edits.js';
import { diagnosticsAt } from './quick-fixes.js';

/** What is written for the reason, and selected. */
const placeholder = 'reason';

/** A comment that ignores each of the diagnostics at a span that may be ignored, on its line. */
export function suppressions(snapshot: Snapshot, span: Span): readonly CodeAction[] {
  const seen = new Set<string>();
  return diagnosticsAt(snapshot, span).flatMap((diagnostic) => {
    const { line } = positionAt(snapshot.tree.lines, diagnostic.span.start);
    const key = `${line} ${diagnostic.code}`;
    if (seen.has(key) || !canBeIgnored(diagnostic)) return [];
    seen.add(key);
    const action = suppression(snapshot.tree, diagnostic, line);
    return action === undefined ? [] : [action];
  });
}

/** Errors cannot; a diagnostic about such a comment is mended in the comment; one about the text itself may hide all others. */
function canBeIgnored({ code, severity }: Diagnostic): boolean {
  return severity !== 'error' && !/^(?:suppression|syntax|config)\//.test(code);
}

function suppression(tree: SyntaxTree, diagnostic: Diagnostic, line: number): CodeAction | undefined {
  const { code } = diagnostic;
  const action = { title: `Ignore ${code} on this line`, kind: 'quickfix' as const, diagnostics: [diagnostic] };
  const existing = tree.suppressions.filter((each) => each.line === line && each.codes.length > 0).at(-1);
  const last = existing?.codes.at(-1);
  if (last !== undefined) {
    return { ...action, edits: [{ span: { start: last.span.end, end: last.span.end }, newText: `, ${code}` }] };
  }
  const start = contentStart(tree, line);
  if (isInsideText(tree, start)) return undefined;
  const head = `${indentOf(lineText(tree.lines, line).replace('\uFEFF', ''))}# groundplan-ignore-next-line ${code}: `;
  const select = { start: start + head.length, end: start + head.length + placeholder.length };
  const newText = `${head}${placeholder}${lineBreakOf(tree.text)}`;
  return { ...action, edits: [{ span: { start, end: start }, newText }], select };
}

/** The start of a line, behind the byte order mark that a file may begin with. */
function contentStart({ text, lines }: SyntaxTree, line: number): number {
  const start = lines.starts[line] ?? 0;
  return start === 0 && text.startsWith('\uFEFF') ? 1 : start;
}

/** Whether a line begins in the middle of a text of several lines, where a comment would be part of the text. */
function isInsideText(tree: SyntaxTree, start: number): boolean {
  const place = placeAt(tree, start);
  return place !== undefined && place.span.start < start && start < place.span.end;
}
