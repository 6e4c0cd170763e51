import { normalise } from '@groundplan/diagnostics';
import { suppress } from '@groundplan/model';
import { options, topologyOptions } from '../arguments/options.js';
import { type Context, command } from '../command.js';
import { Failure } from '../failure.js';
import { finishBuild, putOutput, targetOf } from '../output/put-output.js';
import { callOf, findTool, toolChoices } from '../plan/find-tool.js';
import type { Judgement } from '../plan/judge.js';
import { makePlan } from '../plan/make-plan.js';
import { renderPlan } from '../plan/render-plan.js';
import { withTool } from '../plan/tool-session.js';
import { reportFormats } from '../report/formats.js';
import { countDiagnostics, type FileReport, sortReports } from '../report/report.js';
import { type Compilation, compileTopology } from '../topology/compile-topology.js';
import { type Input, singleInput } from '../topology/inputs.js';
import { readBytes } from '../topology/read-file.js';
import { type Surroundings, surroundingsFinder } from '../topology/surroundings.js';

const planOptions = options({
  format: { kind: 'choice', choices: reportFormats, fallback: 'text', summary: 'how to say it' },
  tool: {
    kind: 'choice',
    choices: toolChoices,
    fallback: 'auto',
    summary: 'what plans: auto is the first of terraform and tofu on the PATH',
  },
  check: { kind: 'flag', summary: 'fail when the plan changes anything: is what is deployed what the topology says?' },
  from: {
    kind: 'text',
    placeholder: 'FILE',
    completes: 'file',
    summary: 'plan nothing; show the errors in what apply -json wrote',
  },
  out: {
    kind: 'text',
    short: 'o',
    placeholder: 'DIR',
    completes: 'folder',
    summary: 'build into DIR instead of build/ beside the file',
  },
  force: { kind: 'flag', summary: 'also replace what was changed by hand, or compiled from another topology' },
  ...topologyOptions,
});

export const plan = command({
  about: [
    'Builds a topology, lets Terraform or OpenTofu plan it, and shows every planned change and every error at the line of the topology that makes it. It is an error when a plan would destroy data. Nothing is applied.',
    'What stands after -- is given to "terraform plan"; paths in it are seen from the folder that was built. The plan itself is made in a private folder and removed, unless -out says where to keep it. Variables come from TF_VAR_…, as always.',
    'Hetzner refuses some things only in the middle of an apply. --from shows such errors at their lines as well.',
  ],
  words: { placeholder: 'FILE', atLeast: 0, atMost: 1, completes: 'topology' },
  rest: 'terraform args',
  options: planOptions,
  examples: [
    { command: 'groundplan plan', does: 'what an apply would do' },
    { command: 'groundplan plan -- -out=shop.tfplan', does: 'the same, and keeps the plan in build/ for an apply' },
    { command: 'groundplan plan --check --format github', does: 'for continuous integration: has anything drifted?' },
    { command: 'terraform -chdir=build apply -json | groundplan plan --from -', does: 'where an apply went wrong' },
  ],
  run: async ({ values, words, rest }, context) => {
    const input = await singleInput(words, context.folder);
    refuseContradiction(values.from, input, rest);
    const surroundings = await surroundingsFinder(context.folder, values.config)(input.folder);
    const compilation = await compileTopology(input, surroundings, context);
    const { made } = compilation;
    // Nothing is planned for a topology that cannot be built.
    let judgement: Judgement = { changes: undefined, complete: true, diagnostics: [], others: [] };
    if (made !== undefined && values.from !== undefined) {
      const { judgeLog } = await import('../plan/judge.js');
      judgement = judgeLog(made, await readLog(values.from, context), values.from);
    } else if (made !== undefined) {
      const tool = await findTool(values.tool, context.variables);
      const target = targetOf(input, values.out, context);
      await finishBuild(target, context);
      await putOutput(target, made.output, values.force, context);
      const planned = await withTool(tool, target.folder, context, (session) =>
        makePlan(session, rest, target, context),
      );
      for (const warning of planned.warnings) context.note(`${tool.name}: ${warning}`);
      const { judgeMade } = await import('../plan/judge.js');
      judgement = await judgeMade(made, planned, surroundings.catalog, callOf(tool, target), context);
    }
    const { changes, complete, others } = judgement;
    const reports = reportsWith(judgement, compilation, surroundings);
    const counts = countDiagnostics(reports);
    const warningsFail = values['max-warnings'] !== undefined && counts.warning > values['max-warnings'];
    const rendered = await renderPlan(
      values.format,
      compilation.reports[0],
      reports,
      { changes, complete, warningsFail },
      context,
    );
    context.stdout.write(rendered);
    for (const other of others) context.complain(other);
    if (warningsFail) context.complain(`more than ${values['max-warnings']} warnings`);
    if (others.length > 0) return 2;
    const changesSomething = changes !== undefined && changes.length > 0;
    return counts.error > 0 || warningsFail || (values.check && changesSomething) ? 1 : 0;
  },
});

function refuseContradiction(from: string | undefined, input: Input, rest: readonly string[]): void {
  if (from === undefined) return;
  if (rest.length > 0) throw new Failure(`with --from nothing is planned, so that there is no use for ${rest[0]}`);
  if (from === '-' && input.path === undefined)
    throw new Failure('the topology and --from cannot both be standard input');
}

/** What the checks said and what the plan says, together; comments and the configuration hold for both. */
function reportsWith(judgement: Judgement, { reports, made }: Compilation, { config }: Surroundings): FileReport[] {
  const [own, ...ofConfig] = reports;
  const more = made === undefined ? [] : suppress(made.analysis.tree, judgement.diagnostics, config);
  return sortReports([{ ...own, diagnostics: normalise([...own.diagnostics, ...more]) }, ...ofConfig]);
}

/** Bytes of what an apply said that are read. */
const mostLogBytes = 64 * 1024 * 1024;

async function readLog(written: string, context: Context): Promise<string> {
  const bytes =
    written === '-' ? await context.readInput(mostLogBytes) : await readBytes(written, written, mostLogBytes);
  return new TextDecoder().decode(bytes);
}
