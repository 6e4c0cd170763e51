import assert from 'node:assert/strict';
import { type RunningApi, startApi } from '@groundplan/hetzner-api';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { DnsFailure } from '../../src/dns/api.js';
import { hetznerDns } from '../../src/dns/hetzner.js';
import { rulesOf } from '../../src/machine/rules.js';
import { askHetzner, recordSetAtHetzner, valuesOf } from '../support/apis.js';
import { within } from '../support/processes.js';
import { regionOf, service } from '../support/settings.js';

const token = 't'.repeat(64);
const targets = [
  { name: 'edge-1', a: '203.0.113.1', aaaa: '2001:DB8:0::1' },
  { name: 'edge-2', a: '203.0.113.2', aaaa: '2001:db8::2' },
];
const { sets } = rulesOf(regionOf({ services: [service(['example.com', 'shop.example.com'], targets)] }));
const nothing = { addresses: [], foreign: [], outdated: false, blocked: undefined };
const missing = { ...nothing, blocked: 'it is not there; "terraform apply" makes it' };
const drop = (set: string, addresses: readonly string[], remove: readonly string[]) => [
  { set, add: [], remove, addresses },
];

describe('record sets of Hetzner DNS', () => {
  let api: RunningApi;

  beforeEach(async () => {
    api = await startApi({ zones: ['example.com'], actionMilliseconds: 20 });
  });

  afterEach(() => api.close());

  const dns = (apiToken = token) =>
    hetznerDns({ provider: 'hetzner', api: api.url, zone: 'example.com' }, apiToken, 'shop', sets);

  const make = async (name: string, type: string, values: readonly string[], topology = 'shop') => {
    const records = values.map((value) => ({ value }));
    await post('', { name, type, ttl: 60, labels: { topology, team: 'a' }, records });
    await within(10, () => has(name, type, [...values].sort()));
  };

  const post = (path: string, body: object) => askHetzner(api, token, 'POST', `/zones/example.com/rrsets${path}`, body);

  const look = (name: string, type: string) => recordSetAtHetzner(api, token, name, type);

  const has = async (name: string, type: string, values: readonly string[]) =>
    assert.deepEqual(valuesOf(await look(name, type)), values);

  it('are read, the one of the zone itself too, with addresses in their short form', async () => {
    await make('@', 'A', ['203.0.113.1']);
    await make('shop', 'AAAA', ['2001:db8:0:0::2', '2001:db8::1']);
    await make('mail', 'A', ['192.0.2.25'], 'other');
    assert.deepEqual(Object.fromEntries(await dns().read()), {
      'example.com A': { ...nothing, addresses: ['203.0.113.1'] },
      'example.com AAAA': missing,
      'shop.example.com A': missing,
      'shop.example.com AAAA': { ...nothing, addresses: ['2001:db8::1', '2001:db8::2'] },
    });
  });

  it('are read from every page of a large zone', async () => {
    for (let index = 0; index < 101; index += 1) await make(`a${index}`, 'TXT', ['"text"'], 'other');
    await make('shop', 'A', ['203.0.113.1']);
    assert.deepEqual((await dns().read()).get('shop.example.com A')?.addresses, ['203.0.113.1']);
  }).timeout(60_000);

  it('are changed without their labels and their TTL', async () => {
    await make('shop', 'A', ['203.0.113.1', '203.0.113.2']);
    const client = dns();
    await client.read();
    await client.write(drop('shop.example.com A', ['203.0.113.1'], ['203.0.113.2']));
    const set = await look('shop', 'A');
    assert.deepEqual([valuesOf(set), set.ttl, set.labels], [['203.0.113.1'], 60, { topology: 'shop', team: 'a' }]);
  });

  it('keep what another host put there since they were read', async () => {
    await make('shop', 'A', ['203.0.113.1', '203.0.113.2', '203.0.113.3']);
    await dns().write(drop('shop.example.com A', ['203.0.113.1'], ['203.0.113.2']));
    await has('shop', 'A', ['203.0.113.1', '203.0.113.3']);
  });

  it('are not written when another host made the change already', async () => {
    await make('shop', 'A', ['203.0.113.1']);
    await dns().write(drop('shop.example.com A', ['203.0.113.1'], ['203.0.113.2']));
    assert.deepEqual(
      api.requests().filter(({ path }) => path.includes('set_records')),
      [],
    );
  });

  it('are never emptied: if nothing were left, all that is to be there is written', async () => {
    await make('shop', 'A', ['203.0.113.2']);
    await dns().write(drop('shop.example.com A', ['203.0.113.1'], ['203.0.113.2']));
    await has('shop', 'A', ['203.0.113.1']);
  });

  it('of somebody else are left alone, and so are protected ones', async () => {
    await make('shop', 'A', ['192.0.2.80'], 'other');
    await make('shop', 'AAAA', ['2001:db8::1']);
    await post('/shop/AAAA/actions/change_protection', { change: true });
    await new Promise((resolve) => setTimeout(resolve, 100));
    const client = dns();
    const found = await client.read();
    assert.deepEqual(found.get('shop.example.com A'), {
      ...nothing,
      foreign: ['192.0.2.80'],
      blocked: "it has not the label topology=shop, so that it is somebody else's",
    });
    assert.equal(found.get('shop.example.com AAAA')?.blocked, 'it is protected from changes');
    await assert.rejects(
      client.write(drop('shop.example.com A', ['203.0.113.1'], ['192.0.2.80'])),
      /label topology=shop/,
    );
    await has('shop', 'A', ['192.0.2.80']);
  });

  it('are written one by one: what fails does not keep the others', async () => {
    await make('shop', 'A', ['203.0.113.1', '203.0.113.2']);
    const changes = [
      ...drop('example.com A', ['203.0.113.1'], ['203.0.113.2']),
      ...drop('shop.example.com A', ['203.0.113.1'], ['203.0.113.2']),
    ];
    await assert.rejects(
      dns().write(changes),
      (error) => error instanceof DnsFailure && /^example\.com A: 404/.test(error.message),
    );
    await has('shop', 'A', ['203.0.113.1']);
  });

  const failures = [
    { what: 'a token that is none', token: 'x', kind: 'refused', retryAfter: undefined },
    { what: 'a limit of requests', fault: { status: 429 }, kind: 'unavailable', retryAfter: 60_000 },
    { what: 'a failing API', fault: { status: 503 }, kind: 'unavailable', retryAfter: undefined },
  ] as const;
  for (const failure of failures) {
    it(`fail by ${failure.what} as ${failure.kind}`, async () => {
      if ('fault' in failure) api.faults.add({ effect: { kind: 'response', ...failure.fault } });
      const client = dns('token' in failure ? failure.token : token);
      await assert.rejects(client.read(), (error) => {
        assert.ok(error instanceof DnsFailure);
        assert.deepEqual([error.problem.kind, error.problem.retryAfter], [failure.kind, failure.retryAfter]);
        return true;
      });
    });
  }

  it('fail when the connection breaks, and when the action does', async () => {
    await make('shop', 'A', ['203.0.113.1', '203.0.113.2']);
    api.faults.add({ count: 1, effect: { kind: 'disconnect' } });
    await assert.rejects(dns().read(), /127\.0\.0\.1: connection broken/);
    api.faults.add({ effect: { kind: 'action', code: 'action_failed', message: 'it failed' } });
    const change = drop('shop.example.com A', ['203.0.113.1'], ['203.0.113.2']);
    await assert.rejects(dns().write(change), /the change failed: it failed \(action_failed\)/);
  });
});
