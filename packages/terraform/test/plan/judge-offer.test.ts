import assert from 'node:assert/strict';
import { bundledCatalog, type Catalog, type ServerType } from '@groundplan/catalog';
import { judgeOffer, ordersServers } from '@groundplan/terraform';
import { describe, it } from 'mocha';
import type { ShownChange } from '../../../../test/support/shown-plan.js';
import { contextOf, placed, said } from './support.js';

const context = contextOf();

const server = (ordinal: number, type: string, location = 'fsn1') => ({
  name: `shop-falkenstein-app-web-${ordinal}`,
  server_type: type,
  location,
});
const address = (ordinal: number) => `hcloud_server.falkenstein_app_web_${ordinal}`;
const created = (ordinal: number, type: string, location?: string): ShownChange => ({
  address: address(ordinal),
  actions: ['create'],
  after: server(ordinal, type, location),
});

function judged(changes: readonly ShownChange[], offer: Catalog = bundledCatalog): string[] {
  return said(context, judgeOffer(context, placed(context, changes), offer));
}

/** The bundled catalogue with one type changed. */
function withType(name: string, change: (type: ServerType) => ServerType): Catalog {
  return {
    ...bundledCatalog,
    serverTypes: bundledCatalog.serverTypes.map((type) => (type.name === name ? change(type) : type)),
  };
}

describe('what Hetzner sells today', () => {
  it('is held against every server that is made, at its type', () => {
    assert.deepEqual(judged([created(1, 'cx99'), created(2, 'cx99')]), [
      '13:11 cx33 | error plan/not-sold Hetzner knows no server type cx99, so that it would refuse shop-falkenstein-app-web-1, shop-falkenstein-app-web-2: choose another type',
    ]);
    assert.deepEqual(judged([created(1, 'cx33', 'ash')]), [
      '13:11 cx33 | error plan/not-sold Hetzner does not sell cx33 in ash today, so that it would refuse shop-falkenstein-app-web-1: choose another type',
    ]);
  });

  it('is held against every server that is rescaled or replaced', () => {
    const rescaled = { address: address(1), actions: ['update'], before: server(1, 'cx33'), after: server(1, 'cx99') };
    assert.match(judged([rescaled]).join(), /^13:11 cx33 \| error plan\/not-sold /);
    const replaced = {
      address: address(1),
      actions: ['delete', 'create'],
      before: server(1, 'cx99'),
      after: server(1, 'cx99'),
    };
    assert.match(judged([replaced]).join(), /^13:11 cx33 \| error plan\/not-sold /);
  });

  it('does not matter to a server that keeps its type, or goes', () => {
    const kept = [
      {
        address: address(1),
        actions: ['update'],
        before: { ...server(1, 'cx99'), labels: {} },
        after: { ...server(1, 'cx99'), labels: { a: '1' } },
      },
      { address: address(2), actions: ['delete'], before: server(2, 'cx99') },
      { address: 'hcloud_network.falkenstein', actions: ['create'], after: {} },
    ];
    assert.deepEqual(judged(kept), []);
    assert.equal(ordersServers(placed(context, kept)), false);
    assert.equal(ordersServers(placed(context, [created(1, 'cx33')])), true);
  });

  it('is a type that is deprecated, but still to be had', () => {
    const ending = { announced: '2026-01-01', unavailableAfter: '2099-01-01' };
    const deprecated = (unavailableAfter: string) =>
      withType('cx33', (type) => ({
        ...type,
        perLocation: {
          ...type.perLocation,
          ...(type.perLocation.fsn1 && {
            fsn1: { ...type.perLocation.fsn1, deprecation: { ...ending, unavailableAfter } },
          }),
        },
      }));
    assert.deepEqual(judged([created(1, 'cx33')], deprecated('2099-01-01')), []);
    assert.match(judged([created(1, 'cx33')], deprecated('2026-02-01')).join(), /does not sell cx33 in fsn1 today/);
  });

  it('is warned about when it is out of stock', () => {
    const stock = (available: boolean | 'unknown') =>
      withType('cx33', (type) => ({
        ...type,
        perLocation: {
          ...type.perLocation,
          ...(type.perLocation.fsn1 && { fsn1: { ...type.perLocation.fsn1, available } }),
        },
      }));
    assert.deepEqual(judged([created(1, 'cx33')], stock(false)), [
      '13:11 cx33 | warning plan/out-of-stock cx33 is out of stock in fsn1 at the moment, so that Hetzner may refuse shop-falkenstein-app-web-1: wait, or choose another type',
    ]);
    assert.deepEqual(judged([created(1, 'cx33')], stock(true)), []);
    assert.deepEqual(judged([created(1, 'cx33')], stock('unknown')), []);
  });
});
