import { join } from 'node:path';
import type { Model } from '@groundplan/model';
import {
  type Given,
  Interrupted,
  operatorAddress,
  type Planned,
  type Project,
  places,
  type Rehearsal,
  RehearsalFailed,
  type Report,
  rehearse,
  sweep,
  type Tool,
} from '@groundplan/rehearsal';
import type { Context } from '../command.js';
import { Failure } from '../failure.js';
import { writeOutput } from '../output/write-output.js';
import { compileTopology } from '../topology/compile-topology.js';
import type { Input } from '../topology/inputs.js';
import type { Surroundings } from '../topology/surroundings.js';
import { makeSecrets } from './make-secrets.js';

export interface RunOptions {
  readonly input: Input;
  readonly surroundings: Surroundings;
  readonly model: Model;
  readonly tool: Tool;
  /** The path of versitygw. */
  readonly objectStorage: string;
  readonly scenarios: readonly Planned[];
  /** Leave the hosts running until somebody ends it. */
  readonly keep: boolean;
}

/**
 * Rehearses a topology, and says on standard error how far it is.
 *
 * @throws Failure when it could not come to its end; nothing is left on the machine then either
 */
export async function runRehearsal(run: RunOptions, context: Context): Promise<Report> {
  const { model, input, tool, objectStorage, scenarios } = run;
  const interrupt = new AbortController();
  let onSignal = (): void => interrupt.abort();
  const say = clocked(context);
  const swept = await sweep(places().runs);
  if (swept.length > 0)
    say(`removed what ${swept.length === 1 ? 'an earlier run' : `${swept.length} earlier runs`} had left`);
  const keep = async (rehearsal: Rehearsal): Promise<void> => {
    for (const host of rehearsal.hosts()) say(`${host.name}: ${(await host.shell()).join(' ')}`);
    say('the hosts run until Ctrl-C');
    await new Promise<void>((resolve) => {
      // Waiting for a signal alone does not keep a process alive.
      const alive = setInterval(() => undefined, 60_000);
      onSignal = () => {
        clearInterval(alive);
        resolve();
      };
    });
  };
  try {
    return await context.holdSignals(
      () => onSignal(),
      () =>
        rehearse({
          model,
          file: input.file,
          scenarios: scenarios.map(({ scenario }) => scenario.name),
          compile: (folder, given) => compileInto(folder, given, run, context),
          tool,
          operator: operatorAddress(model) ?? '',
          objectStorage,
          say,
          ...(run.keep ? { keep } : {}),
          signal: interrupt.signal,
        }),
    );
  } catch (error) {
    if (error instanceof Interrupted || error instanceof RehearsalFailed) throw new Failure(error.message);
    throw error;
  }
}

/** What `groundplan build` writes, and secrets that were made for it. */
async function compileInto(folder: string, given: Given, run: RunOptions, context: Context): Promise<Project> {
  const { input, surroundings, model } = run;
  const { locked, variables } = await makeSecrets(model, given);
  const { made } = await compileTopology(input, surroundings, context, locked);
  if (made === undefined) throw new Failure(`${input.file} was changed meanwhile, and has errors now`);
  const module = join(folder, 'build');
  await writeOutput({ folder: module, shown: module }, made.output, false);
  for (const note of made.notes) context.note(note);
  return { module, variables };
}

/** Says lines with the time since the beginning before them. */
function clocked({ note }: Context): (line: string) => void {
  const began = Date.now();
  return (line) => {
    const seconds = Math.floor((Date.now() - began) / 1000);
    note(`${String(Math.floor(seconds / 60)).padStart(3)}:${String(seconds % 60).padStart(2, '0')}  ${line}`);
  };
}
