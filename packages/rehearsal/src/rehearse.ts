import { mkdir } from 'node:fs/promises';
import { availableParallelism, totalmem } from 'node:os';
import { join } from 'node:path';
import type { Model } from '@groundplan/model';
import { differences } from './differences.js';
import { untilSettled } from './driver/settled.js';
import { RehearsalFailed } from './failed.js';
import { readAbilities } from './host/abilities.js';
import { type Given, type Lab, openLab } from './lab/lab.js';
import type { Project, Tool } from './lab/tool.js';
import type { Attempt } from './load/ledger.js';
import { broken, judge } from './report/judge.js';
import type { Report, Result } from './report/report.js';
import { type Planned, scenariosFor } from './scenarios/index.js';
import { usersRoute } from './scenarios/targets.js';
import { storedIn } from './stage/ledger-app.js';
import { perform } from './stage/perform.js';
import { makeStage, type Stage } from './stage/stage.js';
import { untilWhole } from './stage/whole.js';

export interface RehearseOptions {
  readonly model: Model;
  /** The topology as it was named. */
  readonly file: string;
  /** Which of those that can happen; all of them by default. */
  readonly scenarios?: readonly string[];
  /** Compiles the topology into an empty folder, with these secrets where the user has to give some, and makes the others. */
  readonly compile: (folder: string, given: Given) => Promise<Project>;
  readonly tool: Tool;
  /** From where the topology lets operators log in. */
  readonly operator: string;
  /** The path of versitygw. */
  readonly objectStorage: string;
  /** Gets a line at the end of each phase, and of each scenario. */
  readonly say: (line: string) => void;
  /** Waits before all is removed, for somebody who wants to look at it. */
  readonly keep?: (rehearsal: Lab['rehearsal']) => Promise<void>;
  /** Ends it early. */
  readonly signal: AbortSignal;
}

/** The rehearsal was ended early. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/**
 * Makes a topology on this machine, lets scenarios happen to it, and removes everything.
 *
 * @throws Interrupted, RehearsalFailed, or what else kept it from its end; nothing is left then either
 */
export async function rehearse(options: RehearseOptions): Promise<Report> {
  const { signal } = options;
  const closing: (() => Promise<void>)[] = [];
  const interrupted = new Promise<never>((_, reject) => {
    const stop = (): void => reject(new Interrupted('interrupted'));
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
  });
  interrupted.catch(() => undefined);
  const work = performAll(options, closing);
  work.catch(() => undefined);
  try {
    return await Promise.race([work, interrupted]);
  } finally {
    for (const close of closing) await close();
  }
}

async function performAll(options: RehearseOptions, closing: (() => Promise<void>)[]): Promise<Report> {
  const { model, file, tool, signal } = options;
  // Who has ended it wants to hear no more of it.
  const say = (line: string): void => {
    if (!signal.aborted) options.say(line);
  };
  const began = new Date();
  const phases: { name: string; seconds: number }[] = [];
  const phase = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const from = Date.now();
    const value = await work();
    const seconds = Math.round((Date.now() - from) / 100) / 10;
    phases.push({ name, seconds });
    say(`${name}: ${seconds} s`);
    return value;
  };

  const opening = openLab({
    model,
    operator: options.operator,
    objectStorage: options.objectStorage,
    log: say,
  });
  // Closed also when it opens after the end.
  closing.push(async () => (await opening.catch(() => undefined))?.close());
  const lab = await phase('networks, DNS, object storage and the API are there', () => opening);
  const project = await phase('compiled', async () => {
    const folder = join(lab.rehearsal.folder, 'project');
    await mkdir(folder);
    return options.compile(folder, lab.given);
  });
  const applier = await phase(`${tool.name} init`, () => lab.initialise(tool, project));
  await phase(`${tool.name} apply: ${model.hosts.length} hosts`, () => applier.apply());
  const stage = makeStage(model, lab, applier);
  await phase('everything is up', async () => {
    await Promise.all(stage.hosts().map(untilSettled));
    const whole = await untilWhole(stage);
    if (typeof whole === 'string') throw new RehearsalFailed(`not everything comes up: ${whole}`);
  });
  const shop = await phase('the first user is served', () => firstUser(lab, stage));

  const { chosen, leftOut } = choose(model, options.scenarios);
  const results: Result[] = [];
  let attempts: readonly Attempt[] = [];
  for (const [index, planned] of chosen.entries()) {
    if (signal.aborted) throw new Interrupted('interrupted');
    const from = Date.now();
    try {
      const seen = await perform(planned, { lab, stage, shop, attempts, prefix: `${index + 1}-` });
      attempts = seen.ledger?.attempts ?? attempts;
      results.push(judge(planned, seen));
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      results.push(broken(planned, why, (Date.now() - from) / 1000));
    }
    const result = results.at(-1);
    if (result !== undefined) say(sentenceOf(result));
    // What comes after something that could not be carried out would say nothing.
    if (result?.outcome === 'broken') break;
  }
  // The hosts are being removed by then.
  if (signal.aborted) throw new Interrupted('interrupted');
  await options.keep?.(lab.rehearsal);
  return {
    format: 1,
    topology: model.name.value,
    file,
    began: began.toISOString(),
    tool: { name: tool.name, version: tool.version },
    machine: { processors: availableParallelism(), memoryGigabytes: Math.round(totalmem() / 2 ** 30) },
    hosts: model.hosts.map(({ name, tier }) => ({ name, tier })),
    phases,
    results,
    leftOut,
    differences: differences(await readAbilities()),
  };
}

function choose(model: Model, names: readonly string[] | undefined): { chosen: Planned[]; leftOut: string[] } {
  const all = scenariosFor(model);
  const chosen = all.filter(({ scenario }) => names === undefined || names.includes(scenario.name));
  return { chosen, leftOut: all.filter((each) => !chosen.includes(each)).map(({ scenario }) => scenario.name) };
}

function sentenceOf({ scenario, outcome, seconds, what, promises }: Result): string {
  const missed = promises.filter(({ kept }) => !kept).map(({ promise, measured }) => `${promise}: ${measured}`);
  const said = outcome === 'broken' ? [what] : missed;
  return `${scenario}: ${outcome}, ${seconds} s${said.map((each) => `\n    ${each}`).join('')}`;
}

/** Who asks for the first route, and whether what answers keeps what users write. */
async function firstUser(lab: Lab, { model }: Stage) {
  const users = usersRoute(model);
  if (users === undefined) throw new RehearsalFailed('the topology has no route that users could take');
  const { balancer, route, app } = users;
  const base = `${balancer.tls.mode.value === 'none' ? 'http' : 'https'}://${route.host}`;
  const stored = await storedIn(base, { user: lab.user, address: () => lab.records(route.host)[0] });
  const path = route.path === '/' ? (app?.health.path.value ?? '/') : route.path;
  return { base, path, keepsWrites: stored !== undefined };
}
