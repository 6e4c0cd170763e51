import type { Bucket, Host, LoadBalancer, Model, Region, Sourced } from '@groundplan/model';
import type { Place } from './trace.js';

/** The section of each kind of entity, and the field of it that says how many servers there are. */
const sections = {
  load_balancer: { name: 'load_balancers', count: 'count' },
  app: { name: 'apps', count: 'count' },
  database: { name: 'databases', count: 'standby' },
  storage: { name: 'shared_storage', count: 'replicas' },
} as const;

/** What made a host: the count where it is written, or else its entity. */
export function placeOfHost({ entity, region, span }: Host): Place {
  if (entity === undefined || region === undefined) return { path: 'arbiter', span };
  const section = sections[entity.kind];
  const count = entity.inRegions.find((place) => place.region.name === region.name)?.count;
  const path = `${section.name}.${entity.name}`;
  switch (count?.origin.kind) {
    case 'written':
    case 'invalid':
      return { path: `${path}.${section.count}`, span };
    case 'override':
      return { path: `regions.${region.name}.${path}.${section.count}`, span };
    default:
      return { path, span };
  }
}

export function placeOfRegion(model: Model, region: Region): Place {
  return { path: model.singleRegionForm ? 'region' : `regions.${region.name}`, span: region.keySpan };
}

export function placeOfEntity({ kind, name, keySpan }: NonNullable<Host['entity']>): Place {
  return { path: `${sections[kind].name}.${name}`, span: keySpan };
}

/** A field, or what has it while the field is not written. */
export function placeOfField(owner: Place, field: string, { origin }: Sourced<unknown>): Place {
  return origin.kind === 'default' ? owner : { path: `${owner.path}.${field}`, span: origin.span };
}

export function placeOfBucket({ name, keySpan }: Bucket): Place {
  return { path: `buckets.${name}`, span: keySpan };
}

export function placeOfRoute(balancer: LoadBalancer, { host, path, keySpan }: LoadBalancer['routes'][number]): Place {
  return { path: `load_balancers.${balancer.name}.routes.${host}${path === '/' ? '' : path}`, span: keySpan };
}

/** The topology as a whole, for what belongs to no part of it. */
export function placeOfTopology(model: Model): Place {
  return { path: 'name', span: model.name.origin.span };
}
