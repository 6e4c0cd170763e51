import { type Diagnostic, indexLines } from '@groundplan/diagnostics';
import { format } from '@groundplan/syntax';
import { options } from '../arguments/options.js';
import { type Context, command } from '../command.js';
import { Failure } from '../failure.js';
import { replaceFile } from '../output/replace-file.js';
import { renderReports } from '../report/formats.js';
import { countDiagnostics, type FileReport } from '../report/report.js';
import { type Input, inputsOf } from '../topology/inputs.js';
import { readInputText } from '../topology/read-text.js';

export const fmt = command({
  about: [
    'Formats topologies, keeps comments and blank lines, and lists on standard error what it has changed.',
    'Without FILE it formats topology.yaml in the current folder. A folder means its topology.yaml, - standard input, which is written formatted to standard output.',
  ],
  words: { placeholder: 'FILE', atLeast: 0, atMost: 'any', completes: 'topology' },
  options: options({
    check: { kind: 'flag', summary: 'change nothing; list what is not formatted, and fail when there is any' },
  }),
  examples: [
    { command: 'groundplan fmt', does: 'formats topology.yaml' },
    {
      command: 'groundplan fmt --check staging production',
      does: 'for continuous integration: says which of the two is not formatted',
    },
    { command: 'groundplan fmt - < topology.yaml', does: 'writes the formatted text to standard output' },
  ],
  run: async ({ values, words }, context) => {
    const { inputs, failures } = await inputsOf(words.length === 0 ? ['.'] : words, context.folder);
    const complaints = failures.map(({ message }) => message);
    const reports: FileReport[] = [];
    let differs = false;
    for (const input of inputs) {
      try {
        const outcome = await formatInput(input, values.check, context);
        if (outcome === 'changed') differs = true;
        else if (outcome !== 'same') reports.push(outcome);
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        complaints.push(error.message);
      }
    }
    if (reports.length > 0) {
      const { columns } = context.stderr;
      const counts = context.quiet ? undefined : countDiagnostics(reports);
      const rendered = await renderReports('text', reports, {
        paint: context.notePaint,
        columns,
        counts,
        warningsFail: false,
      });
      context.stderr.write(rendered);
    }
    for (const complaint of complaints) context.complain(complaint);
    if (complaints.length > 0) return 2;
    return reports.length > 0 || (differs && values.check) ? 1 : 0;
  },
});

/** What is wrong with a text that cannot be formatted, or whether formatting changes it. */
async function formatInput(
  input: Input,
  checkOnly: boolean,
  context: Context,
): Promise<'changed' | 'same' | FileReport> {
  const { value: text, diagnostics: ofText } = await readInputText(input, context);
  if (ofText.length > 0) return refusal(input, text, ofText);
  const { value: formatted, diagnostics } = format(text);
  if (diagnostics.some(({ severity }) => severity === 'error')) return refusal(input, text, diagnostics);
  const outcome = formatted === text ? 'same' : 'changed';
  if (checkOnly) {
    if (outcome === 'changed') context.stdout.write(`${input.file}\n`);
  } else if (input.path === undefined) {
    context.stdout.write(formatted);
  } else if (outcome === 'changed') {
    await replaceFile(input.path, input.file, formatted);
    context.note(`formatted ${input.file}`);
  }
  return outcome;
}

function refusal(input: Input, text: string, diagnostics: readonly Diagnostic[]): FileReport {
  return { file: input.file, lines: indexLines(text), diagnostics };
}
