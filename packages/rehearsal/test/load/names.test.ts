import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { makeNameCache, type Resolved } from '../../src/load/names.js';

/** A name server whose answers are given, one after the other, and a clock that stands still. */
function names(...answers: readonly (readonly Resolved[] | 'fails')[]) {
  const asked: string[] = [];
  const time = { now: 0 };
  const resolve = async (name: string): Promise<readonly Resolved[]> => {
    const answer = answers[asked.length] ?? 'fails';
    asked.push(name);
    if (answer === 'fails') throw new Error('SERVFAIL');
    return answer;
  };
  return { asked, time, cache: makeNameCache(resolve, () => time.now) };
}

const both: readonly Resolved[] = [
  { address: '203.0.113.1', ttl: 60 },
  { address: '203.0.113.2', ttl: 30 },
];
const one: readonly Resolved[] = [{ address: '203.0.113.2', ttl: 60 }];

describe('names, as a browser resolves them', () => {
  it('are asked for once, until the shortest TTL is over', async () => {
    const { asked, time, cache } = names(both, one);
    assert.deepEqual(await cache.lookup('shop.example.com'), ['203.0.113.1', '203.0.113.2']);
    time.now = 29_999;
    assert.equal((await cache.lookup('shop.example.com')).length, 2);
    assert.equal(asked.length, 1);
    time.now = 30_000;
    assert.deepEqual(await cache.lookup('shop.example.com'), ['203.0.113.2']);
    assert.equal(asked.length, 2);
  });

  it('are asked for once by all who ask at the same time', async () => {
    const { asked, cache } = names(one);
    await Promise.all([cache.lookup('shop.example.com'), cache.lookup('shop.example.com')]);
    assert.equal(asked.length, 1);
  });

  it('that are out of date are not used when nobody answers, and are asked for again', async () => {
    const { time, cache } = names(one, 'fails', one);
    await cache.lookup('shop.example.com');
    time.now = 60_000;
    await assert.rejects(cache.lookup('shop.example.com'), /SERVFAIL/);
    assert.deepEqual(await cache.lookup('shop.example.com'), ['203.0.113.2']);
  });

  it('without an address are an error', async () => {
    const { cache } = names([]);
    await assert.rejects(cache.lookup('shop.example.com'), /has no address/);
  });
});
