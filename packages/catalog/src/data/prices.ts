import { unknownFigure } from '../figure.js';
import type { Figure, FigurePerLocation, Prices } from '../types.js';
import { figure } from './figures.js';

const primaryIpv4 = figure(0.5, 'ipv4-pricing');
const europeanTraffic = figure(1, 'api-pricing-2026-05');

/** The same everywhere. */
function everywhere(one: Figure): FigurePerLocation {
  return { ash: one, fsn1: one, hel1: one, hil: one, nbg1: one, sin: one };
}

export const prices: Prices = {
  volumePerGbMonth: figure(0.0572, 'api-pricing-2026-05'),
  snapshotPerGbMonth: unknownFigure,
  primaryIpv4: everywhere(primaryIpv4),
  floatingIpv4: everywhere(unknownFigure),
  floatingIpv6: everywhere(unknownFigure),
  trafficPerTb: {
    ash: unknownFigure,
    fsn1: europeanTraffic,
    hel1: europeanTraffic,
    hil: unknownFigure,
    nbg1: europeanTraffic,
    sin: figure(7.4, 'singapore-traffic-2026-04'),
  },
  serverBackupPercent: figure(20, 'api-description'),
  objectStorage: {
    baseMonthly: figure(6.49, 'eu-cloud-prices-2026-08'),
    includedStorageTb: figure(1, 'object-storage-docs'),
    includedTrafficTb: figure(1, 'object-storage-docs'),
    storagePerTbMonth: unknownFigure,
    trafficPerTb: unknownFigure,
  },
};
