import { add } from './problems.js';
import type { Reader } from './reader.js';
import type { Token } from './tokens.js';
import { contentStart } from './white-space.js';

/** The same text, offset by offset, with a space for each tab that begins a line, so that its lines nest as they were meant to. */
export function withoutLeadingTabs(text: string): string {
  return /^\t/m.test(text) ? text.replace(/^\t[\t ]*(?=[^\t \r\n])/gm, (tabs) => ' '.repeat(tabs.length)) : text;
}

export function isTabbed({ original }: Reader, { tab, lineStart }: Token): boolean {
  return tab || original[lineStart] === '\t';
}

/** One diagnostic for all lines that tabs indent: who uses them does so everywhere. */
export function reportTabs(reader: Reader, isInBrackets: boolean): void {
  const { original } = reader;
  const lines = new Map(reader.tabbed.map(({ lineStart, start }) => [lineStart, start]));
  // A text that is all in brackets, such as JSON, needs no indentation.
  if (!isInBrackets) for (const { start, end } of linesWithTabs(original)) lines.set(start, end);
  const edits = [...lines]
    .sort(([a], [b]) => a - b)
    .map(([start, end]) => ({ span: { start, end }, newText: original.slice(start, end).replaceAll('\t', '  ') }));
  const [first] = edits;
  if (first === undefined) return;
  add(reader, 'syntax/tab', first.span, { lines: edits.length }, { fixes: [{ title: 'Use spaces', edits }] });
}

/** The white space of the lines that begin with a tab, other than empty ones and comments. */
function* linesWithTabs(text: string): Generator<{ readonly start: number; readonly end: number }> {
  for (const { index } of text.matchAll(/^\t/gm)) {
    let end = contentStart(text, index);
    const lineBreak = text.slice(index, end).search(/[\r\n]/);
    if (lineBreak >= 0) end = index + lineBreak;
    if (lineBreak < 0 && end < text.length && text[end] !== '#') yield { start: index, end };
  }
}
