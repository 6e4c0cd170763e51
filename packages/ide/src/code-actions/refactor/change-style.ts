import { type Diagnostic, lineText, positionAt, type Span } from '@groundplan/diagnostics';
import { type Entry, type Mapping, type Node, parse, type SyntaxTree, toData } from '@groundplan/syntax';
import { placeAt } from '../../place/place-at.js';
import type { CodeAction } from '../../results.js';
import type { Snapshot } from '../../snapshot.js';
import { indentOf } from '../../tree/indentation.js';
import { hasIgnoredLine, lineBreakOf } from '../edits.js';

/** Longer lines are not made. */
const mostColumns = 120;

/** On the key of a map: writes it in lines of its own instead of in braces, or back. What it says stays the same. */
export function changeStyle({ tree, diagnostics }: Snapshot, { start }: Span): readonly CodeAction[] {
  const place = placeAt(tree, start);
  const { entry, map } = place ?? {};
  if (place?.part !== 'key' || entry === undefined || map === undefined || map.flow) return [];
  const { value } = entry;
  if (value.kind !== 'mapping' || value.entries.length === 0 || !isSimple(tree, entry, value, diagnostics)) return [];
  const written = value.flow ? inBlock(tree, entry, value) : inFlow(tree, entry, value);
  if (written === undefined || !saysTheSame(entry.key, value, written)) return [];
  return [
    {
      title: value.flow ? `Write ${entry.key} in lines` : `Write ${entry.key} in braces`,
      kind: 'refactor.rewrite',
      edits: [{ span: { start: entry.keySpan.end, end: value.span.end }, newText: written }],
      diagnostics: [],
    },
  ];
}

/** Comments, anchors, tags and mistakes have a place that another style does not have. */
function isSimple(tree: SyntaxTree, entry: Entry, value: Mapping, diagnostics: readonly Diagnostic[]): boolean {
  const { start } = entry.keySpan;
  const { end } = value.span;
  const isWithin = ({ span }: { readonly span: Span }) => start <= span.start && span.start < end;
  return (
    entry.alias === undefined &&
    /^[ \t]*:\s*$/.test(tree.text.slice(entry.keySpan.end, value.span.start)) &&
    isOfItsOwn(tree, value, 0) &&
    !hasIgnoredLine(tree, { start, end }) &&
    !tree.comments.some(isWithin) &&
    !diagnostics.some((each) => each.code.startsWith('syntax/') && isWithin(each))
  );
}

/** Deeper maps are left alone. */
const deepest = 8;

function isOfItsOwn(tree: SyntaxTree, node: Node, depth: number): boolean {
  if (depth > deepest) return false;
  switch (node.kind) {
    case 'scalar':
      return node.style !== 'literal' && node.style !== 'folded' && !/[\r\n]/.test(node.source);
    case 'sequence':
      return node.items.every((item) => isOfItsOwn(tree, item, depth + 1));
    case 'mapping':
      return (
        (node.incomplete ?? []).length === 0 &&
        node.entries.every(
          ({ merged, alias, keySpan, value }) =>
            !merged &&
            alias === undefined &&
            (isEmpty(value) || /^[ \t]*:\s*$/.test(tree.text.slice(keySpan.end, value.span.start))) &&
            isOfItsOwn(tree, value, depth + 1),
        )
      );
  }
}

function isEmpty(value: Node): boolean {
  return value.kind === 'scalar' && value.source === '';
}

function inBlock(tree: SyntaxTree, entry: Entry, map: Mapping): string {
  const lineBreak = lineBreakOf(tree.text);
  const { line, character } = positionAt(tree.lines, entry.keySpan.start);
  const own = indentOf(lineText(tree.lines, line));
  const indent = `${own.padEnd(character)}  `;
  return `:${map.entries.map((each) => `${lineBreak}${indent}${flowEntry(tree, each)}`).join('')}`;
}

function inFlow(tree: SyntaxTree, entry: Entry, map: Mapping): string | undefined {
  const text = `: ${flowText(tree, map)}`;
  const { character } = positionAt(tree.lines, entry.keySpan.end);
  return character + text.length > mostColumns ? undefined : text;
}

function flowEntry(tree: SyntaxTree, { keySpan, value }: Entry): string {
  const text = flowText(tree, value);
  return `${tree.text.slice(keySpan.start, keySpan.end)}:${text === '' ? '' : ` ${text}`}`;
}

/** A value on one line. */
function flowText(tree: SyntaxTree, node: Node): string {
  switch (node.kind) {
    case 'scalar':
      // A plain text may hold in a line of its own what has a meaning in braces.
      return node.style === 'plain' && /[,[\]{}]/.test(node.source) ? JSON.stringify(node.value) : node.source;
    case 'sequence':
      return `[${node.items.map((item) => flowText(tree, item)).join(', ')}]`;
    case 'mapping':
      return node.entries.length === 0 ? '{}' : `{ ${node.entries.map((each) => flowEntry(tree, each)).join(', ')} }`;
  }
}

/** Reads what would be written, alone: it must be the same as what is there. */
function saysTheSame(key: string, value: Mapping, written: string): boolean {
  const { value: tree, diagnostics } = parse(`k${unindented(written)}`);
  const [first] = tree.root?.entries ?? [];
  return (
    key !== '' &&
    diagnostics.length === 0 &&
    first !== undefined &&
    JSON.stringify(toData(first.value)) === JSON.stringify(toData(value))
  );
}

function unindented(written: string): string {
  const indent = /^:\r?\n( *) {2}\S/.exec(written)?.[1] ?? '';
  return written.replaceAll(`\n${indent}`, '\n');
}
