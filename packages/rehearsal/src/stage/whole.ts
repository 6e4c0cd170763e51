import { untilSettled } from '../driver/settled.js';
import type { Host } from '../host/host.js';
import { pause } from '../pause.js';
import { hostsOf } from '../scenarios/targets.js';
import type { Stage } from './stage.js';

/** When everything was as it should be, in milliseconds since 1970. */
export interface Whole {
  /** All hosts had started what they start. */
  readonly settledAt: number;
  /** Databases have all their members, balancers all their records. */
  readonly wholeAt: number;
}

/** What makes a bundle's gate, of `@groundplan/hosts`. */
const gate = '/usr/local/lib/groundplan/gate';
/** Seconds that a database has to become whole. */
const patience = 300;

/**
 * Waits until all hosts are on and up, databases are whole, and DNS has all balancers.
 *
 * @returns what is missing after five minutes, as a sentence, if anything is
 */
export async function untilWhole(stage: Stage): Promise<Whole | string> {
  const states = await Promise.all(stage.hosts().map(async (host) => ({ host, state: await untilSettled(host) })));
  const off = states.find(({ state }) => state === 'off' || state === 'starting');
  if (off !== undefined) return `${off.host.name} is ${off.state}`;
  const settledAt = Date.now();
  for (const database of stage.model.databases) {
    const problem = await untilDatabaseIsWhole(stage.hostsOf(database)[0]);
    if (problem !== undefined) return problem;
  }
  const missing = await untilRecordsAreWhole(stage);
  return missing ?? { settledAt, wholeAt: Date.now() };
}

async function untilDatabaseIsWhole(host: Host | undefined): Promise<string | undefined> {
  if (host === undefined || (await host.exec(['test', '-x', gate])).code !== 0) return undefined;
  const options = { timeoutMilliseconds: (patience + 30) * 1000 };
  const { code, stdout, stderr } = await host.exec(['timeout', String(patience), gate], options);
  return code === 0 ? undefined : (`${stdout}${stderr}`.trim().split('\n').at(-1) ?? 'the database is not whole');
}

async function untilRecordsAreWhole(stage: Stage): Promise<string | undefined> {
  for (let waited = 0; ; waited += 1) {
    const problem = missingRecord(stage);
    if (problem === undefined || waited >= patience) return problem;
    await pause(1000);
  }
}

/** Every balancer has as many addresses in DNS as it has hosts, where DNS is how one finds another. */
function missingRecord({ model, records }: Stage): string | undefined {
  if (model.dns?.provider.value !== 'hetzner') return undefined;
  for (const balancer of model.loadBalancers) {
    const wanted = balancer.mode.value === 'active-active' ? hostsOf(model, balancer).length : 1;
    for (const { host } of balancer.routes) {
      const found = records(host).length;
      if (found < wanted) return `${host} has ${found} of ${wanted} addresses in DNS`;
    }
  }
  return undefined;
}

/** What is not well on hosts that are up: units that failed, and boots whose order is a circle; empty when all is well. */
export async function complaints(hosts: readonly Host[]): Promise<string[]> {
  const found = await Promise.all(
    hosts.map(async (host) => {
      const { stdout } = await host.exec(['systemctl', 'list-units', '--failed', '--plain', '--no-legend']);
      const failed = stdout.split('\n').flatMap((line) => (line === '' ? [] : [line.split(' ')[0] ?? '']));
      const isCircular = (await host.console()).includes('Found ordering cycle');
      const sentences = failed.map((unit) => `${unit} failed on ${host.name}`);
      return isCircular ? [...sentences, `the boot of ${host.name} has an ordering cycle`] : sentences;
    }),
  );
  return found.flat();
}
