import { basename, join, relative, resolve } from 'node:path';
import { type Diagnostic, normalise } from '@groundplan/diagnostics';
import { options, topologyOptions } from '../arguments/options.js';
import { command, type Context } from '../command.js';
import type { ExitCode } from '../environment.js';
import { manifestFile } from '../output/manifest.js';
import { differences, finishInterrupted, type Output, type Target, writeOutput } from '../output/write-output.js';
import { renderReports } from '../report/formats.js';
import { countDiagnostics, errorsOnly, type FileReport, plural, sortReports } from '../report/report.js';
import { type Input, singleInput } from '../topology/inputs.js';
import { type Look, lookAt } from '../topology/look.js';
import { shownName } from '../topology/paths.js';
import { surroundingsFinder } from '../topology/surroundings.js';

export const build = command({
  about: [
    'Compiles a topology into Terraform: main.tf.json, trace.json, which leads from every Terraform address back to its lines, and groundplan.json, by which Groundplan knows its own files.',
    'Without FILE it compiles topology.yaml in the current folder. Nothing is written when there are errors. Files in DIR that Groundplan did not write, such as Terraform\'s own, are neither changed nor removed.',
  ],
  words: { placeholder: 'FILE', atLeast: 0, atMost: 1, completes: 'topology' },
  options: options({
    out: { kind: 'text', short: 'o', placeholder: 'DIR', completes: 'folder', summary: 'write to DIR instead of build/ beside the file' },
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
    if (!values.check && (await finishInterrupted(target))) context.note(`finished what an interrupted build had left in ${target.shown}`);

    const { config, configReport, catalog } = await surroundingsFinder(context.folder, values.config)(input.folder);
    const look = await lookAt(input, { config, configReport, catalog }, context);
    const reports = [look.report, ...(configReport === undefined ? [] : [configReport])];
    const compiled = hasErrors(reports) ? undefined : await context.progress('compiling', () => compileLook(look, nameOf(input)));
    const all = compiled === undefined ? reports : [...reports.slice(1), withMore(look.report, compiled.diagnostics)];
    if (!(await isAccepted(all, values['max-warnings'], context)) || compiled === undefined) return 1;
    const output: Output = { files: compiled.value.files, topology: nameOf(input), catalog: catalog.date };
    return values.check ? compare(target, output, context) : write(target, output, values.force, context);
  },
});

function targetOf(input: Input, out: string | undefined, context: Context): Target {
  const folder = out === undefined ? join(input.folder, 'build') : resolve(context.folder, out);
  const written = out ?? relative(context.folder, folder);
  return { folder, shown: shownName(written, context.folder).replace(/(?<=.)\/$/, '') };
}

/** Says what there is to say about files; true when nothing of it keeps a build from going on. */
async function isAccepted(reports: readonly FileReport[], maxWarnings: number | undefined, context: Context): Promise<boolean> {
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

function hasErrors(reports: readonly FileReport[]): boolean {
  return countDiagnostics(reports).error > 0;
}

function withMore(report: FileReport, diagnostics: readonly Diagnostic[]): FileReport {
  return { ...report, diagnostics: normalise([...report.diagnostics, ...diagnostics]) };
}

/** The name by which the output speaks of the topology: no path, so that it is the same in every folder. */
function nameOf({ file, path }: Input): string {
  return path === undefined ? file : basename(path);
}

async function compileLook({ analysis, catalog, contents }: Look, topologyFile: string) {
  if (analysis === undefined) throw new Error('a file without text was accepted');
  const { compile } = await import('@groundplan/terraform');
  const decoder = new TextDecoder();
  const files = new Map([...contents].map(([path, bytes]) => [path, decoder.decode(bytes)]));
  return compile({ model: analysis.model, catalog, topologyFile, lines: analysis.tree.lines, files });
}

function compare(target: Target, output: Output, context: Context): ExitCode {
  const found = differences(target, output);
  for (const difference of found) context.stdout.write(`${target.shown}/${difference}\n`);
  return found.length === 0 ? 0 : 1;
}

async function write(target: Target, output: Output, force: boolean, context: Context): Promise<ExitCode> {
  const { written, removed, kept } = await writeOutput(target, output, force);
  for (const path of kept) context.note(`${target.shown}/${path} is no longer made, but was changed by hand: it stays`);
  const changed = written.filter((path) => path !== manifestFile);
  if (written.length === 0) context.note(`${target.shown} is up to date`);
  else context.note(`${target.shown}: ${plural(changed.length, 'file')} written${removed.length > 0 ? `, ${removed.length} removed` : ''}`);
  return 0;
}
