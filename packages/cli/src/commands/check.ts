import { options, topologyOptions } from '../arguments/options.js';
import { command } from '../command.js';
import { Failure } from '../failure.js';
import { renderReports, reportFormats } from '../report/formats.js';
import { countDiagnostics, errorsOnly, type FileReport, sortReports } from '../report/report.js';
import { inputsOf, searchInputs } from '../topology/inputs.js';
import { lookAt } from '../topology/look.js';
import { surroundingsFinder } from '../topology/surroundings.js';

export const check = command({
  about: [
    'Shows what is wrong with topologies: what cannot be built, and what would not be as available as it looks.',
    'Without FILE it looks at every topology.yaml and *.topology.yaml under the current folder, except in node_modules, build and folders whose names begin with a dot. A folder means its topology.yaml, - standard input.',
  ],
  words: { placeholder: 'FILE', atLeast: 0, atMost: 'any', completes: 'topology' },
  options: options({
    format: { kind: 'choice', choices: reportFormats, fallback: 'text', summary: 'how to say it' },
    ...topologyOptions,
  }),
  examples: [
    { command: 'groundplan check', does: 'every topology under the current folder' },
    {
      command: 'groundplan check shop.topology.yaml --max-warnings 0',
      does: 'one file, in which no warning is accepted',
    },
    { command: 'groundplan check --format sarif > groundplan.sarif', does: 'for code scanning' },
    { command: 'groundplan check - < topology.yaml', does: 'what another program writes' },
  ],
  run: async ({ values, words }, context) => {
    const { inputs, failures } =
      words.length === 0 ? await searchInputs(context.folder) : await inputsOf(words, context.folder);
    const surroundingsOf = surroundingsFinder(context.folder, values.config);
    const reports = new Map<string, FileReport>();
    const complaints = new Set(failures.map(({ message }) => message));
    await context.progress('checking', async () => {
      for (const input of inputs) {
        try {
          const surroundings = await surroundingsOf(input.folder);
          const { configReport } = surroundings;
          if (configReport !== undefined && configReport.diagnostics.length > 0)
            reports.set(configReport.file, configReport);
          reports.set(input.file, (await lookAt(input, surroundings, context)).report);
        } catch (error) {
          if (!(error instanceof Failure)) throw error;
          complaints.add(error.message);
        }
      }
    });
    const all = sortReports([...reports.values()]);
    const counts = countDiagnostics(all);
    const warningsFail = values['max-warnings'] !== undefined && counts.warning > values['max-warnings'];
    const rendered = await renderReports(values.format, context.quiet ? errorsOnly(all) : all, {
      paint: context.paint,
      columns: context.stdout.columns,
      counts: context.quiet ? undefined : counts,
      warningsFail,
    });
    context.stdout.write(rendered);
    for (const complaint of complaints) context.complain(complaint);
    if (warningsFail) context.complain(`more than ${values['max-warnings']} warnings`);
    if (complaints.size > 0) return 2;
    return counts.error > 0 || warningsFail ? 1 : 0;
  },
});
