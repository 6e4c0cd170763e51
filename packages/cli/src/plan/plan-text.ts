import { type LineIndex, lineText, positionAt } from '@groundplan/diagnostics';
import type { Action } from '@groundplan/plan';
import { describeChange, type PlacedChange } from '@groundplan/terraform';
import type { Measure } from '../terminal/cells.js';
import { fitLine } from '../terminal/clip.js';
import type { Colour, Paint } from '../terminal/paint.js';
import { visible } from '../terminal/visible.js';

export interface PlanTextOptions {
  readonly paint: Paint;
  /** Lines of the topology are cut to it. */
  readonly columns: number;
  readonly measure: Measure;
  /** False when planning failed half-way. */
  readonly complete: boolean;
}

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
  changes: readonly PlacedChange[],
  options: PlanTextOptions,
): string {
  const { paint, complete } = options;
  if (changes.length === 0) return complete ? 'no changes: what is deployed is what the topology says\n' : '';
  const byLine = new Map<number, PlacedChange[]>();
  for (const change of changes) {
    const { line } = positionAt(lines, change.span.start);
    const here = byLine.get(line);
    if (here === undefined) byLine.set(line, [change]);
    else here.push(change);
  }
  const blocks = [...byLine]
    .sort(([a], [b]) => a - b)
    .map(([line, here]) =>
      [heading(file, lines, line, options), ...here.map((change) => `  ${changeLine(change, paint)}`)].join('\n'),
    );
  return `${blocks.join('\n\n')}\n\n${countsOf(changes)}${complete ? '' : ', as far as planning came'}\n`;
}

function heading(file: string, lines: LineIndex, line: number, { paint, columns, measure }: PlanTextOptions): string {
  const place = `${visible(file)}:${line + 1}`;
  const text = lineText(lines, line).trim();
  const shown = fitLine(text, 0, 0, Math.max(20, columns - place.length - 2), measure).text;
  return `${paint.bold(place)}  ${paint.dim(shown)}`;
}

/** A push is made anew each time, which replaces nothing. */
const push = { sign: '>', colour: 'cyan', done: 'to configure' } as const;

function changeLine({ action, address, changed, replacedFor, gone, sends }: PlacedChange, paint: Paint): string {
  const { sign, colour } = sends === undefined ? signs[action] : push;
  const reasons = sends ?? replacedFor;
  const details = [...changed.map(describeChange), ...reasons, ...(gone ? ['no longer in the topology'] : [])];
  return `${paint[colour](sign)} ${address}${details.length === 0 ? '' : `  ${paint.dim(visible(details.join(', ')))}`}`;
}

function countsOf(changes: readonly PlacedChange[]): string {
  const parts = (Object.keys(signs) as Action[]).flatMap((action) => {
    const count = changes.filter((change) => change.action === action && change.sends === undefined).length;
    return count === 0 ? [] : [`${count} ${signs[action].done}`];
  });
  const pushes = changes.filter(({ sends }) => sends !== undefined).length;
  return [...parts, ...(pushes === 0 ? [] : [`${pushes} ${push.done}`])].join(', ');
}
