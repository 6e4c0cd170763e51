import { type LineIndex, positionAt, type Span } from '@groundplan/diagnostics';
import type { Model } from '@groundplan/model';
import { type NeededSecret, neededSecrets } from '@groundplan/secrets';
import type { Context } from '../command.js';
import { Failure } from '../failure.js';
import { reportErrors } from '../report/report-errors.js';
import { singleInput } from '../topology/inputs.js';
import { lookAt } from '../topology/look.js';
import { surroundingsFinder } from '../topology/surroundings.js';
import { type FilePlace, secretPlaces } from './places.js';

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
  return {
    topology: input.file,
    model,
    lines: tree.lines,
    needed: neededSecrets(model),
    ...secretPlaces(model, input.folder, context.folder),
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
