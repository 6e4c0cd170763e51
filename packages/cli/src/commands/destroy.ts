import type { ToolError } from '@groundplan/terraform';
import { options, topologyOptions } from '../arguments/options.js';
import { type Context, command } from '../command.js';
import type { Subject } from '../destroy/destroy-all.js';
import type { ExitCode } from '../environment.js';
import { Failure } from '../failure.js';
import { finishBuild, putOutput, targetOf } from '../output/put-output.js';
import { callOf, findTool, type PlanTool, toolChoices } from '../plan/find-tool.js';
import { withTool } from '../plan/tool-session.js';
import { plural } from '../report/report.js';
import { reportErrors } from '../report/report-errors.js';
import { type Compilation, compileTopology } from '../topology/compile-topology.js';
import { singleInput } from '../topology/inputs.js';
import { surroundingsFinder } from '../topology/surroundings.js';

export const destroy = command({
  about: [
    'Destroys everything that a topology made: servers, volumes with their data, buckets with everything in them, addresses. There is no undo. It says what will be lost, and asks for the name of the topology before anything is done.',
    "Protection is lifted first, with the token in TF_VAR_hcloud_token, so that this is the one command that databases and their volumes do not survive. CORS rules are taken out of Terraform's state and go with their buckets.",
    'When it is interrupted, or something is refused, it can be run again. What stands after -- is given to "terraform plan" and "terraform apply".',
  ],
  words: { placeholder: 'FILE', atLeast: 0, atMost: 1, completes: 'topology' },
  rest: 'terraform args',
  options: options({
    yes: { kind: 'flag', short: 'y', summary: 'do not ask; needed where there is no terminal' },
    tool: {
      kind: 'choice',
      choices: toolChoices,
      fallback: 'auto',
      summary: 'what destroys: auto is the first of terraform and tofu on the PATH',
    },
    out: {
      kind: 'text',
      short: 'o',
      placeholder: 'DIR',
      completes: 'folder',
      summary: 'what was built in DIR instead of build/ beside the file',
    },
    force: { kind: 'flag', summary: 'also replace what was changed by hand, or compiled from another topology' },
    config: topologyOptions.config,
  }),
  examples: [
    { command: 'groundplan destroy', does: 'everything that topology.yaml made, after asking' },
    { command: 'groundplan destroy staging.topology.yaml --yes', does: 'the same without asking, in a pipeline' },
  ],
  run: async ({ values, words, rest }, context) => {
    refuseParts(rest);
    const { ask } = context;
    if (!values.yes && ask === undefined) {
      throw new Failure('there is no terminal to ask at: add --yes if everything is to be destroyed');
    }
    const input = await singleInput(words, context.folder);
    const surroundings = await surroundingsFinder(context.folder, values.config)(input.folder);
    const compilation = await compileTopology(input, surroundings, context);
    const { made } = compilation;
    if ((await reportErrors(compilation.reports, context)) || made === undefined) return 1;
    const tool = await findTool(values.tool, context.variables);
    const target = targetOf(input, values.out, context);
    await finishBuild(target, context);
    await putOutput(target, made.output, values.force, context);

    const { destroyAll, planDestroy } = await import('../destroy/destroy-all.js');
    const subject = { made, target, args: rest };
    const { changes, errors } = await withTool(tool, target.folder, context, (session) =>
      planDestroy(session, subject, context),
    );
    if (errors.length > 0) return sayWhy(errors, subject, tool, compilation, context);
    const name = made.analysis.model.name.value;
    if (changes.length === 0) {
      context.note(`nothing of ${name} is there`);
      return 0;
    }
    const { lossLines } = await import('../destroy/losses.js');
    const losses = [
      `this destroys all of ${name}, ${plural(changes.length, 'resource')}, for good:`,
      ...lossLines(changes),
    ];
    if (values.yes || ask === undefined) for (const line of losses) context.note(line);
    else if (!(await isMeant(name, losses, ask, context))) return 1;

    const refused = await withTool(tool, target.folder, context, (session) =>
      destroyAll(session, changes, subject, context),
    );
    if (refused.length > 0) {
      const exitCode = await sayWhy(refused, subject, tool, compilation, context);
      context.note(`not all of ${name} is gone: mend that, and run it again`);
      return exitCode;
    }
    context.note(`${name} is gone: ${plural(changes.length, 'resource')} destroyed`);
    return 0;
  },
});

/** It is all or nothing, and the plan is looked at before it is applied. */
function refuseParts(args: readonly string[]): void {
  const [first] = args.filter(
    (arg) =>
      /^(?:[^-]|--?(?:destroy|detailed-exitcode|exclude|exclude-file|generate-config-out|out|refresh-only|replace|target|target-file)(?:=|$))/.test(
        arg,
      ) && !isValue(arg, args),
  );
  if (first !== undefined) throw new Failure(`all of the topology is destroyed: there is no use for ${first}`);
}

/** Whether it stands behind an argument that takes its value from the next one, as in `-var unprotected=[]`. */
function isValue(arg: string, args: readonly string[]): boolean {
  return /^--?(?:lock-timeout|parallelism|var|var-file)$/.test(args[args.indexOf(arg) - 1] ?? '');
}

async function isMeant(
  name: string,
  losses: readonly string[],
  ask: NonNullable<Context['ask']>,
  { stderr, complain }: Context,
): Promise<boolean> {
  stderr.write(losses.map((line) => `${line}\n`).join(''));
  const answer = await ask(`To destroy it, type its name (${name}): `);
  if (answer.trim() === name) return true;
  complain(`that is not ${name}: nothing was destroyed`);
  return false;
}

/** Shows errors of the tool at the lines of the topology that are the reason, and the others as they are. */
async function sayWhy(
  errors: readonly ToolError[],
  { made, target }: Subject,
  tool: PlanTool,
  { reports }: Compilation,
  context: Context,
): Promise<ExitCode> {
  const { refusals } = await import('../plan/judge.js');
  const { diagnostics, others } = refusals(made, errors, [], callOf(tool, target));
  await reportErrors([{ ...reports[0], diagnostics }], context);
  for (const other of others) context.complain(other);
  return others.length > 0 ? 2 : 1;
}
