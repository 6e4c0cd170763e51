import type { Catalog, Figure } from './types.js';

/** Every figure of a catalogue. */
export function figuresOf(catalog: Catalog): Figure[] {
  const { prices } = catalog;
  const offers = catalog.serverTypes.flatMap((type) => Object.values(type.perLocation));
  return [
    ...offers.flatMap((offer) => [offer.monthly, offer.hourly, offer.includedTrafficBytes]),
    prices.volumePerGbMonth,
    prices.snapshotPerGbMonth,
    prices.serverBackupPercent,
    ...Object.values(prices.primaryIpv4),
    ...Object.values(prices.floatingIpv4),
    ...Object.values(prices.floatingIpv6),
    ...Object.values(prices.trafficPerTb),
    ...Object.values(prices.objectStorage),
  ];
}
