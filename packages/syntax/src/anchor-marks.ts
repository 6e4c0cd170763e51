import type { Span } from '@groundplan/diagnostics';
import { clean } from './clean.js';
import type { SyntaxTree } from './nodes.js';
import { scan } from './tokens.js';

/** `&name` or `*name` as it is written; the tree has only what they mean. */
export interface AnchorMark {
  readonly kind: 'anchor' | 'alias';
  readonly name: string;
  /** Of the name, without the `&` or `*`. */
  readonly nameSpan: Span;
}

/** The anchors and aliases of a text, in its order. Without an anchor there are none: no alias stands for anything then. */
export function anchorMarks(tree: SyntaxTree): readonly AnchorMark[] {
  const known = marks.get(tree);
  if (known !== undefined) return known;
  const found = tree.root !== undefined && mayHaveAnchor.test(tree.text) ? read(tree.text) : [];
  marks.set(tree, found);
  return found;
}

const marks = new WeakMap<SyntaxTree, readonly AnchorMark[]>();

const mayHaveAnchor = /(?:^|[\s[{,:?-])&[^\s,[\]{}]/;

function read(text: string): AnchorMark[] {
  const cleaned = clean(text);
  const scanner = scan(cleaned, () => undefined);
  const found: AnchorMark[] = [];
  for (let token = scanner.next(); token.kind !== 'end'; token = token.next ?? scanner.next()) {
    const { kind, start, end } = token;
    if ((kind === 'anchor' || kind === 'alias') && end > start + 1) {
      found.push({ kind, name: cleaned.slice(start + 1, end), nameSpan: { start: start + 1, end } });
    }
  }
  return found;
}
