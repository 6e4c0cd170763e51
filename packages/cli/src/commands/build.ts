import { options, topologyOptions } from '../arguments/options.js';
import { type Context, command } from '../command.js';
import type { ExitCode } from '../environment.js';
import { finishBuild, putOutput, targetOf } from '../output/put-output.js';
import { differences, type Output, type Target } from '../output/write-output.js';
import { renderReports } from '../report/formats.js';
import { countDiagnostics, errorsOnly, type FileReport, sortReports } from '../report/report.js';
import { compileTopology } from '../topology/compile-topology.js';
import { singleInput } from '../topology/inputs.js';
import { surroundingsFinder } from '../topology/surroundings.js';

export const build = command({
  about: [
    'Compiles a topology into Terraform: main.tf.json, trace.json, which leads from every Terraform address and every file of a host back to its lines, and groundplan.json, by which Groundplan knows its own files.',
    'With the lock file of the secrets (see "groundplan keys --help") it also writes what each host is given, hosts/<host>/manifest.json and hosts/<host>/files/…, which an apply sends over SSH, and RUNBOOK.md, which says how to run this very topology: connect, restore, replace, rotate. What hosts are given is as on the host, but for what is put in there: «secret NAME» and the like, explained in the manifest.',
    "Without FILE it compiles topology.yaml in the current folder. Nothing is written when there are errors. Files in DIR that Groundplan did not write, such as Terraform's own, are neither changed nor removed.",
  ],
  words: { placeholder: 'FILE', atLeast: 0, atMost: 1, completes: 'topology' },
  options: options({
    out: {
      kind: 'text',
      short: 'o',
      placeholder: 'DIR',
      completes: 'folder',
      summary: 'write to DIR instead of build/ beside the file',
    },
    check: { kind: 'flag', summary: 'write nothing; list what would differ, and fail when anything does' },
    force: { kind: 'flag', summary: 'also replace what was changed by hand, or compiled from another topology' },
    ...topologyOptions,
  }),
  examples: [
    { command: 'groundplan build', does: 'topology.yaml into build/' },
    { command: 'groundplan build shop.topology.yaml --out infra', does: 'one file into a folder of your choice' },
    { command: 'groundplan build --check', does: 'for continuous integration: is build/ what topology.yaml says?' },
  ],
  run: async ({ values, words }, context) => {
    const input = await singleInput(words, context.folder);
    const target = targetOf(input, values.out, context);
    if (!values.check) await finishBuild(target, context);
    const surroundings = await surroundingsFinder(context.folder, values.config)(input.folder);
    const { reports, made } = await compileTopology(input, surroundings, context);
    if (!(await isAccepted(reports, values['max-warnings'], context)) || made === undefined) return 1;
    if (values.check) return compare(target, made.output, context);
    await putOutput(target, made.output, values.force, context);
    for (const note of made.notes) context.note(note);
    return 0;
  },
});

/** Says what there is to say about files; true when nothing of it keeps a build from going on. */
async function isAccepted(
  reports: readonly FileReport[],
  maxWarnings: number | undefined,
  context: Context,
): Promise<boolean> {
  const all = sortReports(reports.filter(({ diagnostics }) => diagnostics.length > 0));
  const counts = countDiagnostics(all);
  const warningsFail = maxWarnings !== undefined && counts.warning > maxWarnings;
  if (all.length > 0) {
    const rendered = await renderReports('text', context.quiet ? errorsOnly(all) : all, {
      paint: context.notePaint,
      columns: context.stderr.columns,
      counts: context.quiet ? undefined : counts,
      warningsFail,
    });
    context.stderr.write(rendered);
  }
  if (warningsFail) context.complain(`more than ${maxWarnings} warnings`);
  return counts.error === 0 && !warningsFail;
}

function compare(target: Target, output: Output, context: Context): ExitCode {
  const found = differences(target, output);
  for (const difference of found) context.stdout.write(`${target.shown}/${difference}\n`);
  return found.length === 0 ? 0 : 1;
}
