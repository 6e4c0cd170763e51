import { withoutTrailingSpace } from '../white-space.js';
import { type Atom, atomsOf } from './atoms.js';
import { type Line, placeComments, type TrailingComment } from './comment-columns.js';
import { type Levels, levelsOf } from './levels.js';
import { indentBlock, indentLines } from './multiline.js';
import { spaceBetween } from './spacing.js';

/** The text that is being written. */
interface Page {
  readonly text: string;
  readonly atoms: readonly Atom[];
  readonly levels: Levels;
  readonly lines: Line[];
  /** The line that is not ended yet; values may bring line breaks with them. */
  open: string | undefined;
  /** How far that line moved to the right. */
  shift: number;
  /** Of the last block of text: what begins it, and whether empty lines stood behind it. */
  header: string;
  hasBlankBehind: boolean;
}

/**
 * Writes a text without mistakes anew: the same atoms on the same lines, with other white space.
 *
 * @param text in which every line ends with LF or CRLF
 */
export function layOut(text: string): string {
  const atoms = atomsOf(text);
  const levels = levelsOf(atoms);
  const page: Page = { text, atoms, levels, lines: [], open: undefined, shift: 0, header: '', hasBlankBehind: false };
  for (let at = 0; at < atoms.length; ) at = writeAtom(page, at);
  endLine(page);
  return page.lines.length === 0 ? '' : `${placeComments(page.lines).join('\n')}\n`;
}

/** Writes what begins with the atom `at`. Returns the place of the next one. */
function writeAtom(page: Page, at: number): number {
  const { atoms, levels } = page;
  const atom = atoms[at] as Atom;
  if (atom.kind === 'comment') return atom.first ? writeComments(page, at) : writeTrailingComment(page, at);
  if (atom.kind === 'body') writeBody(page, atom);
  else if (atom.first) {
    startLine(page, at, levels.lineOf(at));
    writeToken(page, atom);
  } else {
    page.open = (page.open ?? '') + spaceBetween(atoms[at - 1] ?? atom, atom);
    writeToken(page, atom);
  }
  levels.pass(at);
  return at + 1;
}

function writeToken(page: Page, atom: Atom): void {
  const source = page.text.slice(atom.start, atom.end);
  page.open += source.includes('\n') ? indentLines(source, page.levels.continuation()) : source;
  if (atom.kind === 'block') page.header = source;
}

function writeBody(page: Page, { start, end }: Atom): void {
  const { levels, text, header } = page;
  endLine(page);
  const block = indentBlock(header, text.slice(start, end), levels.parentColumn(), levels.parentIndent());
  for (const content of block.lines) page.lines.push({ content });
  page.hasBlankBehind = block.hasBlankBehind;
}

/** Comments on lines of their own are indented by what comes after them. */
function writeComments(page: Page, from: number): number {
  const { atoms, levels, text } = page;
  let next = from;
  while (atoms[next]?.kind === 'comment') next++;
  const nextIndent = levels.lineOf(next);
  for (let at = from; at < next; at++) {
    const comment = atoms[at] as Atom;
    startLine(page, at, levels.commentOf(comment, atoms[next], nextIndent));
    page.open += withoutTrailingSpace(text.slice(comment.start, comment.end));
  }
  return next;
}

function writeTrailingComment(page: Page, at: number): number {
  const { start, end, column } = page.atoms[at] as Atom;
  const text = withoutTrailingSpace(page.text.slice(start, end));
  endLine(page, { text, column: column + page.shift, gap: start - (page.atoms[at - 1]?.end ?? 0) });
  return at + 1;
}

/** Begins the line of the atom `at`, after an empty one if the text has any there. */
function startLine(page: Page, at: number, indent: number): void {
  endLine(page);
  if (page.lines.length > 0 && hasBlankBefore(page, at)) page.lines.push({ content: '' });
  page.shift = indent - (page.atoms[at]?.column ?? 0);
  page.open = ' '.repeat(indent);
}

function hasBlankBefore({ text, atoms, hasBlankBehind }: Page, at: number): boolean {
  const before = atoms[at - 1];
  if (before === undefined) return false;
  const breaks = text.slice(before.end, atoms[at]?.start).split('\n').length - 1;
  return before.kind === 'body' ? hasBlankBehind || breaks > 0 : breaks > 1;
}

function endLine(page: Page, comment?: TrailingComment): void {
  if (page.open === undefined) return;
  const parts = page.open.split('\n');
  const last = parts.pop() ?? '';
  for (const content of parts) page.lines.push({ content });
  page.lines.push(comment === undefined ? { content: last } : { content: last, comment });
  page.open = undefined;
}
