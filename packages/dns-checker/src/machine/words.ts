import type { Change, Effect } from './events.js';
import type { Observation } from './opinion.js';
import type { Rules, Target } from './rules.js';
import type { State } from './state.js';
import { saidBy } from './votes.js';

/** The first few, and how many more. */
export function listed(names: readonly string[]): string {
  const shown = names.length > 6 ? [...names.slice(0, 5), `${names.length - 5} more`] : names;
  return shown.join(', ');
}

/** What this host now thinks of a target, when it thinks otherwise than before. */
export function opinionWords(rules: Rules, { name, address, site }: Target, { opinion, reason }: Observation): Effect {
  const what = `${name} (${address}) for ${site}`;
  return opinion === 'down'
    ? { kind: 'log', level: 'warning', text: `finds ${what} down, ${times(rules.fall)}: ${reason}` }
    : { kind: 'log', level: 'info', text: `finds ${what} well, ${times(rules.rise)}` };
}

/** What was changed in DNS: once for each balancer, whatever the number of its names. */
export function changeWords(rules: Rules, state: State, now: number, changes: readonly Change[]): Effect[] {
  const isFirst = changes.every(({ set }) => (state.published?.get(set)?.addresses ?? []).length === 0);
  if (isFirst) {
    const sets = changes.map(({ set, addresses }) => `${set}: ${listed(addresses)}`);
    return [{ kind: 'log', level: 'info', text: `published for the first time: ${sets.join('; ')}` }];
  }
  const moves = changes.flatMap((change) => movesIn(rules, change));
  const groups = new Map<string, Move[]>();
  for (const move of moves) {
    const key = `${move.name} ${move.verb}`;
    groups.set(key, [...(groups.get(key) ?? []), move]);
  }
  const effects = [...groups.values()].flatMap((group): Effect[] => {
    const [first] = group;
    if (first === undefined) return [];
    const sets = listed([...new Set(group.map(({ set }) => set))]);
    const addresses = listed([...new Set(group.map(({ address }) => address))]);
    const why = first.target === undefined ? '' : `: ${findings(rules, state, now, first.target)}`;
    const text = `${first.name} (${addresses}) ${first.verb} ${sets}${why}`;
    return [{ kind: 'log', level: first.verb === 'left' ? 'warning' : 'info', text }];
  });
  return effects.length > 0
    ? effects
    : [{ kind: 'log', level: 'info', text: `brought up to date: ${listed(changes.map(({ set }) => set))}` }];
}

/** What each voter that is heard says of a target: `a: up; b: down, no answer within 2 s`. */
export function findings(rules: Rules, state: State, now: number, target: string): string {
  return rules.voters
    .map((voter) => {
      const said = saidBy(rules, state, now, voter, target);
      if (said === undefined) return `${voter.name}: not heard`;
      return `${voter.name}: ${said.opinion}${said.opinion === 'down' && said.reason !== '' ? `, ${said.reason}` : ''}`;
    })
    .join('; ');
}

interface Move {
  readonly set: string;
  readonly address: string;
  readonly name: string;
  readonly target: string | undefined;
  readonly verb: 'left' | 'is in';
}

function movesIn(rules: Rules, { set, add, remove }: Change): Move[] {
  const targets = rules.sets.find(({ key }) => key === set)?.targets ?? [];
  const move = (address: string, verb: Move['verb']): Move => {
    const target = targets.find((each) => each.address === address);
    return { set, address, verb, name: target?.name ?? 'a former balancer', target: target?.id };
  };
  return [...remove.map((address) => move(address, 'left')), ...add.map((address) => move(address, 'is in'))];
}

function times(count: number): string {
  return count === 1 ? 'at once' : `${count} times in a row`;
}
