import type { FigurePerLocation } from '@groundplan/catalog';
import { type Offer, renderFigure, renderPrice, vatRate } from './offer.js';

/**
 * `/pricing`. Lists leave out what has no known price; single figures that the shape demands are 0 where nobody knows
 * them. Load balancers of Hetzner are not in the catalogue.
 */
export function renderPricing(offer: Offer): object {
  const { prices, currency } = offer.catalog;
  return {
    currency,
    vat_rate: vatRate,
    image: { price_per_gb_month: renderFigure(prices.snapshotPerGbMonth) },
    volume: { price_per_gb_month: renderFigure(prices.volumePerGbMonth) },
    server_backup: {
      percentage: (prices.serverBackupPercent.known ? prices.serverBackupPercent.value : 0).toFixed(10),
    },
    floating_ip: { price_monthly: renderFigure(prices.floatingIpv4.fsn1) },
    floating_ips: [
      { type: 'ipv4', prices: monthly(offer, prices.floatingIpv4) },
      { type: 'ipv6', prices: monthly(offer, prices.floatingIpv6) },
    ],
    primary_ips: [
      { type: 'ipv4', prices: monthlyAndHourly(offer, prices.primaryIpv4) },
      // A primary IPv6 costs nothing.
      {
        type: 'ipv6',
        prices: offer.locations.map((location) => ({
          location: location.name,
          price_hourly: renderPrice(0),
          price_monthly: renderPrice(0),
        })),
      },
    ],
    server_types: offer.serverTypes.map((type) => ({ id: type.id, name: type.name, prices: type.prices })),
    load_balancer_types: [],
  };
}

function known(offer: Offer, figures: FigurePerLocation) {
  return offer.locations.flatMap((location) => {
    const figure = figures[location.name as keyof FigurePerLocation];
    return figure?.known === true ? [{ location: location.name, value: figure.value }] : [];
  });
}

function monthly(offer: Offer, figures: FigurePerLocation) {
  return known(offer, figures).map(({ location, value }) => ({ location, price_monthly: renderPrice(value) }));
}

/** Hours of an average month, by which a monthly price that is billed by the hour is divided. */
const hoursPerMonth = 730;

function monthlyAndHourly(offer: Offer, figures: FigurePerLocation) {
  return known(offer, figures).map(({ location, value }) => ({
    location,
    price_hourly: renderPrice(value / hoursPerMonth),
    price_monthly: renderPrice(value),
  }));
}
