import { type Host, isPair, type LoadBalancer, type Region, type Route, regionsServing } from '@groundplan/model';
import { type Place, type Plant, placeOfEntity } from './plant.js';
import { living, type World } from './world.js';

/** A host name of the routes, and the addresses that it stands for. */
export interface HostName {
  readonly host: string;
  readonly balancer: LoadBalancer;
  readonly routes: readonly Route[];
  readonly addresses: readonly Address[];
}

export interface Address {
  readonly region: Region;
  /** Those who answer at it: one balancer, or a pair of which one does. */
  readonly hosts: readonly Host[];
}

const known = new WeakMap<Plant, readonly HostName[]>();

/** Every host name with what it is published under, in the order of the file; kept for each model. */
export function hostNames(plant: Plant): readonly HostName[] {
  const kept = known.get(plant);
  if (kept !== undefined) return kept;
  const made = plant.model.loadBalancers.flatMap((balancer) => namesOf(plant, balancer));
  known.set(plant, made);
  return made;
}

function namesOf(plant: Plant, balancer: LoadBalancer): HostName[] {
  const hosts = [...new Set(balancer.routes.map(({ host }) => host))];
  return hosts.map((host) => {
    const routes = balancer.routes.filter((route) => route.host === host);
    const addresses = regionsServing(plant.model, balancer, host).flatMap((region) => {
      const place = placeOfEntity(plant, balancer, region);
      return place === undefined ? [] : addressesAt(balancer, place);
    });
    return { host, balancer, routes, addresses };
  });
}

function addressesAt(balancer: LoadBalancer, { region, hosts }: Place): Address[] {
  return isPair(balancer) ? [{ region, hosts }] : hosts.map((host) => ({ region, hosts: [host] }));
}

export function answers(world: World, address: Address): boolean {
  return living(world, address).length > 0;
}
