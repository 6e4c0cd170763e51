import type { Catalog } from '@groundplan/catalog';
import { findLocation } from '@groundplan/catalog';
import type { Host, Model } from '@groundplan/model';
import { attribute } from './emitter/index.js';
import { labelsOf, labelsOfRegion } from './labels.js';
import { placeOfRegion } from './places.js';
import type { RootModule } from './root-module.js';
import type { Place } from './trace.js';

interface Network {
  /** Its name in Terraform. */
  readonly key: string;
  readonly name: string;
  readonly range: string;
  readonly location: string;
  readonly labels: Record<string, string>;
  readonly place: Place;
}

/** No region is called so, since names of regions have no `_`. */
const arbiterNetwork = 'arbiter_network';

/** One private network for each region and one for the arbiter; what crosses them goes through the tunnel. */
export function writeNetworks(module: RootModule): void {
  for (const { key, name, range, location, labels, place } of networksOf(module.model)) {
    module.resource(place, 'hcloud_network', key, { name, ipRange: range, labels });
    module.resource(place, 'hcloud_network_subnet', key, {
      networkId: attribute('hcloud_network', key, 'id'),
      type: 'cloud',
      networkZone: zoneOf(module.catalog, location),
      ipRange: range,
    });
  }
}

/** The Terraform name of the network, and of its only subnet, that a host is in. */
export function networkOf(host: Host): string {
  return host.region?.firstName ?? arbiterNetwork;
}

function networksOf(model: Model): Network[] {
  const networks: Network[] = model.regions.map((region) => ({
    key: region.firstName,
    name: `${model.name.value}-${region.name}`,
    range: region.cidr.value,
    location: region.location.value,
    labels: labelsOfRegion(model, region),
    place: placeOfRegion(model, region),
  }));
  if (model.arbiter === undefined) return networks;
  const { cidr, location, keySpan } = model.arbiter;
  return [
    ...networks,
    {
      key: arbiterNetwork,
      name: `${model.name.value}-arbiter`,
      range: cidr.value,
      location: location.value,
      labels: labelsOf(model, { tier: 'arbiter' }),
      place: { path: 'arbiter', span: keySpan },
    },
  ];
}

function zoneOf(catalog: Catalog, location: string): string {
  return findLocation(catalog, location)?.networkZone ?? 'eu-central';
}
