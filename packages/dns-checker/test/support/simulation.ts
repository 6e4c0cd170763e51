import assert from 'node:assert/strict';
import { type Change, changed, type Effect, type News, type Published } from '../../src/machine/events.js';
import { step } from '../../src/machine/machine.js';
import type { ProbeResult } from '../../src/machine/opinion.js';
import { patienceOf, type Rules, rulesOf } from '../../src/machine/rules.js';
import { initialState, type State } from '../../src/machine/state.js';
import type { View } from '../../src/machine/view.js';
import { canDecide } from '../../src/machine/votes.js';
import type { Settings } from '../../src/settings.js';

/** How a network and an API may be. Milliseconds. */
export interface Weather {
  /** The longest a message is under way; any time up to it may pass, so that messages overtake each other. */
  readonly delay: number;
  /** How many of a hundred messages are lost. */
  readonly loss: number;
  /** The longest the API takes. */
  readonly api: number;
  /** By how much a clock may be wrong. */
  readonly skew: number;
}

export const fairWeather: Weather = { delay: 100, loss: 0, api: 1000, skew: 0 };
export const foulWeather: Weather = { delay: 2000, loss: 20, api: 8000, skew: 10_000 };

const second = 1000;

const noAnswer = (random: number): News => ({
  kind: 'failed',
  problem: { kind: 'unavailable', text: 'no answer', retryAfter: undefined },
  random,
});

/** Between the last look at a set and its writing, at most. Milliseconds. */
const gap = 300;

interface Node {
  readonly name: string;
  rules: Rules;
  readonly skew: number;
  state: State;
  /** Counts restarts, so that what was meant for an earlier life does not arrive. */
  life: number;
  isAlive: boolean;
  latest: View | undefined;
}

/** A change of one address of a set, as DNS saw it. */
export interface Move {
  readonly at: number;
  readonly set: string;
  readonly address: string;
  readonly to: 'in' | 'out';
}

/**
 * Many machines with a network, clocks and a DNS provider that are made up here. Nothing is real, so that an hour passes in a moment and
 * the same seed gives the same hour. What must always hold is asserted at each publication.
 */
export class Simulation {
  readonly nodes: readonly Node[];
  readonly records = new Map<string, readonly string[]>();
  readonly moves: Move[] = [];
  readonly log: { readonly at: number; readonly by: string; readonly text: string }[] = [];
  writes = 0;
  reads = 0;
  now = 0;
  /** Whether two hosts can talk; both directions. */
  canTalk: (a: string, b: string) => boolean = () => true;
  /** What a host finds when it asks a target. */
  sees: (host: string, address: string) => ProbeResult | 'silence' = () => ({ kind: 'healthy' });
  isApiUp = true;
  weather: Weather;

  readonly #random: () => number;
  readonly #queue: { readonly at: number; readonly order: number; readonly work: () => void }[] = [];
  /** When a host last held an opinion of a target that it has no longer. */
  readonly #held = new Map<string, number>();
  #order = 0;

  constructor(settings: Settings, seed: number, weather: Weather = fairWeather) {
    this.weather = weather;
    this.#random = mulberry32(seed);
    this.nodes = settings.voters.map(({ name }) => {
      const rules = rulesOf({ ...settings, self: name });
      const skew = Math.round((this.#random() - 0.5) * 2 * weather.skew);
      return { name, rules, skew, state: initialState(rules), life: 0, isAlive: false, latest: undefined };
    });
    for (const node of this.nodes) this.start(node.name);
  }

  get rules(): Rules {
    const [node] = this.nodes;
    assert.ok(node);
    return node.rules;
  }

  /** What every set has, as one that is published. */
  publish(addresses: readonly string[]): void {
    for (const { key } of this.rules.sets) this.records.set(key, [...addresses].sort());
  }

  addresses(set = this.rules.sets[0]?.key ?? ''): readonly string[] {
    return this.records.get(set) ?? [];
  }

  start(name: string): void {
    const node = this.#node(name);
    if (node.isAlive) return;
    node.isAlive = true;
    node.life += 1;
    node.state = initialState(node.rules);
    node.latest = undefined;
    const { interval } = node.rules;
    this.#every(node, interval, this.#random() * interval, () => this.#probe(node));
    this.#every(node, second, this.#random() * second, () => this.#learn(node, { kind: 'tick' }));
  }

  crash(name: string): void {
    const node = this.#node(name);
    node.isAlive = false;
    this.#remember(node, node.state);
    node.state = initialState(node.rules);
  }

  /** Gives a host other settings, with which its checker starts anew. */
  configure(settings: Settings, name: string): void {
    const node = this.#node(name);
    this.crash(name);
    node.rules = rulesOf({ ...settings, self: name });
    this.start(name);
  }

  /** Lets time pass, in milliseconds. */
  run(duration: number): void {
    const end = this.now + duration;
    for (;;) {
      const next = this.#queue[0];
      if (next === undefined || next.at > end) break;
      this.#pop();
      this.now = next.at;
      next.work();
    }
    this.now = end;
  }

  movesSince(at: number): readonly Move[] {
    return this.moves.filter((move) => move.at >= at);
  }

  #node(name: string): Node {
    const node = this.nodes.find((each) => each.name === name);
    assert.ok(node, `there is no ${name}`);
    return node;
  }

  #probe(node: Node): void {
    for (const { id, address } of node.rules.targets) {
      const found = this.sees(node.name, address);
      const silence: ProbeResult = { kind: 'failing', reason: 'no answer' };
      const [result, after] =
        found === 'silence'
          ? [silence, patienceOf(node.rules.interval)]
          : [found, this.#random() * Math.min(this.weather.delay, patienceOf(node.rules.interval))];
      this.#later(node, after, () => this.#learn(node, { kind: 'probed', target: id, result }));
    }
  }

  #learn(node: Node, news: News): void {
    const now = { monotonic: this.now, wall: 1_000_000_000 + Math.round(this.now) + node.skew };
    const before = node.state;
    const next = step(node.rules, before, { ...news, now });
    node.state = next.state;
    if (before.observations !== next.state.observations) this.#remember(node, before);
    for (const effect of next.effects) this.#act(node, effect);
  }

  #remember({ name }: Node, { observations }: State): void {
    for (const [id, { opinion }] of observations) this.#held.set(`${name} ${id} ${opinion}`, this.now);
  }

  #act(node: Node, effect: Effect): void {
    switch (effect.kind) {
      case 'log':
        this.log.push({ at: this.now, by: node.name, text: effect.text });
        return;
      case 'share':
        node.latest = effect.view;
        for (const other of this.nodes) if (other !== node) this.#tell(node, other, effect.view);
        return;
      case 'read':
        this.#callApi(node, () => {
          const published = this.#published(node);
          return (random) => ({ kind: 'read', published, random });
        });
        return;
      case 'write':
        for (const change of effect.changes) this.#assertDecided(node, change);
        this.#callApi(node, () => {
          this.writes += 1;
          for (const change of effect.changes) this.#write(change);
          return (random) => ({ kind: 'wrote', random });
        });
        return;
    }
  }

  /** The request takes effect somewhere between now and the answer, which comes with the dice that are thrown then. */
  #callApi(node: Node, work: () => (random: number) => News): void {
    const there = (this.#random() * this.weather.api) / 2;
    const back = (this.#random() * this.weather.api) / 2;
    this.#at(this.now + there, () => {
      this.reads += 1;
      const answer = this.isApiUp ? work() : noAnswer;
      this.#later(node, back, () => this.#learn(node, answer(this.#random())));
    });
  }

  #published(node: Node): ReadonlyMap<string, Published> {
    const rest = { foreign: [], outdated: false, blocked: undefined };
    return new Map(node.rules.sets.map(({ key }) => [key, { addresses: this.addresses(key), ...rest }]));
  }

  /** What must hold of each publication: it is of what this host read, and of what a majority finds. */
  #assertDecided(node: Node, { set, add, remove, addresses }: Change): void {
    assert.notEqual(addresses.length, 0, `${node.name} publishes an empty set`);
    for (const address of add) this.#assertMajority(node, set, address, 'up');
    for (const address of remove) this.#assertMajority(node, set, address, 'down');
  }

  /** Reads once more and writes, as a client of a real API has to. */
  #write(change: Change): void {
    const { set } = change;
    const addresses = changed(this.addresses(set), change);
    this.#at(this.now + this.#random() * Math.min(gap, this.weather.api / 10), () => {
      assert.notEqual(addresses.length, 0, 'an empty set is published');
      for (const move of movesBetween(this.addresses(set), addresses)) this.moves.push({ at: this.now, set, ...move });
      this.records.set(set, addresses);
    });
  }

  /** So many thought so when the publisher last could have heard it that they can decide. */
  #assertMajority(node: Node, set: string, address: string, opinion: 'up' | 'down'): void {
    const { rules } = node;
    const target = rules.sets.find(({ key }) => key === set)?.targets.find((each) => each.address === address);
    if (target === undefined) {
      assert.equal(opinion, 'down', `${node.name} publishes ${address}, which it does not know`);
      const knowing = this.nodes.filter((each) => each.rules.targets.some((known) => known.address === address));
      assert.deepEqual(
        knowing.map(({ name }) => name),
        [],
        `${node.name} drops ${address}, which others know`,
      );
      return;
    }
    const since = this.now - rules.viewLife - this.weather.delay;
    const thinks = ({ name, state }: Node) =>
      state.observations.get(target.id)?.opinion === opinion ||
      (this.#held.get(`${name} ${target.id} ${opinion}`) ?? Number.NEGATIVE_INFINITY) >= since;
    const agreeing = this.nodes.filter(thinks).map(({ name }) => name);
    assert.ok(
      canDecide(rules, agreeing),
      `${node.name} finds ${address} ${opinion} for ${set} by ${agreeing.join(', ') || 'nobody'} at ${this.now}`,
    );
  }

  /** A request and its answer, either of which may be lost. */
  #tell(from: Node, to: Node, view: View): void {
    this.#message(from, to, () => {
      this.#learn(to, { kind: 'heard', view });
      const { latest } = to;
      if (latest !== undefined) this.#message(to, from, () => this.#learn(from, { kind: 'heard', view: latest }));
    });
  }

  #message(from: Node, to: Node, arrive: () => void): void {
    const reaches = () => this.canTalk(from.name, to.name) || this.canTalk(to.name, from.name);
    if (!reaches() || this.#random() * 100 < this.weather.loss) return;
    this.#later(to, this.#random() * this.weather.delay, () => {
      if (reaches()) arrive();
    });
  }

  #every(node: Node, period: number, first: number, work: () => void): void {
    this.#later(node, first, () => {
      this.#every(node, period, period, work);
      work();
    });
  }

  /** What happens to a host, if it still lives by then. */
  #later(node: Node, after: number, work: () => void): void {
    const { life } = node;
    this.#at(this.now + after, () => {
      if (node.isAlive && node.life === life) work();
    });
  }

  #at(at: number, work: () => void): void {
    this.#order += 1;
    const queue = this.#queue;
    queue.push({ at, order: this.#order, work });
    for (let child = queue.length - 1; child > 0; ) {
      const parent = (child - 1) >> 1;
      if (!this.#isBefore(child, parent)) break;
      this.#swap(child, parent);
      child = parent;
    }
  }

  #pop(): void {
    const queue = this.#queue;
    const last = queue.pop();
    if (last === undefined || queue.length === 0) return;
    queue[0] = last;
    for (let parent = 0; ; ) {
      const [left, right] = [2 * parent + 1, 2 * parent + 2];
      const child = right < queue.length && this.#isBefore(right, left) ? right : left;
      if (child >= queue.length || !this.#isBefore(child, parent)) break;
      this.#swap(child, parent);
      parent = child;
    }
  }

  #isBefore(a: number, b: number): boolean {
    const [first, second] = [this.#queue[a], this.#queue[b]];
    if (first === undefined || second === undefined) return false;
    return first.at < second.at || (first.at === second.at && first.order < second.order);
  }

  #swap(a: number, b: number): void {
    const queue = this.#queue;
    const [first, second] = [queue[a], queue[b]];
    if (first === undefined || second === undefined) return;
    queue[a] = second;
    queue[b] = first;
  }
}

function movesBetween(before: readonly string[], after: readonly string[]): Pick<Move, 'address' | 'to'>[] {
  return [
    ...before.filter((address) => !after.includes(address)).map((address) => ({ address, to: 'out' as const })),
    ...after.filter((address) => !before.includes(address)).map((address) => ({ address, to: 'in' as const })),
  ];
}

/** Small and good enough to shuffle events; numbers from 0 to below 1. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
