import { findImage, findServerType, isSold, type LocationName, nearestTypes } from '@groundplan/catalog';
import { type Diagnostic, type Edit, type Fix, report, type Span } from '@groundplan/diagnostics';
import { fix, replaceAt } from '../../edits.js';
import type { App, Database, LoadBalancer, Region, SharedStorage, Sourced } from '../../model.js';
import { nearest } from '../../nearest.js';
import type { Check, CheckContext } from '../context.js';
import { groupByOrigin, isMeant, isWritten, listed, pathOf } from '../places.js';
import { setInRegion } from './set-in-region.js';

/** A server type cannot be ordered in a location where a tier, or the arbiter, would have it. */
export const typeUnavailable: Check = (context) => {
  const { model } = context;
  const entities = [...model.loadBalancers, ...model.apps, ...model.databases, ...model.storages];
  return [...entities.flatMap((entity) => ofEntity(context, entity)), ...ofArbiter(context)];
};

type Why = 'not-sold' | 'deprecated' | 'unknown' | 'architecture';

function ofEntity(context: CheckContext, entity: LoadBalancer | App | Database | SharedStorage): Diagnostic[] {
  const places = entity.inRegions.filter(
    ({ region, type, count }) => isWritten(region.location) && isMeant(type) && count.value > 0,
  );
  return groupByOrigin(places, ({ type }) => type).flatMap((group) => {
    const type = group.places[0]?.type;
    if (type === undefined) return [];
    // A default is the language's choice for the location, so it is the location that is marked.
    if (type.origin.kind === 'default') {
      return group.places.flatMap((place) => {
        const why = unavailable(context, place.type.value, place.region.location.value);
        return why === undefined
          ? []
          : [made(context, place.type.value, why, [place.region.location], place.region.location.origin.span, [])];
      });
    }
    return reasons.flatMap((why) => {
      const affected = group.places.filter(
        ({ region }) => unavailable(context, type.value, region.location.value) === why,
      );
      if (affected.length === 0) return [];
      const locations = affected.map(({ region }) => region.location);
      const isOne = new Set(locations.map(({ value }) => substituteIn(context, type.value, [value]))).size === 1;
      const everywhere = entity.kind === 'storage' || (affected.length === group.places.length && isOne);
      const fixes = everywhere
        ? replacing(context, type, locations)
        : overriding(
            context,
            entity,
            type.value,
            affected.map(({ region }) => region),
          );
      return [made(context, type.value, why, locations, type.origin.span, fixes)];
    });
  });
}

const reasons: readonly Why[] = ['unknown', 'not-sold', 'deprecated', 'architecture'];

function ofArbiter(context: CheckContext): Diagnostic[] {
  const { arbiter } = context.model;
  if (arbiter === undefined || !isWritten(arbiter.location) || !isMeant(arbiter.type)) return [];
  const { type, location } = arbiter;
  const why = unavailable(context, type.value, location.value);
  if (why === undefined) return [];
  return type.origin.kind === 'default'
    ? [made(context, type.value, why, [location], location.origin.span, [])]
    : [made(context, type.value, why, [location], type.origin.span, replacing(context, type, [location]))];
}

/** Text of another form has been refused by the schema already. */
const hasForm = /^[a-z]+[0-9]+$/;

function unavailable({ model, catalog }: CheckContext, type: string, location: LocationName): Why | undefined {
  switch (isSold(catalog, type, location)) {
    case 'unknown':
      return hasForm.test(type) ? 'unknown' : undefined;
    case 'no':
      return 'not-sold';
    case 'deprecated':
      return 'deprecated';
    case 'yes': {
      const architecture = findServerType(catalog, type)?.architecture;
      const image = findImage(catalog, model.image.value);
      return architecture === undefined || image === undefined || image.architectures.includes(architecture)
        ? undefined
        : 'architecture';
    }
  }
}

function made(
  context: CheckContext,
  type: string,
  why: Why,
  locations: readonly Sourced<LocationName>[],
  span: Span,
  fixes: readonly Fix[],
): Diagnostic {
  const { model, catalog } = context;
  const names = [...new Set(locations.map(({ value }) => value))];
  const close = instead(context, type, names);
  return report(
    'region/type-unavailable',
    span,
    {
      type,
      locations: listed(names),
      why,
      image: model.image.value,
      catalogDate: catalog.date,
      ...(close === undefined ? {} : { nearest: close }),
    },
    { fixes },
  );
}

/** What a message proposes: one type, or one for each location where they differ. */
function instead(context: CheckContext, type: string, locations: readonly LocationName[]): string | undefined {
  const each = locations.map((location) => substituteIn(context, type, [location]));
  if (new Set(each).size === 1) return each[0];
  const named = locations.flatMap((location, index) =>
    each[index] === undefined ? [] : [`${each[index]} in ${location}`],
  );
  return named.length === 0 ? undefined : listed(named);
}

/** The type most like `type` that is sold in all of these locations and that the image runs on; for an unknown one, the name most like it. */
function substituteIn(
  { model, catalog }: CheckContext,
  type: string,
  locations: readonly LocationName[],
): string | undefined {
  const architectures = findImage(catalog, model.image.value)?.architectures ?? ['x86'];
  const fits = (name: string) => {
    const found = findServerType(catalog, name);
    return (
      found !== undefined &&
      architectures.includes(found.architecture) &&
      locations.every((location) => isSold(catalog, name, location) === 'yes')
    );
  };
  const [first] = locations;
  if (first === undefined) return undefined;
  const similar = nearestTypes(catalog, type, first, catalog.serverTypes.length).find(({ name }) => fits(name));
  if (similar !== undefined) return similar.name;
  return nearest(type, catalog.serverTypes.map(({ name }) => name).filter(fits));
}

/** Another type in place of the one that is written, where it is written. */
function replacing(context: CheckContext, type: Sourced<string>, locations: readonly Sourced<LocationName>[]): Fix[] {
  const close = substituteIn(
    context,
    type.value,
    locations.map(({ value }) => value),
  );
  return close === undefined ? [] : fix(`Change to ${close}`, replaceAt(type.origin.span, close));
}

/** Another type in the regions alone where the one for all regions cannot be had. Shared storage has one type everywhere. */
function overriding(
  context: CheckContext,
  entity: LoadBalancer | App | Database,
  type: string,
  regions: readonly Region[],
): Fix[] {
  const chosen: string[] = [];
  const edits: Edit[] = [];
  for (const region of regions) {
    const close = substituteIn(context, type, [region.location.value]);
    const edit =
      close === undefined ? undefined : setInRegion(context.tree, region, [...pathOf(entity), 'type'], close);
    if (close === undefined || edit === undefined) return [];
    chosen.push(`${close} in ${region.name}`);
    edits.push(...edit);
  }
  return fix(`Use ${listed(chosen)}`, edits);
}
