import { type Edit, lineText, positionAt, type Span } from '@groundplan/diagnostics';
import { fieldSchema } from '@groundplan/model/language';
import type { Mapping, Node, Sequence, SyntaxTree } from '@groundplan/syntax';
import { placeAt } from '../place/place-at.js';
import type { Snapshot } from '../snapshot.js';
import { isBlockText, ownEntries, ownItems, ownValue } from '../tree/own.js';

export interface TypeFormattingOptions {
  /** Columns of a level, where the file does not show its own habit. */
  readonly tabSize: number;
}

/**
 * What to change after `character` was typed, which stands before `offset`: after Enter the indentation of the new line, with the dash of
 * a list that goes on; after a closing bracket that begins a line, its own indentation. None wherever that would be a guess: inside
 * brackets, quotes and blocks of text, and when something stands behind the cursor.
 */
export function onTypeFormatting(
  { tree }: Snapshot,
  offset: number,
  character: string,
  { tabSize }: TypeFormattingOptions,
): readonly Edit[] {
  if (offset < 0 || offset > tree.text.length) return [];
  if (character === '\n') return afterEnter(tree, offset, tabSize);
  return character === '}' || character === ']' ? afterBracket(tree, offset) : [];
}

function afterEnter(tree: SyntaxTree, offset: number, tabSize: number): Edit[] {
  const { line, character } = positionAt(tree.lines, offset);
  const text = lineText(tree.lines, line);
  if (line === 0 || text.trim() !== '') return [];
  const above = readLine(tree, line - 1);
  if (above === undefined || isInside(tree, above.end)) return [];
  const wanted = newLine(tree, above, line, tabSize);
  if (wanted === undefined || text === wanted) return [];
  const start = offset - character;
  return [{ span: { start, end: start + text.length }, newText: wanted }];
}

/** A line with content, taken apart by its text alone. */
interface LineAbove {
  /** Where its dashes begin. */
  readonly dashes: number | undefined;
  /** Of what follows them. */
  readonly column: number;
  /** Without comment and white space at its end. */
  readonly content: string;
  readonly end: number;
  readonly keySpan: Span;
}

function readLine(tree: SyntaxTree, line: number): LineAbove | undefined {
  const start = tree.lines.starts[line] ?? 0;
  const whole = lineText(tree.lines, line);
  const comment = tree.comments.find(({ span }) => span.start >= start && span.start <= start + whole.length);
  const text = whole.slice(0, comment === undefined ? undefined : comment.span.start - start).replace(/[ \t]+$/, '');
  const [, bom = '', indent = '', marks = ''] = /^(\ufeff?)( *)((?:- +)*)/.exec(text) ?? [];
  const column = bom.length + indent.length + marks.length;
  const content = text.slice(column);
  if (content === '' || content === '-') return undefined;
  const key = /^(?:"[^"]*"|'[^']*'|[^:#]*?)(?=\s*:(?:\s|$))/.exec(content)?.[0] ?? '';
  return {
    dashes: marks === '' ? undefined : indent.length,
    column: indent.length + marks.length,
    content,
    end: start + text.length,
    keySpan: { start: start + column, end: start + column + key.length },
  };
}

/** What the new line begins with; undefined where nobody can know. */
function newLine(tree: SyntaxTree, above: LineAbove, line: number, tabSize: number): string | undefined {
  const { content, column, dashes, keySpan } = above;
  const hasKey = keySpan.end > keySpan.start;
  if (hasKey && /:\s+[|>][-+]?$/.test(content)) return ' '.repeat(column + step(tree, tabSize));
  if (hasKey && /^\s*:(\s+&[^\s,[\]{}]+)?$/.test(content.slice(keySpan.end - keySpan.start))) {
    return underKey(tree, above, line, tabSize);
  }
  if (/,$/.test(content) || hasOpenBracket(content)) return undefined;
  if (hasKey) return ' '.repeat(column);
  return dashes === undefined ? undefined : `${' '.repeat(dashes)}- `;
}

function hasOpenBracket(content: string): boolean {
  const brackets = content.replace(/"(?:[^"\\]|\\.)*"|'[^']*'/g, '').replace(/\$\{[^}]*\}/g, '');
  return (brackets.match(/[[{]/g)?.length ?? 0) > (brackets.match(/[\]}]/g)?.length ?? 0);
}

/** Under a key without a value: as deep as what stands there already, else one level, if the key holds anything but a text or number. */
function underKey(tree: SyntaxTree, { column, keySpan }: LineAbove, line: number, tabSize: number): string {
  const below = nextContent(tree, line + 1);
  if (below !== undefined && below.column > column) return ' '.repeat(below.column);
  const holds = typeUnder(tree, keySpan);
  if (holds === 'scalar') return ' '.repeat(column);
  if (below?.isItem && below.column === column && holds === 'list') return `${' '.repeat(column)}- `;
  const indent = ' '.repeat(column + step(tree, tabSize));
  return holds === 'list' ? `${indent}- ` : indent;
}

function nextContent(
  tree: SyntaxTree,
  from: number,
): { readonly column: number; readonly isItem: boolean } | undefined {
  for (let line = from; line < tree.lines.starts.length; line++) {
    const found = /^( *)([^\s#])(\s|$)?/.exec(lineText(tree.lines, line));
    if (found !== null) return { column: found[1]?.length ?? 0, isItem: found[2] === '-' && found[3] !== undefined };
  }
  return undefined;
}

/** What the language expects under the key at a place. */
function typeUnder(tree: SyntaxTree, keySpan: Span): 'map' | 'list' | 'scalar' | 'unknown' {
  const place = placeAt(tree, keySpan.start);
  const type = place?.part === 'key' ? fieldSchema(place.path)?.type : undefined;
  const types = typeof type === 'string' ? [type] : (type ?? []);
  if (types.length === 0) return 'unknown';
  if (types.includes('object')) return 'map';
  return types.includes('array') ? 'list' : 'scalar';
}

/** Whether a place lies within brackets, or within a text that goes on over several lines. */
function isInside({ root, text }: SyntaxTree, offset: number): boolean {
  const holding = root && innermost(root, offset);
  if (holding === undefined) return false;
  if (holding.kind !== 'scalar') return holding.flow;
  return isBlockText(holding) ? /[\r\n]/.test(text.slice(holding.span.start, offset)) : /[\r\n]/.test(holding.source);
}

/** The innermost map or list in brackets, or the scalar, that holds an offset and does not end there. */
function innermost(node: Node, offset: number): Node | undefined {
  if (node.span.start >= offset || offset >= node.span.end) return undefined;
  if (node.kind === 'scalar' || node.flow) return node;
  if (node.kind === 'sequence') return first(ownItems(node), ({ item }) => innermost(item, offset));
  return first(ownEntries(node), (entry) => {
    const value = ownValue(entry);
    return value && innermost(value, offset);
  });
}

function first<T, R>(items: readonly T[], find: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** How many columns a level has in this file: those of its first section, else the editor's. */
function step({ root, lines }: SyntaxTree, tabSize: number): number {
  for (const entry of root?.flow === false ? ownEntries(root) : []) {
    const inner = ownValue(entry);
    const under = inner?.kind === 'mapping' && !inner.flow ? ownEntries(inner)[0] : undefined;
    const column = under && positionAt(lines, under.keySpan.start).character;
    if (column !== undefined && column > 0 && column <= 8) return column;
  }
  return tabSize >= 1 && tabSize <= 8 ? Math.floor(tabSize) : 2;
}

/** A bracket that ends what began on an earlier line stands as far left as that line. */
function afterBracket(tree: SyntaxTree, offset: number): Edit[] {
  const { line, character } = positionAt(tree.lines, offset);
  const start = offset - character;
  const lead = tree.text.slice(start, offset - 1);
  if (!/^[ \t]*$/.test(lead) || tree.root === undefined) return [];
  const opened = endingAt(tree.root, offset);
  const opening = opened && positionAt(tree.lines, opened.span.start);
  if (opening === undefined || opening.line === line) return [];
  const wanted = /^\ufeff?( *(?:- +)*)/.exec(lineText(tree.lines, opening.line))?.[1]?.replace(/-/g, ' ') ?? '';
  return lead === wanted ? [] : [{ span: { start, end: start + lead.length }, newText: wanted }];
}

/** The map or list in brackets that ends at an offset; of several, the innermost, whose bracket was typed. */
function endingAt(node: Node, offset: number): Mapping | Sequence | undefined {
  if (node.kind === 'scalar' || node.span.start >= offset || node.span.end < offset) return undefined;
  const inner =
    node.kind === 'mapping'
      ? first(ownEntries(node), (entry) => {
          const value = ownValue(entry);
          return value && endingAt(value, offset);
        })
      : first(ownItems(node), ({ item }) => endingAt(item, offset));
  return inner ?? (node.flow && node.span.end === offset ? node : undefined);
}
