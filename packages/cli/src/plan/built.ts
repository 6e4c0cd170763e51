import type { Context } from '../command.js';
import { finishBuild, putOutput, targetOf } from '../output/put-output.js';
import type { Target } from '../output/write-output.js';
import { reportErrors } from '../report/report-errors.js';
import { type Compilation, compileTopology } from '../topology/compile-topology.js';
import { singleInput } from '../topology/inputs.js';
import { type Surroundings, surroundingsFinder } from '../topology/surroundings.js';
import { findTool, type PlanTool, type toolChoices } from './find-tool.js';

/** A topology that was compiled and written, for a tool to work with. */
export interface Built {
  readonly compilation: Compilation;
  readonly made: NonNullable<Compilation['made']>;
  readonly surroundings: Surroundings;
  readonly tool: PlanTool;
  readonly target: Target;
}

/** The values of the options that say what is built, and for whom. */
export interface BuildChoices {
  readonly config: string | undefined;
  readonly tool: (typeof toolChoices)[number];
  readonly out: string | undefined;
  readonly force: boolean;
}

/**
 * Compiles a topology and writes it where it belongs. Undefined when it has errors, which are then shown.
 *
 * @param words its file, or nothing
 * @throws Failure when it cannot be read or written, or there is no tool
 */
export async function buildForTool(
  words: readonly string[],
  { config, tool: wanted, out, force }: BuildChoices,
  context: Context,
): Promise<Built | undefined> {
  const input = await singleInput(words, context.folder);
  const surroundings = await surroundingsFinder(context.folder, config)(input.folder);
  const compilation = await compileTopology(input, surroundings, context);
  const { made } = compilation;
  if ((await reportErrors(compilation.reports, context)) || made === undefined) return undefined;
  const tool = await findTool(wanted, context.variables);
  const target = targetOf(input, out, context);
  await finishBuild(target, context);
  await putOutput(target, made.output, force, context);
  return { compilation, made, surroundings, tool, target };
}
