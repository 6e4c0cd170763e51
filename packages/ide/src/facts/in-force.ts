import { formatDuration, formatSize, type Model, type Origin, type Sourced } from '@groundplan/model';
import { fieldSchema } from '@groundplan/model/language';
import { entityAt, regionAt } from './entities.js';
import { measureOf } from './measure.js';

/** The value that a field has, written or not. */
export interface InForce {
  /** Set where the field may differ between regions. */
  readonly region: string | undefined;
  /** As one would write it. */
  readonly text: string;
  readonly origin: Origin;
}

/** The value of a field by its path, `['apps', 'web', 'count']`: one, or one for each region; none where the model has none. */
export function inForce(model: Model, path: readonly string[]): readonly InForce[] {
  const [section = '', ...rest] = path;
  switch (section) {
    case 'name':
    case 'image':
      return rest.length === 0 ? one(path, model[section]) : [];
    case 'dns':
    case 'arbiter':
    case 'tunnel':
    case 'secrets':
      return one(path, valueIn(model[section], rest));
    case 'access':
      return rest.join('.') === 'bastion' ? bastion(model) : [];
    case 'region':
      return one(path, valueIn(regionAt(model, ['region']), rest));
    case 'regions':
      return inRegion(model, path);
    default: {
      const entity = entityAt(model, path.slice(0, 2));
      return entity === undefined ? [] : ofEntity(entity, path);
    }
  }
}

function inRegion(model: Model, path: readonly string[]): readonly InForce[] {
  const region = regionAt(model, path.slice(0, 2));
  if (region === undefined) return [];
  if (path.length === 3) return one(path, valueIn(region, path.slice(2)));
  return inForce(model, path.slice(2)).filter((value) => value.region === region.name);
}

function ofEntity(entity: NonNullable<ReturnType<typeof entityAt>>, path: readonly string[]): readonly InForce[] {
  const rest = path.slice(2);
  const field = rest.join('.');
  if ('inRegions' in entity && (field === 'type' || field === 'count')) {
    return entity.inRegions.flatMap((place) => one(path, place[field], place.region.name));
  }
  if (entity.kind === 'database' && field === 'standby') {
    return entity.standby.flatMap(({ region, count }) => one(path, count, region.name));
  }
  if (entity.kind === 'database' && field === 'replication.between_regions') return one(path, entity.betweenRegions);
  if (entity.kind === 'bucket' && field === 'name') return one(path, entity.bucketName);
  return field === 'name' || field === 'kind' ? [] : one(path, valueIn(entity, rest));
}

function bastion({ access }: Model): readonly InForce[] {
  const { loadBalancer, origin } = access?.bastion ?? {};
  return loadBalancer === undefined || origin === undefined
    ? []
    : [{ region: undefined, text: loadBalancer.name, origin }];
}

function one(path: readonly string[], sourced: unknown, region?: string): readonly InForce[] {
  return isSourced(sourced) ? [{ region, text: written(path, sourced.value), origin: sourced.origin }] : [];
}

/** The model calls a field like the language, in camel case. */
function valueIn(object: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((at, step) => {
    const key = step.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
    return isRecord(at) && Object.hasOwn(at, key) ? at[key] : undefined;
  }, object);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function isSourced(value: unknown): value is Sourced<string | number | boolean> {
  return isRecord(value) && 'origin' in value && 'value' in value && !isRecord(value['value']);
}

/** A value as the language writes it: the model counts durations in seconds and sizes in GB. */
function written(path: readonly string[], value: string | number | boolean): string {
  const schema = fieldSchema(path);
  const measure = schema && measureOf(schema);
  if (typeof value !== 'number' || measure === undefined) return String(value);
  return measure === 'size' ? formatSize(value) : formatDuration(value);
}
