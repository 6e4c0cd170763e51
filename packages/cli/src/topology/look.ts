import type { Catalog } from '@groundplan/catalog';
import { indexLines } from '@groundplan/diagnostics';
import { examine } from '@groundplan/hosts';
import { type Analysis, analyse } from '@groundplan/model';
import type { Context } from '../command.js';
import type { FileReport } from '../report/report.js';
import type { Input } from './inputs.js';
import { lookAtNamedFiles } from './named-files.js';
import { readInputText } from './read-text.js';
import type { Surroundings } from './surroundings.js';

/** Everything that a command can know about a topology before it makes something of it. */
export interface Look {
  readonly report: FileReport;
  /** Undefined when the file holds no text. */
  readonly analysis: Analysis | undefined;
  readonly catalog: Catalog;
  /** The files that the topology names and that could be read, by the path that it writes. */
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
  const looks = await lookAtNamedFiles(analysis.model, input.folder);
  const diagnostics = examine(analysis, looks, config);
  const contents = new Map([...looks].flatMap(([path, look]) => (look.kind === 'file' ? [[path, look.bytes]] : [])));
  return { report: { file: input.file, lines: analysis.tree.lines, diagnostics }, analysis, catalog, contents };
}
