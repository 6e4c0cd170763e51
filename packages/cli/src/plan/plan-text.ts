import { type LineIndex, lineText, positionAt, type Span } from '@groundplan/diagnostics';
import type { Action, PlannedChange } from '@groundplan/terraform';
import type { Colour, Paint } from '../terminal/paint.js';

const signs: Readonly<Record<Action, { readonly sign: string; readonly colour: Colour; readonly done: string }>> = {
  create: { sign: '+', colour: 'cyan', done: 'to create' },
  update: { sign: '~', colour: 'yellow', done: 'to change' },
  replace: { sign: '±', colour: 'red', done: 'to replace' },
  destroy: { sign: '-', colour: 'red', done: 'to destroy' },
  forget: { sign: '.', colour: 'dim', done: 'to forget' },
};

/** The changes of a plan under the lines of the topology that make them, then how many there are of each kind. */
export function planText(
  file: string,
  lines: LineIndex,
  changes: readonly (PlannedChange & { readonly span: Span })[],
  paint: Paint,
): string {
  if (changes.length === 0) return 'no changes: what is deployed is what the topology says\n';
  const byLine = new Map<number, (PlannedChange & { readonly span: Span })[]>();
  for (const change of changes) {
    const { line } = positionAt(lines, change.span.start);
    byLine.set(line, [...(byLine.get(line) ?? []), change]);
  }
  const blocks = [...byLine]
    .sort(([a], [b]) => a - b)
    .map(([line, here]) => {
      const heading = `${paint.bold(`${file}:${line + 1}`)}  ${paint.dim(lineText(lines, line).trim())}`;
      return [heading, ...here.map((change) => `  ${changeLine(change, paint)}`)].join('\n');
    });
  return `${blocks.join('\n\n')}\n\n${countsOf(changes)}\n`;
}

function changeLine({ action, address, before, after, replacedFor }: PlannedChange, paint: Paint): string {
  const { sign, colour } = signs[action];
  const changed = action === 'update' ? changedAttributes(before, after) : replacedFor;
  const detail = changed.length === 0 ? '' : paint.dim(`  ${changed.join(', ')}`);
  return `${paint[colour](sign)} ${address}${detail}`;
}

function changedAttributes(before: PlannedChange['before'], after: PlannedChange['after']): string[] {
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return [...names]
    .filter((name) => name in (after ?? {}) && JSON.stringify(before?.[name]) !== JSON.stringify(after?.[name]))
    .sort();
}

function countsOf(changes: readonly PlannedChange[]): string {
  const parts = (Object.keys(signs) as Action[]).flatMap((action) => {
    const count = changes.filter((change) => change.action === action).length;
    return count === 0 ? [] : [`${count} ${signs[action].done}`];
  });
  return parts.join(', ');
}
