import assert from 'node:assert/strict';
import type { Change, Effect, News, Problem, Published } from '../../src/machine/events.js';
import { step } from '../../src/machine/machine.js';
import type { ProbeResult } from '../../src/machine/opinion.js';
import { type Report, reportOf } from '../../src/machine/report.js';
import { type Rules, rulesOf } from '../../src/machine/rules.js';
import { initialState, type State } from '../../src/machine/state.js';
import type { OpinionOfTarget, View } from '../../src/machine/view.js';
import type { Settings } from '../../src/settings.js';

const second = 1000;
/** Some day, in milliseconds since 1970. */
const noon = 1_795_521_600_000;

export const healthy: ProbeResult = { kind: 'healthy' };
export const silent: ProbeResult = { kind: 'failing', reason: 'no answer within 2 s' };
export const withoutDatabase: ProbeResult = { kind: 'database', reason: 'database.main: there is no primary' };

/** One machine, to which a test tells what happens. */
export class Driver {
  readonly rules: Rules;
  readonly log: string[] = [];
  /** Effects since the last look. */
  #effects: Effect[] = [];
  #state: State;
  #sequence = 0;
  now = 0;

  constructor(settings: Settings) {
    this.rules = rulesOf(settings);
    this.#state = initialState(this.rules);
  }

  learn(news: News): void {
    const now = { monotonic: this.now, wall: noon + this.now };
    const next = step(this.rules, this.#state, { ...news, now });
    this.#state = next.state;
    this.#effects.push(...next.effects);
    for (const effect of next.effects) if (effect.kind === 'log') this.log.push(`${effect.level}: ${effect.text}`);
  }

  pass(seconds: number): void {
    this.now += seconds * second;
    this.learn({ kind: 'tick' });
  }

  /** Rounds of probes, an interval apart, each with what every address answers. */
  probe(results: Readonly<Record<string, ProbeResult>>, rounds = 1): void {
    for (let round = 0; round < rounds; round += 1) {
      this.pass(this.rules.interval / second);
      for (const { id, address } of this.rules.targets) {
        const result = results[address];
        if (result !== undefined) this.learn({ kind: 'probed', target: id, result });
      }
    }
  }

  /** A view of another host, from now unless it is said otherwise. */
  hear(from: string, opinions: Readonly<Record<string, string>>, changes: Partial<View> = {}): void {
    this.#sequence += 1;
    const entries = Object.entries(opinions).map(([address, opinion]): [string, OpinionOfTarget] => [
      `shop.example.com@${address}`,
      { opinion: opinion as OpinionOfTarget['opinion'], reason: opinion === 'down' ? 'connection refused' : '' },
    ]);
    const view = { from, sequence: this.#sequence, at: noon + this.now, opinions: Object.fromEntries(entries) };
    this.learn({ kind: 'heard', view: { ...view, ...changes } });
  }

  /** What DNS has; answers the machine's question, which must be there. */
  read(addresses: readonly string[], changes: Partial<Published> = {}): void {
    assert.ok(this.asked(), 'DNS was asked for');
    this.answer(addresses, changes);
  }

  /** The same for a question that was looked at before. */
  answer(addresses: readonly string[], changes: Partial<Published> = {}): void {
    const published = {
      addresses: [...addresses].sort(),
      foreign: [],
      outdated: false,
      blocked: undefined,
      ...changes,
    };
    const all = new Map(this.rules.sets.map(({ key }) => [key, published]));
    this.learn({ kind: 'read', published: all, random: 0.5 });
  }

  wrote(): void {
    this.learn({ kind: 'wrote', random: 0.5 });
  }

  fail(kind: Problem['kind'], text: string, retryAfter?: number): void {
    this.learn({ kind: 'failed', problem: { kind, text, retryAfter }, random: 0.5 });
  }

  /** Whether DNS was asked for since the last look. */
  asked(): boolean {
    const found = this.#effects.some(({ kind }) => kind === 'read');
    if (found) this.#effects = this.#effects.filter(({ kind }) => kind !== 'read');
    return found;
  }

  /** What was to be written since the last look. */
  written(): readonly Change[] {
    const found = this.#effects.flatMap((effect) => (effect.kind === 'write' ? effect.changes : []));
    this.#effects = this.#effects.filter(({ kind }) => kind !== 'write');
    return found;
  }

  /** Views that were told since the last look. */
  shared(): readonly View[] {
    const found = this.#effects.flatMap((effect) => (effect.kind === 'share' ? [effect.view] : []));
    this.#effects = this.#effects.filter(({ kind }) => kind !== 'share');
    return found;
  }

  report(): Report {
    return reportOf(this.rules, this.#state, this.now);
  }
}
