import { type Edit, positionAt } from '@groundplan/diagnostics';
import { referenceWords, scalar } from '@groundplan/model';
import { nodeAt, parse, type SyntaxTree } from '@groundplan/syntax';
import type { Occurrence, Thing } from '../navigation/thing.js';
import type { Refusal } from '../results.js';

/** The edit that writes another name at one place, in the quotes that stand there. */
export function rewrite(tree: SyntaxTree, thing: Thing, occurrence: Occurrence, newName: string): Edit | Refusal {
  const { text } = tree;
  const { span, whole } = occurrence;
  if (thing.kind === 'host' || text.slice(span.start, span.end) === thing.name) {
    // A name such as `null` that stands alone would be read as something else.
    const isAlone = thing.kind !== 'anchor' && span.start === whole.start && span.end === whole.end;
    return { span, newText: isAlone ? scalar(newName) : newName };
  }
  const escaped = rewriteEscaped(text, thing, occurrence, newName);
  const line = positionAt(tree.lines, span.start).line + 1;
  return (
    escaped ?? {
      problem: `Line ${line} names it in a way that cannot be changed safely: write the name plainly there first.`,
    }
  );
}

/** Where the name is written with escapes, all that it is part of is written anew. */
function rewriteEscaped(text: string, thing: Thing, { whole, output }: Occurrence, newName: string): Edit | undefined {
  const source = text.slice(whole.start, whole.end);
  const quote = source[0];
  if (quote === '"' || quote === "'") {
    const node = nodeAt(parse(`k: ${source}`).value.root, ['k']);
    const value = node?.kind === 'scalar' ? node.value : undefined;
    if (typeof value !== 'string' || !value.endsWith(thing.name)) return undefined;
    const lead = value.slice(0, value.length - thing.name.length);
    return /^([a-z_]+\.)?$/.test(lead) ? { span: whole, newText: `${quote}${lead}${newName}${quote}` } : undefined;
  }
  if (thing.kind === 'anchor' || thing.kind === 'host' || !source.includes('\\')) return undefined;
  if (output === undefined && thing.kind !== 'secret') return undefined;
  const tail = output === undefined ? '' : `.${output}`;
  return { span: whole, newText: `${referenceWords[thing.kind]}.${newName}${tail}` };
}
