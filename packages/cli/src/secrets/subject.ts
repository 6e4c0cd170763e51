import { basename, dirname, join, resolve } from 'node:path';
import { type LineIndex, positionAt, type Span } from '@groundplan/diagnostics';
import type { Model } from '@groundplan/model';
import { lockFileOf, type NeededSecret, neededSecrets } from '@groundplan/secrets';
import type { Context } from '../command.js';
import { Failure } from '../failure.js';
import { reportErrors } from '../report/report-errors.js';
import { singleInput } from '../topology/inputs.js';
import { lookAt } from '../topology/look.js';
import { shownName } from '../topology/paths.js';
import { surroundingsFinder } from '../topology/surroundings.js';

/** A file by its absolute path, and as it is shown. */
export interface FilePlace {
  readonly path: string;
  readonly shown: string;
}

/** A topology, as far as its secrets are concerned. */
export interface Subject {
  /** The topology as it is shown. */
  readonly topology: string;
  readonly model: Model;
  readonly lines: LineIndex;
  readonly needed: readonly NeededSecret[];
  /** The encrypted file, and the one in clear beside it. */
  readonly file: FilePlace;
  readonly lock: FilePlace;
}

/**
 * Reads a topology: the word, or `topology.yaml` in the current folder. Undefined when it has errors, which are then shown.
 *
 * @throws Failure when it cannot be read
 */
export async function subjectOf(
  word: string | undefined,
  config: string | undefined,
  context: Context,
): Promise<Subject | undefined> {
  const input = await singleInput(word === undefined ? [] : [word], context.folder);
  const surroundings = await surroundingsFinder(context.folder, config)(input.folder);
  const { report, analysis } = await lookAt(input, surroundings, context);
  const { configReport } = surroundings;
  const reports = configReport === undefined ? [report] : [report, configReport];
  if ((await reportErrors(reports, context)) || analysis === undefined) return undefined;
  const { model, tree } = analysis;
  const path = resolve(input.folder, model.secrets.file.value);
  const place = (of: string): FilePlace => ({ path: of, shown: shownName(of, context.folder) });
  return {
    topology: input.file,
    model,
    lines: tree.lines,
    needed: neededSecrets(model),
    file: place(path),
    lock: place(join(dirname(path), lockFileOf(basename(path)))),
  };
}

/** `topology.yaml:12:9`. */
export function placeOf({ topology, lines }: Subject, { start }: Span): string {
  const { line, character } = positionAt(lines, start);
  return `${topology}:${line + 1}:${character + 1}`;
}

/** The needed secret of a name. @throws Failure, with the nearest name, when the topology needs none */
export async function neededByName({ needed, topology }: Subject, name: string): Promise<NeededSecret> {
  const found = needed.find((secret) => secret.name === name);
  if (found !== undefined) return found;
  const { nearest } = await import('@groundplan/model');
  const near = nearest(
    name,
    needed.map((secret) => secret.name),
  );
  throw new Failure(`${topology} needs no "${name}"${near === undefined ? '' : `: did you mean ${near}?`}`);
}
