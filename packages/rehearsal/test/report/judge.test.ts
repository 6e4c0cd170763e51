import assert from 'node:assert/strict';
import { judge, type Planned, type Result, scenariosFor } from '@groundplan/rehearsal';
import { describe, it } from 'mocha';
import type { LoadEvent } from '../../src/load/generate.js';
import { attemptsOf } from '../../src/load/generate.js';
import type { Observation } from '../../src/stage/perform.js';
import { shop } from '../support/shop.js';

const faultAt = 5000;

function planned(name: string, durability: 'sync' | 'async' = 'sync'): Planned {
  const model = shop(['durability: async', `durability: ${durability}`]);
  return scenariosFor(model).find(({ scenario }) => scenario.name === name) ?? assert.fail(name);
}

/** A request of a kind at a time, in milliseconds, with the answer. */
function sent(kind: 'read' | 'write', sentAt: number, status: number): LoadEvent {
  return {
    kind,
    id: `${kind}-${sentAt}`,
    writes: kind === 'write',
    sentAt,
    endedAt: sentAt + 50,
    status,
    reason: status === 0 ? 'no answer' : undefined,
    sent: true,
    address: '203.0.113.1',
  };
}

function seen(events: readonly LoadEvent[], more: Partial<Observation> = {}): Observation {
  return {
    what: 'the power was cut',
    began: 0,
    faultAt,
    healedAt: 20_000,
    whole: { settledAt: 30_000, wholeAt: 34_000 },
    missing: undefined,
    ended: 40_000,
    events,
    ledger: {
      attempts: attemptsOf(events),
      stored: events.flatMap(({ writes, status, id }) => (writes && status === 201 ? [id] : [])),
    },
    recordGoneAt: undefined,
    primaries: [{ at: 1000, hosts: ['one'] }],
    findings: [],
    ...more,
  };
}

function promise({ promises }: Result, word: string) {
  const found = promises.find((each) => each.promise.includes(word)) ?? assert.fail(word);
  return [found.budget, found.measured, found.kept];
}

const usual = [sent('read', 6000, 200), sent('write', 4000, 201), sent('write', 30_000, 201)];

describe('a promise about', () => {
  it('writes is measured from the fault to the last one that fails', () => {
    const late = judge(planned('database-primary-power-loss'), seen([...usual, sent('write', 18_100, 503)]));
    assert.deepEqual(promise(late, 'write'), ['≤ 20 s', 'after 13.1 s; 1 of 3 failed', true]);
    assert.equal(late.outcome, 'kept');
    const missed = judge(planned('database-primary-power-loss'), seen([...usual, sent('write', 25_100, 0)]));
    assert.deepEqual(promise(missed, 'write'), ['≤ 20 s', 'after 20.1 s; 1 of 3 failed', false]);
    assert.equal(missed.outcome, 'missed');
  });

  it('reads is missed by one that fails, where none may', () => {
    const result = judge(planned('app-power-loss'), seen([...usual, sent('read', 7000, 502)]));
    assert.deepEqual(promise(result, 'read'), ['none fails', 'after 2 s; 1 of 2 failed', false]);
  });

  it('service is not kept by nobody who asks', () => {
    assert.equal(promise(judge(planned('power-cut'), seen([])), 'read')[2], false);
    const never = [sent('read', 4000, 200), sent('read', 30_000, 0)];
    assert.equal(promise(judge(planned('power-cut'), seen(never)), 'read')[2], false);
  });

  it('losses is missed by one row, unless it may be lost', () => {
    const attempts = attemptsOf([sent('write', 1000, 201), sent('write', 4500, 201)]);
    const lost = { ledger: { attempts, stored: ['write-1000'] } };
    const name = 'database-primary-power-loss';
    assert.deepEqual(promise(judge(planned(name, 'sync'), seen(usual, lost)), 'acknowledged'), [
      'all of it',
      '1 lost of 2',
      false,
    ]);
    assert.deepEqual(promise(judge(planned(name, 'async'), seen(usual, lost)), 'acknowledged'), [
      'all but the last second',
      '1 lost that may be of 2',
      true,
    ]);
    const earlier = { ledger: { attempts, stored: ['write-4500'] } };
    assert.equal(promise(judge(planned(name, 'async'), seen(usual, earlier)), 'acknowledged')[2], false);
  });

  it('DNS is missed when the address stays', () => {
    const scenario = planned('balancer-power-loss');
    const gone = judge(scenario, seen(usual, { recordGoneAt: faultAt + 16_400 }));
    assert.deepEqual(promise(gone, 'DNS'), ['≤ 22 s', '16.4 s', true]);
    assert.deepEqual(promise(judge(scenario, seen(usual)), 'DNS'), ['≤ 22 s', 'it did not', false]);
  });

  it('primaries is missed when two take writes at once', () => {
    const samples = [{ at: 1000, hosts: ['one', 'two'] }];
    const result = judge(planned('database-primary-partition'), seen(usual, { primaries: samples }));
    assert.deepEqual(promise(result, 'two primaries'), ['never', 'there were 2', false]);
  });

  it('recovery begins when the hosts are up', () => {
    const scenario = planned('database-primary-power-loss');
    assert.deepEqual(promise(judge(scenario, seen(usual)), 'as it was'), ['≤ 20 s', '4 s', true]);
    const never = seen(usual, { whole: undefined, missing: 'database.main has no primary' });
    assert.deepEqual(promise(judge(scenario, never), 'as it was'), [
      '≤ 20 s',
      'not after five minutes: database.main has no primary',
      false,
    ]);
  });
});

describe('the timeline of a scenario', () => {
  it('has an entry for each second, and who was the primary for how long', () => {
    const primaries = [
      { at: 0, hosts: ['one'] },
      { at: 1000, hosts: ['one'] },
      { at: 6000, hosts: [] },
      { at: 18_000, hosts: ['two'] },
    ];
    const { timeline } = judge(planned('database-primary-power-loss'), seen(usual, { primaries }));
    assert.ok(timeline);
    assert.equal(timeline.requests.length, 41);
    assert.deepEqual(timeline.requests[4], { served: 1, failed: 0 });
    assert.deepEqual(timeline.primaries, [
      { host: 'one', from: 0, to: 6 },
      { host: 'two', from: 18, to: 40 },
    ]);
    assert.deepEqual([timeline.faultAt, timeline.healedAt, timeline.wholeAt], [5, 20, 34]);
  });
});
