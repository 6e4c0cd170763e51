import assert from 'node:assert/strict';
import { type LoadEvent, secondsOf, summaryOf } from '@groundplan/rehearsal';
import { describe, it } from 'mocha';

/** A request that was sent at a time and took so long, in milliseconds. */
function event(sentAt: number, took: number, status: number): LoadEvent {
  const reason = status === 0 ? 'connect ECONNREFUSED' : undefined;
  const address = status === 0 ? undefined : '203.0.113.1';
  const rest = { kind: 'read', id: String(sentAt), writes: false, sent: status !== 0, reason, address };
  return { ...rest, sentAt, endedAt: sentAt + took, status };
}

const events = [
  event(1000, 10, 200),
  event(1500, 30, 404),
  event(4200, 5, 503),
  event(4300, 1, 0),
  event(4400, 600, 200),
];

describe('the timeline of load', () => {
  it('has every second, also one in which nobody asked', () => {
    assert.deepEqual(secondsOf(events), [
      { at: 1000, served: 2, failed: 0, slowest: 30 },
      { at: 2000, served: 0, failed: 0, slowest: 0 },
      { at: 3000, served: 0, failed: 0, slowest: 0 },
      { at: 4000, served: 1, failed: 2, slowest: 600 },
    ]);
    assert.deepEqual(secondsOf([]), []);
  });

  it('says what users saw', () => {
    assert.deepEqual(summaryOf(events), {
      requests: 5,
      failed: 2,
      reasons: [
        ['connect ECONNREFUSED', 1],
        ['status 503', 1],
      ],
      latency: { half: 30, most: 600, worst: 600 },
      longestGap: 3470,
      byAddress: { '203.0.113.1': 3 },
    });
  });

  it('counts silence at the end as a gap', () => {
    assert.equal(summaryOf([event(0, 10, 200), event(100, 5000, 0)]).longestGap, 5090);
    assert.deepEqual(summaryOf([]).longestGap, 0);
  });
});
