import { basename } from 'node:path';
import { normalise } from '@groundplan/diagnostics';
import { type Analysis, suppress } from '@groundplan/model';
import type { Trace } from '@groundplan/plan';
import type { Lock } from '@groundplan/secrets';
import type { Context } from '../command.js';
import { Failure } from '../failure.js';
import type { Output } from '../output/write-output.js';
import { countDiagnostics, type FileReport } from '../report/report.js';
import { readLockFile } from '../secrets/lock-file.js';
import { type FilePlace, secretPlaces } from '../secrets/places.js';
import type { Input } from './inputs.js';
import { type Look, lookAt } from './look.js';
import type { Surroundings } from './surroundings.js';

/** What a topology compiles to. */
export interface Compilation {
  /** Of the topology, then of its configuration where there is one. */
  readonly reports: readonly [FileReport, ...FileReport[]];
  /** Undefined when there are errors. */
  readonly made:
    | {
        readonly output: Output;
        readonly trace: Trace;
        readonly analysis: Analysis;
        /** What is not made, in a sentence each. */
        readonly notes: readonly string[];
      }
    | undefined;
}

/**
 * Reads, checks and compiles a topology; writes nothing.
 *
 * @param instead secrets that hosts are given in the place of those that the lock file beside the topology names
 * @throws Failure when it cannot be read, or when a secret is missing that hosts need
 */
export async function compileTopology(
  input: Input,
  surroundings: Surroundings,
  context: Context,
  instead?: Lock['secrets'],
): Promise<Compilation> {
  const { config, configReport } = surroundings;
  const look = await lookAt(input, surroundings, context);
  const { report, analysis, catalog } = look;
  const ofConfig = configReport === undefined ? [] : [configReport];
  if (analysis === undefined || hasErrors([report, ...ofConfig]))
    return { reports: [report, ...ofConfig], made: undefined };
  const topology = nameOf(input);
  const { lock } = secretPlaces(analysis.model, input.folder, context.folder);
  const locked = instead ?? (await readLockFile(lock))?.secrets;
  const { value, diagnostics, notes } = await context.progress('compiling', () =>
    compileLook(look, analysis, topology, locked, lock),
  );
  const more = suppress(analysis.tree, diagnostics, config);
  const reports = [{ ...report, diagnostics: normalise([...report.diagnostics, ...more]) }, ...ofConfig] as const;
  if (hasErrors(reports)) return { reports, made: undefined };
  const output: Output = { files: value.files, topology, catalog: catalog.date };
  return { reports, made: { output, trace: value.trace, analysis, notes } };
}

function hasErrors(reports: readonly FileReport[]): boolean {
  return countDiagnostics(reports).error > 0;
}

/** The name by which the output speaks of the topology: no path, so that it is the same in every folder. */
function nameOf({ file, path }: Input): string {
  return path === undefined ? file : basename(path);
}

/** What compiles takes a while to load, and is not needed when there are errors. */
async function compileLook(
  { catalog, contents }: Look,
  { model, tree }: Analysis,
  topologyFile: string,
  locked: Lock['secrets'] | undefined,
  lock: FilePlace,
) {
  const { compile, missingSecrets, unconfiguredHosts } = await import('@groundplan/terraform');
  const missing = locked === undefined ? [] : missingSecrets(model, locked);
  if (missing.length > 0)
    throw new Failure(
      `${lock.shown} lacks ${missing.join(', ')}, which hosts need: "groundplan keys" makes what can be made, and says what you have to give`,
    );
  const decoder = new TextDecoder();
  const files = new Map([...contents].map(([path, bytes]) => [path, decoder.decode(bytes)]));
  const notes =
    locked === undefined
      ? [`${lock.shown} is not there: hosts get their first boot and nothing more until "groundplan keys" makes it`]
      : notesOn(unconfiguredHosts(model).map(({ name }) => name));
  return { ...compile({ model, catalog, topologyFile, lines: tree.lines, files, locked }), notes };
}

function notesOn([first, ...others]: readonly string[]): string[] {
  if (first === undefined) return [];
  const all = others.length === 0 ? first : `${first} and ${others.length} more`;
  return [`${all} get their first boot and nothing more: Groundplan does not configure such hosts yet`];
}
