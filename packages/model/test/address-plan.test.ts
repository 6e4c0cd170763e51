import assert from 'node:assert/strict';
import { analyse, contains, type Host, parseAddress, parseRange } from '@groundplan/model';
import fc from 'fast-check';
import { describe, it } from 'mocha';

interface Entities {
  readonly regions: readonly string[];
  readonly apps: Readonly<Record<string, number>>;
  readonly balancers: Readonly<Record<string, number>>;
  readonly databases: Readonly<Record<string, number>>;
}

const locations = ['fsn1', 'nbg1', 'hel1'];

function topology({ regions, apps, balancers, databases }: Entities): string {
  const map = (entries: readonly string[]) => entries.map((entry) => `  ${entry}\n`).join('');
  return `topology: v1
name: shop
regions:
${map(regions.map((name) => `${name}: { location: ${locations[Number(name.slice(1))]} }`))}load_balancers:
${map(Object.entries(balancers).map(([name, count]) => `${name}: { count: ${count} }`))}apps:
${map(Object.entries(apps).map(([name, count]) => `${name}: { count: ${count} }`))}databases:
${map(Object.entries(databases).map(([name, standby]) => `${name}: { standby: ${standby} }`))}`;
}

function hostsOf(entities: Entities): Map<string, Host> {
  return new Map(analyse(topology(entities)).model.hosts.map((host) => [host.key, host]));
}

const name = fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/);
const arbitraryEntities: fc.Arbitrary<Entities> = fc.record({
  regions: fc.subarray(['r0', 'r1', 'r2'], { minLength: 1 }),
  apps: fc.dictionary(name, fc.integer({ min: 0, max: 80 }), { minKeys: 1, maxKeys: 4 }),
  balancers: fc.dictionary(name, fc.integer({ min: 1, max: 10 }), { minKeys: 1, maxKeys: 2 }),
  databases: fc.dictionary(name, fc.integer({ min: 0, max: 4 }), { maxKeys: 3 }),
});

describe('the address plan', () => {
  it('is the one of the language reference', () => {
    const hosts = hostsOf({ regions: ['r0'], apps: { web: 2 }, balancers: { edge: 1 }, databases: { main: 1 } });
    assert.deepEqual(
      [...hosts.values()].map(({ name, address }) => [name, address]),
      [
        ['shop-r0-app-web-1', '10.10.123.2'],
        ['shop-r0-app-web-2', '10.10.123.3'],
        ['shop-r0-db-main-1', '10.10.199.146'],
        ['shop-r0-db-main-2', '10.10.199.147'],
        ['shop-r0-lb-edge-1', '10.10.128.242'],
      ],
    );
  });

  it('keeps every host inside the range of its region, off the gateway', () => {
    fc.assert(
      fc.property(arbitraryEntities, (entities) => {
        for (const { address, region } of hostsOf(entities).values()) {
          const range = parseRange(region?.cidr.value ?? '');
          const number = parseAddress(address);
          assert.ok(range && number !== undefined && contains(range, number));
          assert.notEqual(number, range.base + 1);
        }
      }),
    );
  });

  it('gives two hosts of one tier the same address only where region/address-clash is reported', () => {
    fc.assert(
      fc.property(arbitraryEntities, (entities) => {
        const { model, diagnostics } = analyse(topology(entities));
        const addresses = model.hosts.map(({ address }) => address);
        const clash = new Set(addresses).size < addresses.length;
        if (clash) assert.ok(diagnostics.some(({ code }) => code === 'region/address-clash'));
      }),
    );
  });

  it('moves nothing when a server, an entity or a region is added', () => {
    fc.assert(
      fc.property(arbitraryEntities, arbitraryEntities, (before, added) => {
        const after: Entities = {
          regions: [...new Set([...added.regions, ...before.regions])],
          apps: { ...added.apps, ...before.apps },
          balancers: { ...added.balancers, ...before.balancers },
          databases: { ...added.databases, ...before.databases },
        };
        const now = hostsOf(after);
        for (const [key, host] of hostsOf(before)) {
          assert.equal(now.get(key)?.address, host.address);
          assert.equal(now.get(key)?.name, host.name);
        }
      }),
    );
  });

  it('keeps address and key of what is renamed, however often', () => {
    const text = (key: string, more: string) =>
      `topology: v1\nname: shop\nregion: fsn1\napps:\n  ${key}: { count: 1${more} }\n`;
    const [first] = analyse(text('web', '')).model.hosts;
    for (const [key, more] of [
      ['front', ', renamed_from: web'],
      ['site', ', renamed_from: web'],
    ] as const) {
      const [host] = analyse(text(key, more)).model.hosts;
      assert.equal(host?.address, first?.address);
      assert.equal(host?.key, first?.key);
      assert.equal(host?.name, `shop-fsn1-app-${key}-1`);
    }
  });

  it('takes a written slot before the hash of the name', () => {
    const [host] = analyse('topology: v1\nname: shop\nregion: fsn1\napps:\n  web: { count: 1, slot: 3 }\n').model.hosts;
    assert.equal(host?.address, '10.10.1.130');
  });
});
