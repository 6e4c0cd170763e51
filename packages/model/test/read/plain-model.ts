import type { Host, Model } from '@groundplan/model';

/**
 * A model as plain data for golden files: without places, references as they are called, regions by name. A value that is
 * written stands for itself; any other says where it came from.
 */
export function plainModel(model: Model): unknown {
  const { hosts, declarations, references, ...rest } = model;
  return {
    ...(plain(rest) as object),
    hosts: hosts.map(plainHost),
    declarations: declarations.map(({ kind, name }) => `${kind}.${name}`),
    references: references.map((reference) => `${reference.from} ${reference.field}: ${nameOf(reference)}`),
  };
}

function plainHost({ name, key, tier, location, type, address, stateful, volume }: Host): string {
  const disk = volume === undefined ? '' : ` ${volume.size.value}GB ${volume.filesystem.value}`;
  return `${name} (${key}) ${tier} ${location} ${type.value} ${address}${stateful ? ' stateful' : ''}${disk}`;
}

interface ReferenceLike {
  readonly kind: string | undefined;
  readonly name: string;
  readonly output: string | undefined;
}

function nameOf({ kind, name, output }: ReferenceLike): string {
  return [kind ?? '?', name, ...(output === undefined ? [] : [output])].join('.');
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const object = value as Record<string, unknown>;
  if ('nameSpan' in object) return nameOf(object as unknown as ReferenceLike);
  if ('value' in object && 'origin' in object) return plainSourced(object);
  if ('value' in object && 'span' in object) return object.value;
  return Object.fromEntries(
    Object.entries(object)
      .filter(([key, each]) => each !== undefined && key !== 'span' && key !== 'keySpan' && key !== 'origin')
      .map(([key, each]) => [
        key,
        key === 'region' || key === 'loadBalancer' ? (each as { name: string }).name : plain(each),
      ]),
  );
}

function plainSourced({ value, origin }: Record<string, unknown>): unknown {
  const { kind, because } = origin as { kind: string; because?: string };
  if (kind === 'written') return value;
  return because === undefined ? `${value} (${kind})` : `${value} (${because})`;
}
