import assert from 'node:assert/strict';
import type { PlacementGroupShape } from '@groundplan/hetzner-api';
import { describe, it } from 'mocha';
import { type Client, refusedFields, succeeded, withApi } from './support/client.js';
import { makePlacementGroup } from './support/make.js';

interface List {
  readonly placement_groups: readonly PlacementGroupShape[];
  readonly meta: { readonly pagination: object };
}

async function makeGroups(client: Client, count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    client.clock.now += 1_000;
    // Names fall as ids rise, so that an order by name is none by id.
    await makePlacementGroup(client, `group-${String(90 - index)}`);
  }
}

const names = (list: List): string[] => list.placement_groups.map((group) => group.name);

describe('a list', () => {
  it('of nothing has one empty page', async () => {
    await withApi({}, async (client) => {
      assert.deepEqual(succeeded(await client.get<List>('/placement_groups')), {
        placement_groups: [],
        meta: {
          pagination: { page: 1, per_page: 25, previous_page: null, next_page: null, last_page: 1, total_entries: 0 },
        },
      });
    });
  });

  it('is cut into pages, which body and Link header describe', async () => {
    await withApi({}, async (client) => {
      await makeGroups(client, 12);
      const answer = await client.get<List>('/placement_groups?page=2&per_page=5&label_selector=');
      assert.equal(answer.body.placement_groups.length, 5);
      assert.deepEqual(answer.body.meta.pagination, {
        page: 2,
        per_page: 5,
        previous_page: 1,
        next_page: 3,
        last_page: 3,
        total_entries: 12,
      });
      const target = `${client.api.url}/placement_groups`;
      assert.equal(
        answer.headers.get('Link'),
        [
          `<${target}?page=1&per_page=5&label_selector=>; rel="prev"`,
          `<${target}?page=3&per_page=5&label_selector=>; rel="next"`,
          `<${target}?page=3&per_page=5&label_selector=>; rel="last"`,
        ].join(', '),
      );
    });
  });

  it('has 25 a page by default and 50 at most', async () => {
    await withApi({}, async (client) => {
      await makeGroups(client, 30);
      const perPage = async (query: string): Promise<unknown> =>
        succeeded(await client.get<List>(`/placement_groups${query}`)).meta.pagination;
      assert.equal(names(succeeded(await client.get<List>('/placement_groups'))).length, 25);
      assert.deepEqual(await perPage('?per_page=1000'), {
        page: 1,
        per_page: 50,
        previous_page: null,
        next_page: null,
        last_page: 1,
        total_entries: 30,
      });
    });
  });

  it('refuses pages that are none', async () => {
    await withApi({}, async (client) => {
      refusedFields(await client.get('/placement_groups?page=0'), 'page');
      refusedFields(await client.get('/placement_groups?page=x'), 'page');
      refusedFields(await client.get('/placement_groups?per_page=-1'), 'per_page');
    });
  });

  it('is sorted by the fields asked for', async () => {
    await withApi({}, async (client) => {
      await makeGroups(client, 3);
      const sorted = async (query: string): Promise<string[]> =>
        names(succeeded(await client.get<List>(`/placement_groups?${query}`)));
      assert.deepEqual(await sorted(''), ['group-90', 'group-89', 'group-88']);
      assert.deepEqual(await sorted('sort=name'), ['group-88', 'group-89', 'group-90']);
      assert.deepEqual(await sorted('sort=name:desc'), ['group-90', 'group-89', 'group-88']);
      assert.deepEqual(await sorted('sort=created:desc&sort=id:asc'), ['group-88', 'group-89', 'group-90']);
      refusedFields(await client.get('/placement_groups?sort=labels'), 'sort');
      refusedFields(await client.get('/placement_groups?sort=name:up'), 'sort');
      refusedFields(await client.get('/placement_groups?sort=constructor'), 'sort');
    });
  });

  it('is filtered by exact name', async () => {
    await withApi({}, async (client) => {
      await makeGroups(client, 3);
      const list = succeeded(await client.get<List>('/placement_groups?name=group-89'));
      assert.deepEqual(names(list), ['group-89']);
      assert.deepEqual(names(succeeded(await client.get<List>('/placement_groups?name=group'))), []);
    });
  });
});
