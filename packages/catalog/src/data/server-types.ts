import { unknownFigure } from '../figure.js';
import type { Deprecation, Figure, LocationName, ServerType, ServerTypeAtLocation } from '../types.js';
import { figure } from './figures.js';
import type { SourceKey } from './sources.js';

type Offer = ServerType['perLocation'];

interface Series {
  readonly architecture: ServerType['architecture'];
  readonly cpuType: ServerType['cpuType'];
  readonly category: string;
}

const europe: readonly LocationName[] = ['fsn1', 'hel1', 'nbg1'];
const america: readonly LocationName[] = ['ash', 'hil'];
const singapore: readonly LocationName[] = ['sin'];

const costOptimized: Series = { architecture: 'x86', cpuType: 'shared', category: 'cost_optimized' };
const arm: Series = { architecture: 'arm', cpuType: 'shared', category: 'cost_optimized' };
const regular: Series = { architecture: 'x86', cpuType: 'shared', category: 'regular_purpose' };
const dedicated: Series = { architecture: 'x86', cpuType: 'dedicated', category: 'general_purpose' };

/** Second CX and first CPX generation, as the API says of cx32 in fsn1; docs.hetzner.cloud/changelog, 2025-10-16. */
const endOf2025: Deprecation = { announced: '2025-10-16', unavailableAfter: '2025-12-31' };

const bytesPerTb = 2 ** 40;

/** Net EUR a month. */
function euros(value: number, source: SourceKey): Figure {
  return figure(value, source);
}

function traffic(terabytes: number): Figure {
  return figure(terabytes * bytesPerTb, 'traffic-2025-10');
}

function at(locations: readonly LocationName[], offer: ServerTypeAtLocation): Offer {
  return Object.fromEntries(locations.map((location) => [location, offer]));
}

function sold(locations: readonly LocationName[], monthly: Figure, includedTrafficBytes: Figure): Offer {
  return at(locations, {
    available: 'unknown',
    recommended: true,
    monthly,
    hourly: unknownFigure,
    includedTrafficBytes,
  });
}

function retired(locations: readonly LocationName[]): Offer {
  return at(locations, {
    available: false,
    recommended: false,
    deprecation: endOf2025,
    monthly: unknownFigure,
    hourly: unknownFigure,
    includedTrafficBytes: unknownFigure,
  });
}

function type(
  series: Series,
  name: string,
  cores: number,
  memory: number,
  disk: number,
  ...offers: Offer[]
): ServerType {
  const perLocation: Offer = Object.assign({}, ...offers);
  return { name, description: name.toUpperCase(), cores, memory, disk, ...series, perLocation };
}

/** Ampere, Europe only. */
const caxTypes: readonly ServerType[] = [
  type(arm, 'cax11', 2, 4, 40, sold(europe, euros(5.99, 'plan-pages-2026-09'), traffic(20))),
  type(arm, 'cax21', 4, 8, 80, sold(europe, euros(10.49, 'plan-pages-2026-09'), traffic(20))),
  type(arm, 'cax31', 8, 16, 160, sold(europe, euros(20.99, 'plan-pages-2026-09'), traffic(20))),
  type(arm, 'cax41', 16, 32, 320, sold(europe, euros(40.99, 'plan-pages-2026-09'), traffic(20))),
];

/** Dedicated cores, everywhere; outside Europe with less traffic and at prices that are not known. */
function ccx(name: string, size: readonly [number, number, number], monthly: Figure, tb: readonly [number, number]) {
  return type(
    dedicated,
    name,
    ...size,
    sold(europe, monthly, traffic(tb[0])),
    sold([...america, ...singapore], unknownFigure, traffic(tb[1])),
  );
}

const ccxTypes: readonly ServerType[] = [
  ccx('ccx13', [2, 8, 80], euros(42.99, 'prices-2026-09-08'), [20, 1]),
  ccx('ccx23', [4, 16, 160], euros(85.99, 'prices-2026-09-08'), [20, 2]),
  ccx('ccx33', [8, 32, 240], euros(138.49, 'prices-2026-09-08'), [30, 3]),
  ccx('ccx43', [16, 64, 360], euros(275.99, 'prices-2026-09-08'), [40, 4]),
  ccx('ccx53', [32, 128, 600], euros(533.49, 'eu-cloud-prices-2026-08'), [50, 6]),
  ccx('ccx63', [48, 192, 960], euros(853.49, 'eu-cloud-prices-2026-08'), [60, 8]),
];

/** First CPX generation: sold in the United States, retired in Europe. */
function cpx1(name: string, size: readonly [number, number, number], monthly: number, tb: number) {
  return type(
    regular,
    name,
    ...size,
    sold(america, euros(monthly, 'eu-cloud-prices-2026-08'), traffic(tb)),
    retired(europe),
  );
}

/** Second CPX generation: sold in Europe and Singapore. */
function cpx2(
  name: string,
  size: readonly [number, number, number],
  inEurope: Figure,
  inSingapore: Figure,
  tb: readonly [Figure, Figure],
) {
  return type(regular, name, ...size, sold(europe, inEurope, tb[0]), sold(singapore, inSingapore, tb[1]));
}

const cpxTypes: readonly ServerType[] = [
  cpx1('cpx11', [2, 2, 40], 17.49, 1),
  cpx2('cpx12', [1, 2, 40], euros(11.49, 'plan-pages-2026-09'), euros(15.49, 'plan-pages-2026-09'), [
    unknownFigure,
    traffic(0.5),
  ]),
  cpx1('cpx21', [3, 4, 80], 31.99, 2),
  cpx2('cpx22', [2, 4, 80], euros(19.49, 'prices-2026-09-08'), euros(26.49, 'plan-pages-2026-09'), [
    traffic(20),
    traffic(1),
  ]),
  cpx1('cpx31', [4, 8, 160], 62.49, 3),
  cpx2('cpx32', [4, 8, 160], euros(35.49, 'prices-2026-09-08'), unknownFigure, [traffic(20), traffic(2)]),
  cpx1('cpx41', [8, 16, 240], 120.49, 4),
  cpx2('cpx42', [8, 16, 320], euros(69.49, 'prices-2026-09-08'), unknownFigure, [traffic(20), traffic(3)]),
  cpx1('cpx51', [16, 32, 360], 237.99, 5),
  cpx2('cpx52', [12, 24, 480], euros(100.49, 'prices-2026-09-08'), unknownFigure, [traffic(20), traffic(4)]),
  cpx2('cpx62', [16, 32, 640], euros(129.99, 'prices-2026-09-08'), unknownFigure, [traffic(20), traffic(5)]),
];

/** Third CX generation, Europe only, and the second, retired. */
const cxTypes: readonly ServerType[] = [
  type(costOptimized, 'cx22', 2, 4, 40, retired(europe)),
  type(costOptimized, 'cx23', 2, 4, 40, sold(europe, euros(5.49, 'prices-2026-09-08'), traffic(20))),
  type(costOptimized, 'cx32', 4, 8, 80, retired(europe)),
  type(costOptimized, 'cx33', 4, 8, 80, sold(europe, euros(8.49, 'prices-2026-09-08'), traffic(20))),
  type(costOptimized, 'cx42', 8, 16, 160, retired(europe)),
  type(costOptimized, 'cx43', 8, 16, 160, sold(europe, euros(15.99, 'prices-2026-09-08'), traffic(20))),
  type(costOptimized, 'cx52', 16, 32, 320, retired(europe)),
  type(costOptimized, 'cx53', 16, 32, 320, sold(europe, euros(29.49, 'prices-2026-09-08'), traffic(20))),
];

/** Sorted by name. */
export const serverTypes: readonly ServerType[] = [...caxTypes, ...ccxTypes, ...cpxTypes, ...cxTypes];
