import { bundledCatalog, type Catalog, type Figure, type LocationName, type ServerType } from '@groundplan/catalog';

const europe: readonly LocationName[] = ['fsn1', 'nbg1', 'hel1'];
const america: readonly LocationName[] = ['ash', 'hil'];

type Offer = NonNullable<ServerType['perLocation']['fsn1']>;

const unknown: Figure = { known: false };

function offer(monthly: number | undefined, more: Partial<Offer> = {}): Offer {
  return {
    available: true,
    recommended: true,
    monthly: monthly === undefined ? unknown : { known: true, value: monthly, source: 'test' },
    hourly: unknown,
    includedTrafficBytes: unknown,
    ...more,
  };
}

function type(
  name: string,
  [cores, memory, disk]: readonly [number, number, number],
  locations: readonly LocationName[],
  offered: Offer,
  more: Partial<ServerType> = {},
): ServerType {
  return {
    name,
    description: name.toUpperCase(),
    cores,
    memory,
    disk,
    architecture: 'x86',
    cpuType: 'shared',
    category: 'cost_optimized',
    perLocation: Object.fromEntries(locations.map((location) => [location, offered])),
    ...more,
  };
}

/** What is sold in the tests: the real types under their names, with figures that do not change with the market. */
export const testCatalog: Catalog = {
  ...bundledCatalog,
  serverTypes: [
    type('cax11', [2, 4, 40], europe, offer(undefined), { architecture: 'arm' }),
    type('ccx13', [2, 8, 80], [...europe, ...america, 'sin'], offer(42.99), { cpuType: 'dedicated' }),
    type('cpx11', [2, 2, 40], america, offer(17.49)),
    type('cx23', [2, 4, 40], europe, offer(5.49)),
    type('cx33', [4, 8, 80], europe, offer(8.49)),
    type('cx43', [8, 16, 160], europe, offer(15.99)),
    type('empty', [2, 4, 40], europe, offer(1, { available: false })),
    type(
      'ending',
      [2, 4, 40],
      europe,
      offer(1, { deprecation: { announced: '2026-10-01', unavailableAfter: '2027-01-01' } }),
    ),
    type(
      'gone',
      [2, 4, 40],
      europe,
      offer(1, { deprecation: { announced: '2025-10-01', unavailableAfter: '2026-01-01' } }),
    ),
    type('rumoured', [2, 4, 40], ['sin'], offer(undefined, { available: 'unknown' })),
  ],
};
