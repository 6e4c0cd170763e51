import { checkerVoters, votesOf } from '@groundplan/model';
import { dnsId } from '../node-id.js';
import { providerName } from './clock.js';
import type { Statement } from './effect.js';
import { isMajority } from './votes.js';
import { untilItIsBack, untilSomeoneActs } from './words.js';
import type { World } from './world.js';

/** Those who take dead addresses out of DNS. */
export interface Checkers {
  /** Sites, or with one region hosts, that vote. */
  readonly votes: number;
  /** Votes that are left: the hosts of a site share its vote. */
  readonly alive: number;
  readonly isMajority: boolean;
  /** Whether they can change records: they have a majority, and the provider listens. */
  readonly canAct: boolean;
}

/** Undefined where nobody watches the addresses. They speak over the internet, so that tunnels do not matter. */
export function judgeCheckers(world: World): Checkers | undefined {
  const voters = checkerVoters(world.model);
  if (voters.length === 0) return undefined;
  const { votes, all, decide } = votesOf(voters, (host) => !world.isDead(host));
  return { votes: all, alive: Math.round(votes * 10) / 10, isMajority: decide, canAct: decide && !world.isDnsApiDown };
}

/** What DNS itself has to say: that records cannot change, or only just. */
export function describeDns(world: World, checkers: Checkers | undefined): Statement[] {
  const statements: Statement[] = [];
  const base = { kind: 'node', subject: dnsId, state: 'degraded', lost: undefined } as const;
  if (world.isDnsApiDown) {
    statements.push({
      ...base,
      text: `records stay as they are and names still resolve${checkers === undefined ? '; an apply that changes them fails' : '; a balancer that dies now stays in DNS'}`,
      because: `the API of ${providerName(world.model)} does not answer${checkers === undefined ? '' : '; the checkers try again, less and less often'}`,
      within: untilItIsBack,
      fault: 'F21',
    });
  }
  if (checkers === undefined || checkers.alive === checkers.votes) return statements;
  const { alive, votes } = checkers;
  const count = `${alive} of ${votes} checkers' votes are left`;
  if (!checkers.isMajority) {
    statements.push({
      ...base,
      text: 'nobody takes a dead address out of DNS, nor puts one back: the records stay as they are',
      because: `${count}, which is no majority`,
      within: untilSomeoneActs,
      fault: 'F19',
    });
  } else if (!isMajority(alive - 1, votes)) {
    statements.push({
      ...base,
      // Where one host more or less is meant, its death is what this is about, and it is said of the balancers.
      state: world.model.regions.length > 1 ? 'degraded' : 'carries-on',
      text: 'dead addresses still leave DNS; when one more vote is gone they stay',
      because: `${count}, which is a majority without one to spare`,
      within: undefined,
      fault: 'F19',
    });
  }
  return statements;
}
