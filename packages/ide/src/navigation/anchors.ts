import { type AnchorMark, anchorMarks, type SyntaxTree } from '@groundplan/syntax';
import type { Occurrence, Thing } from './thing.js';

/** Each anchor with the aliases that repeat it: those behind it, up to the next anchor of the same name. */
export function anchorThings(tree: SyntaxTree): Thing[] {
  const open = new Map<string, Occurrence[]>();
  const all: { readonly name: string; readonly occurrences: Occurrence[] }[] = [];
  for (const mark of anchorMarks(tree)) {
    if (mark.kind === 'anchor') {
      const occurrences = [occurrenceOf(mark)];
      open.set(mark.name, occurrences);
      all.push({ name: mark.name, occurrences });
    } else open.get(mark.name)?.push(occurrenceOf(mark));
  }
  return all.map(({ name, occurrences }) => {
    const [first] = occurrences;
    return {
      kind: 'anchor',
      name,
      target: first && { span: first.whole, nameSpan: first.span },
      occurrences,
    };
  });
}

function occurrenceOf({ kind, nameSpan }: AnchorMark): Occurrence {
  return {
    span: nameSpan,
    whole: { start: nameSpan.start - 1, end: nameSpan.end },
    declares: kind === 'anchor',
  };
}
