import type { ToolError } from '@groundplan/terraform';
import type { Context } from '../command.js';
import type { ExitCode } from '../environment.js';
import { reportErrors } from '../report/report-errors.js';
import type { Built } from './built.js';
import { callOf } from './find-tool.js';

/** Shows errors of the tool at the lines of the topology that are the reason, and the others as they are. */
export async function sayRefusals(
  errors: readonly ToolError[],
  { made, target, tool, compilation }: Built,
  context: Context,
): Promise<ExitCode> {
  const { refusals } = await import('./judge.js');
  const { diagnostics, others } = refusals(made, errors, [], callOf(tool, target));
  await reportErrors([{ ...compilation.reports[0], diagnostics }], context);
  for (const other of others) context.complain(other);
  return others.length > 0 ? 2 : 1;
}
