import assert from 'node:assert/strict';
import {
  bundledCatalog,
  type Catalog,
  catalogFromApi,
  findServerType,
  isSold,
  monthlyPrice,
  nearestTypes,
  parseCatalog,
  serializeCatalog,
} from '@groundplan/catalog';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { answersOf } from './fixtures/api-answers.js';

const date = '2026-11-24';

/** One server type in the shape of the API, as it was recorded in 2026. */
const cpx21 = {
  id: 23,
  name: 'cpx21',
  description: 'CPX21',
  category: 'regular_purpose',
  cores: 3,
  memory: 4,
  disk: 80,
  storage_type: 'local',
  cpu_type: 'shared',
  architecture: 'x86',
  deprecated: false,
  deprecation: null,
  locations: [
    {
      id: 1,
      name: 'fsn1',
      available: false,
      recommended: false,
      deprecation: { announced: '2025-10-16T06:00:00Z', unavailable_after: '2025-12-31T23:59:59Z' },
    },
    { id: 4, name: 'ash', available: true, recommended: true, deprecation: null },
    { id: 9, name: 'syd1', available: true, recommended: true, deprecation: null },
  ],
  prices: [
    {
      location: 'ash',
      price_hourly: { net: '0.0513000000', gross: '0.0513000000' },
      price_monthly: { net: '32.9900000000', gross: '32.9900000000' },
      included_traffic: 2_199_023_255_552,
      price_per_tb_traffic: { net: '1.0000000000', gross: '1.0000000000' },
    },
  ],
};

function updated(change: object = {}, base = bundledCatalog): { value: Catalog; problems: readonly string[] } {
  const { value, problems } = catalogFromApi({ ...answersOf(base), ...change }, base, date);
  assert.ok(value, problems.join('\n'));
  return { value, problems };
}

function pricing(change: object): object {
  const answer = answersOf(bundledCatalog).pricing as { pricing: object };
  return { pricing: { pricing: { ...answer.pricing, ...change } } };
}

describe('catalogFromApi', () => {
  it('makes the same offer out of its own answers, dated, with stock and the user as the source', () => {
    const { value, problems } = updated();
    assert.deepEqual(problems, []);
    assert.equal(value.date, date);
    assert.equal(value.sources['api-2026-11-24']?.kind, 'user');
    assert.deepEqual(value.locations, bundledCatalog.locations);
    assert.deepEqual(value.images, bundledCatalog.images);
    assert.deepEqual(value.limits, bundledCatalog.limits);
    assert.deepEqual(monthlyPrice(value, 'cx23', 'hel1'), { known: true, value: 5.49, source: 'api-2026-11-24' });
    for (const { name, perLocation, ...rest } of bundledCatalog.serverTypes) {
      const found = findServerType(value, name);
      assert.deepEqual(
        { ...found, perLocation: undefined, name: undefined },
        { ...rest, perLocation: undefined, name: undefined },
      );
      for (const { name: location } of bundledCatalog.locations) {
        assert.equal(isSold(value, name, location), isSold(bundledCatalog, name, location), `${name} ${location}`);
        assert.equal(found?.perLocation[location]?.recommended, perLocation[location]?.recommended);
      }
      for (const offer of Object.values(found?.perLocation ?? {})) {
        assert.equal(offer.available, offer.deprecation === undefined);
      }
    }
  });

  it('makes a catalogue that can be written and read', () => {
    const { value } = updated();
    assert.deepEqual(parseCatalog(JSON.parse(serializeCatalog(value))), { value, problems: [] });
  });

  it('reads a server type as the API gives it', () => {
    const { value } = updated({ serverTypes: { server_types: [cpx21] } });
    const figure = (known: number) => ({ known: true, value: known, source: 'api-2026-11-24' });
    assert.deepEqual(findServerType(value, 'cpx21'), {
      name: 'cpx21',
      description: 'CPX21',
      cores: 3,
      memory: 4,
      disk: 80,
      architecture: 'x86',
      cpuType: 'shared',
      category: 'regular_purpose',
      perLocation: {
        fsn1: {
          available: false,
          recommended: false,
          deprecation: { announced: '2025-10-16', unavailableAfter: '2025-12-31' },
          monthly: { known: false },
          hourly: { known: false },
          includedTrafficBytes: { known: false },
        },
        ash: {
          available: true,
          recommended: true,
          monthly: figure(32.99),
          hourly: figure(0.0513),
          includedTrafficBytes: figure(2 ** 41),
        },
      },
    });
    assert.deepEqual(value.prices.trafficPerTb.ash, figure(1));
  });

  it('keeps a type that is gone without a location, so that it still has a nearest one', () => {
    const answers = answersOf(bundledCatalog).serverTypes as { server_types: { name: string }[] };
    const left = answers.server_types.filter(({ name }) => name !== 'cx23');
    const { value } = updated({ serverTypes: { server_types: left } });
    assert.equal(isSold(value, 'cx23', 'fsn1'), 'no');
    assert.deepEqual(
      nearestTypes(value, 'cx23', 'fsn1', 1).map(({ name }) => name),
      ['cpx22'],
    );
  });

  it('knows a type that is new', () => {
    const cx24 = { ...cpx21, name: 'cx24', description: 'CX24', category: undefined };
    const { value } = updated({ serverTypes: { server_types: [cx24] } });
    assert.equal(isSold(value, 'cx24', 'ash'), 'yes');
    assert.equal(findServerType(value, 'cx24')?.category, 'shared');
  });

  it('keeps what the API does not say, with its older source', () => {
    const { value } = updated(pricing({ floating_ips: [], primary_ips: [] }));
    assert.deepEqual(value.prices.primaryIpv4, bundledCatalog.prices.primaryIpv4);
    assert.deepEqual(value.prices.objectStorage, bundledCatalog.prices.objectStorage);
    assert.deepEqual(value.prices.floatingIpv4.fsn1, { known: false });
  });

  it('learns prices that the bundled catalogue does not know', () => {
    const prices = [{ location: 'fsn1', price_monthly: { net: '3.0000000000', gross: '3.5700000000' } }];
    const { value } = updated(pricing({ floating_ips: [{ type: 'ipv4', prices }] }));
    assert.deepEqual(value.prices.floatingIpv4.fsn1, { known: true, value: 3, source: 'api-2026-11-24' });
    assert.deepEqual(value.prices.floatingIpv4.nbg1, { known: false });
  });

  it('keeps the older sources that are still needed, and no others', () => {
    const { value } = updated();
    assert.deepEqual(Object.keys(value.sources).sort(), [
      'api-2026-11-24',
      'eu-cloud-prices-2026-08',
      'object-storage-docs',
    ]);
    const later = catalogFromApi(answersOf(bundledCatalog), value, '2027-01-15').value;
    assert.deepEqual(Object.keys(later?.sources ?? {}).sort(), [
      'api-2027-01-15',
      'eu-cloud-prices-2026-08',
      'object-storage-docs',
    ]);
  });

  it('leaves out prices in another currency and says so', () => {
    const { value, problems } = updated(pricing({ currency: 'USD' }));
    assert.deepEqual(problems, ['pricing.currency: prices in USD are left out, the older ones stay']);
    assert.deepEqual(monthlyPrice(value, 'cx23', 'fsn1'), monthlyPrice(bundledCatalog, 'cx23', 'fsn1'));
    assert.deepEqual(value.prices.volumePerGbMonth, bundledCatalog.prices.volumePerGbMonth);
  });

  it('leaves out a location that this version does not know and says so', () => {
    const answer = answersOf(bundledCatalog).locations as { locations: object[] };
    const sydney = { ...answer.locations[0], name: 'syd1', network_zone: 'ap-southeast' };
    const { value, problems } = updated({ locations: { locations: [...answer.locations, sydney] } });
    assert.deepEqual(problems, ['locations: "syd1" (ap-southeast) is not known to this version and is left out']);
    assert.deepEqual(value.locations, bundledCatalog.locations);
  });

  it('keeps a type that it cannot read as it was and says so', () => {
    const answers = answersOf(bundledCatalog).serverTypes as { server_types: { name: string }[] };
    const types = answers.server_types.map((type) =>
      type.name === 'cx23' ? { ...type, architecture: 'riscv' } : type,
    );
    const { value, problems } = updated({ serverTypes: { server_types: types } });
    assert.equal(problems.length, 1);
    assert.match(problems[0] ?? '', /^server_types\[\d+\]\.architecture: expected one of "arm", "x86", found "riscv"$/);
    assert.deepEqual(findServerType(value, 'cx23'), findServerType(bundledCatalog, 'cx23'));
  });

  it('takes the architectures of images from the API, and tells of an image that is gone', () => {
    const images = [
      { id: 1, type: 'system', name: 'debian-12', architecture: 'x86', deprecated: null },
      { id: 2, type: 'snapshot', name: null, architecture: 'arm', deprecated: null },
      { id: 3, type: 'system', name: 'debian-13', architecture: 'x86', deprecated: null },
      { id: 4, type: 'system', name: 'debian-13', architecture: 'arm', deprecated: null },
      { id: 5, type: 'system', name: 'ubuntu-24.04', architecture: 'x86', deprecated: '2026-11-01T00:00:00Z' },
    ];
    const { value, problems } = updated({ images: { images } });
    assert.deepEqual(problems, ['images: ubuntu-24.04 is not offered, or only until its end']);
    assert.deepEqual(
      value.images.map(({ architectures }) => architectures),
      [['x86'], ['arm', 'x86'], ['arm', 'x86']],
    );
  });

  it('has no value when an answer is not what was asked for', () => {
    const answers = answersOf(bundledCatalog);
    const error = { error: { code: 'unauthorized', message: 'unable to authenticate' } };
    assert.deepEqual(catalogFromApi({ ...answers, locations: error }, bundledCatalog, date), {
      value: undefined,
      problems: ['locations: the answer has no list "locations"'],
    });
    assert.deepEqual(catalogFromApi({ ...answers, pricing: error }, bundledCatalog, date), {
      value: undefined,
      problems: ['pricing: expected an object, found nothing'],
    });
    assert.deepEqual(catalogFromApi(answers, bundledCatalog, 'today'), {
      value: undefined,
      problems: ['date: expected a date like 2026-10-04, found "today"'],
    });
  });

  it('never throws, whatever the answers', () => {
    const answers = answersOf(bundledCatalog);
    fc.assert(
      fc.property(fc.constantFrom('locations', 'serverTypes', 'pricing', 'images'), fc.jsonValue(), (key, json) => {
        const { value, problems } = catalogFromApi({ ...answers, [key]: json }, bundledCatalog, date);
        assert.ok(value !== undefined || problems.length > 0);
      }),
    );
  });

  it('never throws, and makes what can be read again, whatever is in a list', () => {
    const item = fc.record(
      {
        name: fc.constantFrom('cx23', 'fsn1', '__proto__', 'debian-12'),
        locations: fc.jsonValue(),
        prices: fc.jsonValue(),
        cores: fc.double(),
        network_zone: fc.string(),
      },
      { requiredKeys: ['name'] },
    );
    fc.assert(
      fc.property(fc.array(item), (items) => {
        const { value } = updated({ serverTypes: { server_types: items }, locations: { locations: items } });
        assert.deepEqual(parseCatalog(JSON.parse(serializeCatalog(value))).problems, []);
      }),
      { numRuns: 50 },
    );
  });
});
