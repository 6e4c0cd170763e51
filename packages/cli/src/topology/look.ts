import type { Catalog } from '@groundplan/catalog';
import { indexLines, normalise } from '@groundplan/diagnostics';
import { checkUserData } from '@groundplan/hosts';
import { type Analysis, analyse, suppress } from '@groundplan/model';
import type { Context } from '../command.js';
import type { FileReport } from '../report/report.js';
import type { Input } from './inputs.js';
import { readNamedFiles } from './named-files.js';
import { readInputText } from './read-text.js';
import type { Surroundings } from './surroundings.js';

/** Everything that a command can know about a topology before it makes something of it. */
export interface Look {
  readonly report: FileReport;
  /** Undefined when the file holds no text. */
  readonly analysis: Analysis | undefined;
  readonly catalog: Catalog;
  /** The files that the topology names, by the path that it writes. */
  readonly contents: ReadonlyMap<string, Uint8Array>;
}

/**
 * Reads and analyses a topology, and the files that it names.
 *
 * @throws Failure when it cannot be read
 */
export async function lookAt(input: Input, { config, catalog }: Surroundings, context: Context): Promise<Look> {
  const { value: text, diagnostics: ofText } = await readInputText(input, context);
  if (ofText.length > 0) {
    const report = { file: input.file, lines: indexLines(text), diagnostics: ofText };
    return { report, analysis: undefined, catalog, contents: new Map() };
  }
  const analysis = analyse(text, { catalog, config });
  const { contents, diagnostics: ofFiles } = await readNamedFiles(analysis.model, input.folder);
  const isComplete = !analysis.diagnostics.some(({ severity }) => severity === 'error');
  const ofHosts = isComplete ? checkUserData(analysis.model) : [];
  const diagnostics = normalise([
    ...analysis.diagnostics,
    ...suppress(analysis.tree, [...ofFiles, ...ofHosts], config),
  ]);
  return { report: { file: input.file, lines: analysis.tree.lines, diagnostics }, analysis, catalog, contents };
}
