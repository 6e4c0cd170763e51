import { positionAt, type Span } from '@groundplan/diagnostics';
import type { Node, SyntaxTree } from '@groundplan/syntax';
import type { Folding } from '../results.js';
import type { Snapshot } from '../snapshot.js';
import { isBlockText, ownEntries, ownItems, ownValue } from '../tree/own.js';

/**
 * What can be folded away: every entry and list item of several lines, and runs of comments. One for each line at most, the largest. A
 * closing bracket on a line of its own stays visible.
 */
export function foldings({ tree }: Snapshot): readonly Folding[] {
  const found = new Map<number, Folding>();
  const add = (folding: Folding) => {
    const before = found.get(folding.startLine);
    if (folding.endLine > folding.startLine && (before === undefined || before.endLine < folding.endLine)) {
      found.set(folding.startLine, folding);
    }
  };
  if (tree.root !== undefined) foldNode(tree, tree.root, add);
  foldComments(tree, add);
  return [...found.values()].sort((a, b) => a.startLine - b.startLine);
}

type Add = (folding: Folding) => void;

function foldNode(tree: SyntaxTree, node: Node, add: Add): void {
  if (node.kind === 'mapping') {
    for (const entry of ownEntries(node)) {
      const value = ownValue(entry);
      if (value === undefined || value.span.end <= entry.keySpan.end) continue;
      add(region(tree, { start: entry.keySpan.start, end: value.span.end }, value));
      foldNode(tree, value, add);
    }
  } else if (node.kind === 'sequence') {
    for (const { item } of ownItems(node)) {
      add(region(tree, item.span, item));
      foldNode(tree, item, add);
    }
  }
}

function region({ lines, text }: SyntaxTree, { start, end }: Span, value: Node): Folding {
  const startLine = positionAt(lines, start).line;
  let last = end;
  while (last > start && /\s/.test(text[last - 1] ?? '')) last--;
  const endLine = positionAt(lines, last).line;
  const lead = text.slice(lines.starts[endLine], last);
  const isBracket = value.kind !== 'scalar' && value.flow && /^[ \t]*[\]}]+$/.test(lead);
  const endsInHeader = isBlockText(value) && endLine === startLine;
  return { startLine, endLine: isBracket && !endsInHeader ? endLine - 1 : endLine, kind: 'region' };
}

/** Comments on lines of their own that follow one another. */
function foldComments({ comments, lines, text }: SyntaxTree, add: Add): void {
  let startLine = -1;
  let endLine = -2;
  for (const { span } of comments) {
    const { line } = positionAt(lines, span.start);
    if (text.slice(lines.starts[line], span.start).replace('\ufeff', '').trim() !== '') continue;
    if (line !== endLine + 1) {
      if (endLine > startLine) add({ startLine, endLine, kind: 'comment' });
      startLine = line;
    }
    endLine = line;
  }
  if (endLine > startLine) add({ startLine, endLine, kind: 'comment' });
}
