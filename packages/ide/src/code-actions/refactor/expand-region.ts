import { lineText, positionAt, type Span } from '@groundplan/diagnostics';
import { type Entry, entryOf, type SyntaxTree } from '@groundplan/syntax';
import type { CodeAction } from '../../results.js';
import type { Snapshot } from '../../snapshot.js';
import { indentOf } from '../../tree/indentation.js';
import { hasIgnoredLine, lineBreakOf } from '../edits.js';

/**
 * Writes `region: fsn1` as `regions: { fsn1: … }`, to add a second one. The short form is one region that is called like its
 * location, so that every name and address stays.
 */
export function expandRegion({ tree, model }: Snapshot, { start }: Span): readonly CodeAction[] {
  const entry = entryOf(tree.root, 'region');
  const [region] = model.regions;
  if (entry === undefined || entry.merged || entry.alias !== undefined || !model.singleRegionForm) return [];
  if (start < entry.span.start || entry.span.end < start) return [];
  if (region?.location.origin.kind !== 'written' || !isPlainlyWritten(tree, entry)) return [];
  if (hasIgnoredLine(tree, entry.span)) return [];
  const newText = tree.root?.flow ? inFlow(tree, entry, region.name) : inBlock(tree, entry, region.name);
  return [
    {
      title: 'Write region as regions, to add another one',
      kind: 'refactor.rewrite',
      edits: [{ span: entry.span, newText }],
      diagnostics: [],
    },
  ];
}

/** Whether only a colon, blanks and comments stand between key and value: an anchor there would have to go somewhere. */
function isPlainlyWritten({ text }: SyntaxTree, { keySpan, value }: Entry): boolean {
  const between = text.slice(keySpan.end, value.span.start);
  const isBlock = value.kind === 'mapping' && !value.flow;
  return isBlock ? /^[ \t]*:(?:[ \t]*(?:#[^\r\n]*)?\r?\n)+[ \t]*$/.test(between) : /^[ \t]*:\s*$/.test(between);
}

function inFlow({ text }: SyntaxTree, { keySpan, value }: Entry, name: string): string {
  const quote = /^["']/.exec(text.slice(keySpan.start))?.[0] ?? '';
  const key = (word: string) => `${quote}${word}${quote}`;
  const written = text.slice(value.span.start, value.span.end);
  const inner = value.kind === 'scalar' ? `{ ${key('location')}: ${written} }` : written;
  return `${key('regions')}: { ${key(name)}: ${inner} }`;
}

function inBlock({ text, lines }: SyntaxTree, { keySpan, value }: Entry, name: string): string {
  const lineBreak = lineBreakOf(text);
  const indent = indentOf(lineText(lines, positionAt(lines, keySpan.start).line));
  const written = text.slice(value.span.start, value.span.end);
  const head = `regions:${lineBreak}${indent}  ${name}:`;
  if (value.kind === 'scalar') return `${head} { location: ${written} }`;
  if (value.kind === 'mapping' && value.flow) return `${head} ${written}`;
  const afterColon = text.indexOf(':', keySpan.end) + 1;
  return head + text.slice(afterColon, value.span.end).replace(/\n(?=[^\r\n])/g, '\n  ');
}
