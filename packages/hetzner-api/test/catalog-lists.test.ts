import assert from 'node:assert/strict';
import type { ImageShape, IsoShape, LocationShape, ServerTypeShape } from '@groundplan/hetzner-api';
import { describe, it } from 'mocha';
import { testCatalog } from './support/catalog.js';
import { refused, succeeded, withApi } from './support/client.js';

interface Lists {
  readonly locations: readonly LocationShape[];
  readonly server_types: readonly ServerTypeShape[];
  readonly images: readonly ImageShape[];
  readonly isos: readonly IsoShape[];
}

describe('locations', () => {
  it('have their zones', async () => {
    await withApi({}, async (client) => {
      const { locations } = succeeded(await client.get<Lists>('/locations'));
      assert.deepEqual(
        locations.map((location) => [location.id, location.name, location.network_zone]),
        [
          [1, 'fsn1', 'eu-central'],
          [2, 'nbg1', 'eu-central'],
          [3, 'hel1', 'eu-central'],
          [4, 'ash', 'us-east'],
          [5, 'hil', 'us-west'],
          [6, 'sin', 'ap-southeast'],
        ],
      );
      assert.deepEqual(succeeded(await client.get<{ location: LocationShape }>('/locations/1')).location, locations[0]);
      refused(await client.get('/locations/99'), 404, 'not_found');
    });
  });
});

describe('datacenters', () => {
  it('are gone', async () => {
    await withApi({}, async (client) => {
      refused(await client.get('/datacenters'), 410, 'deprecated_api_endpoint');
      refused(await client.get('/datacenters/1'), 410, 'deprecated_api_endpoint');
    });
  });
});

describe('server types', () => {
  it('are those of the catalogue, with what each location offers', async () => {
    await withApi({}, async (client) => {
      const { server_types } = succeeded(await client.get<Lists>('/server_types?name=cx33'));
      const [type] = server_types;
      assert.deepEqual([type?.cores, type?.memory, type?.disk, type?.architecture], [4, 8, 80, 'x86']);
      assert.deepEqual(
        type?.locations.map((location) => [location.name, location.available, location.deprecation]),
        [
          ['fsn1', true, null],
          ['nbg1', true, null],
          ['hel1', true, null],
        ],
      );
      assert.deepEqual(type?.prices[0]?.price_monthly, { net: '8.4900000000', gross: '10.1031000000' });
      assert.match(type?.prices[0]?.price_hourly.net ?? '', /^0\.0136/);
    });
  });

  it('have no price where none is known', async () => {
    await withApi({}, async (client) => {
      const { server_types } = succeeded(await client.get<Lists>('/server_types?name=cax11'));
      assert.deepEqual(server_types[0]?.prices, []);
      assert.ok((server_types[0]?.locations.length ?? 0) > 0);
    });
  });

  it('are found one by one', async () => {
    await withApi({}, async (client) => {
      const all = succeeded(await client.get<Lists>('/server_types?per_page=50')).server_types;
      assert.equal(all.length, testCatalog.serverTypes.length);
      for (const type of all) {
        const one = await client.get<{ server_type: ServerTypeShape }>(`/server_types/${type.id}`);
        assert.deepEqual(succeeded(one).server_type, type);
      }
      refused(await client.get('/server_types/0'), 404, 'not_found');
    });
  });

  it('show their deprecation and what is out of stock', async () => {
    await withApi({}, async (client) => {
      const first = async (name: string): Promise<ServerTypeShape['locations'][number] | undefined> =>
        succeeded(await client.get<Lists>(`/server_types?name=${name}`)).server_types[0]?.locations[0];
      assert.deepEqual((await first('ending'))?.deprecation, {
        announced: '2026-10-01T00:00:00+00:00',
        unavailable_after: '2027-01-01T00:00:00+00:00',
      });
      assert.equal((await first('empty'))?.available, false);
      assert.equal((await first('rumoured'))?.available, true);
    });
  });
});

describe('images', () => {
  it('are one for each name and architecture', async () => {
    await withApi({}, async (client) => {
      const { images } = succeeded(await client.get<Lists>('/images'));
      assert.deepEqual(images.map((image) => `${image.name} ${image.architecture}`).sort(), [
        'debian-12 arm',
        'debian-12 x86',
        'debian-13 arm',
        'debian-13 x86',
        'ubuntu-24.04 arm',
        'ubuntu-24.04 x86',
      ]);
    });
  });

  it('are filtered', async () => {
    await withApi({}, async (client) => {
      const count = async (query: string): Promise<number> =>
        succeeded(await client.get<Lists>(`/images?${query}`)).images.length;
      assert.equal(await count('name=debian-12'), 2);
      assert.equal(await count('name=debian-12&architecture=arm'), 1);
      assert.equal(await count('type=system'), 6);
      assert.equal(await count('type=snapshot&type=backup'), 0);
      assert.equal(await count('status=available&include_deprecated=true'), 6);
      assert.equal(await count('status=creating'), 0);
      assert.equal(await count('bound_to=42'), 0);
    });
  });

  it('of the system cannot be changed or deleted', async () => {
    await withApi({}, async (client) => {
      const { images } = succeeded(await client.get<Lists>('/images'));
      const path = `/images/${images[0]?.id}`;
      succeeded(await client.get(path));
      refused(await client.delete(path), 404, 'not_found');
      refused(await client.put(path, { description: 'mine' }), 404, 'not_found');
    });
  });
});

describe('ISOs', () => {
  it('are filtered by architecture', async () => {
    await withApi({}, async (client) => {
      const { isos } = succeeded(await client.get<Lists>('/isos?architecture=x86'));
      assert.equal(isos.length, 1);
      assert.deepEqual(succeeded(await client.get<Lists>('/isos?architecture=arm')).isos, []);
      succeeded(await client.get(`/isos/${isos[0]?.id}`));
      refused(await client.get('/isos/1'), 404, 'not_found');
    });
  });
});

describe('pricing', () => {
  it('has every part of its shape, and no entry where a price is unknown', async () => {
    await withApi({}, async (client) => {
      const { pricing } = succeeded(
        await client.get<{ pricing: { currency: string; server_types: { name: string; prices: object[] }[] } }>(
          '/pricing',
        ),
      );
      assert.deepEqual(Object.keys(pricing).sort(), [
        'currency',
        'floating_ip',
        'floating_ips',
        'image',
        'load_balancer_types',
        'primary_ips',
        'server_backup',
        'server_types',
        'vat_rate',
        'volume',
      ]);
      assert.equal(pricing.currency, 'EUR');
      assert.equal(pricing.server_types.find((type) => type.name === 'cx33')?.prices.length, 3);
      assert.equal(pricing.server_types.find((type) => type.name === 'cax11')?.prices.length, 0);
    });
  });
});
