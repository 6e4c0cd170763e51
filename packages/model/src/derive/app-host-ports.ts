import { blockOf, blocksOf } from './address-plan.js';

/** What has a port on the host of every app: the first and the last port, and what to call it. */
interface Reserved {
  readonly first: number;
  readonly last: number;
  readonly by: string;
}

/** The prefix of the largest range, so that an app's port is the same in every region. */
const largest = 16;

const firstLoopback = 7100;

const onEachHost: readonly Reserved[] = [
  { first: 22, last: 22, by: 'SSH' },
  // On some of them, where a region has too few database hosts (checker-voters.ts).
  { first: 7053, last: 7053, by: 'the DNS checkers' },
  { first: 7080, last: 7080, by: "the answers to the balancers' checks" },
];

const ofApps: Reserved = {
  first: firstLoopback,
  last: firstLoopback + blocksOf('app', largest) - 1,
  by: 'the apps that are reached through HAProxy',
};

/** The port on loopback at which other apps' hosts reach an app: 7100 + its block in the largest range. */
export function loopbackPort(firstName: string, slot: number | undefined): number {
  return firstLoopback + blockOf('app', largest, firstName, slot);
}

/** What has `port` on the host of every app, whatever the app refers to; undefined when nothing has. */
export function takenOnEachHost(port: number): string | undefined {
  return onEachHost.find((each) => holds(each, port))?.by;
}

/** What has `port` on the host of some app, or would have it with one more app; undefined when nothing ever has. */
export function reservedOnHosts(port: number): string | undefined {
  return [...onEachHost, ofApps].find((each) => holds(each, port))?.by;
}

function holds({ first, last }: Reserved, port: number): boolean {
  return first <= port && port <= last;
}
