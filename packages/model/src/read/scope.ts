import { type Catalog, findLocation, type LocationName } from '@groundplan/catalog';
import type { Span } from '@groundplan/diagnostics';
import { type Entry, entryOf, type Mapping, type Node } from '@groundplan/syntax';
import type { Origin, Placed, Sourced } from '../model.js';
import { parseDuration } from '../values/duration.js';
import { parseSize } from '../values/size.js';
import { literalDefault } from './defaults.js';
import type { Reading } from './reading.js';

/**
 * A map of the file while it is read. What does not have the right shape has been reported by the shape check already,
 * so that the readers here say nothing: they give the default, marked as `invalid`.
 */
export interface Scope {
  readonly reading: Reading;
  /** Undefined when the map is not written, or is something else. */
  readonly node: Mapping | undefined;
  /** As in `explain` and the schema: `apps.*.health`. */
  readonly field: string;
  /** Whose it is: `app.web`. */
  readonly owner: string;
  /** Where defaults are shown: the key of the map or of what holds it. */
  readonly anchor: Span;
}

export function scopeOf(reading: Reading, entry: Entry, field: string, owner: string): Scope {
  return { reading, node: mappingOf(entry.value), field, owner, anchor: entry.keySpan };
}

/** The map under `key`; when it is not written, its fields still have their defaults. */
export function child(scope: Scope, key: string): Scope {
  const entry = entryOf(scope.node, key);
  return {
    ...scope,
    node: mappingOf(entry?.value),
    field: fieldOf(scope, key),
    anchor: entry?.keySpan ?? scope.anchor,
  };
}

export function fieldOf(scope: Scope, key: string): string {
  return scope.field === '' ? key : `${scope.field}.${key}`;
}

export function mappingOf(node: Node | undefined): Mapping | undefined {
  return node?.kind === 'mapping' ? node : undefined;
}

export function defaultOrigin(scope: Scope, because: string): Origin {
  return { kind: 'default', span: scope.anchor, because };
}

/** A value as `accept` reads it; undefined when it is not written or does not fit. */
export function optional<T>(scope: Scope, key: string, accept: (node: Node) => T | undefined): Sourced<T> | undefined {
  const node = entryOf(scope.node, key)?.value;
  const value = node === undefined ? undefined : accept(node);
  return node === undefined || value === undefined
    ? undefined
    : { value, origin: { kind: 'written', span: node.span } };
}

/** A value as `accept` reads it, or `fallback`, whose reason `because` gives. */
export function withFallback<T>(
  scope: Scope,
  key: string,
  accept: (node: Node) => T | undefined,
  fallback: T,
  because: string,
): Sourced<T> {
  const node = entryOf(scope.node, key)?.value;
  if (node === undefined) return { value: fallback, origin: defaultOrigin(scope, because) };
  const value = accept(node);
  return value === undefined
    ? { value: fallback, origin: { kind: 'invalid', span: node.span } }
    : { value, origin: { kind: 'written', span: node.span } };
}

/** A value as `accept` reads it, or the schema's default for this field. */
export function withDefault<T>(scope: Scope, key: string, accept: (node: Node) => T | undefined): Sourced<T> {
  const field = fieldOf(scope, key);
  const fallback = accept(defaultNode(scope.anchor, literalDefault(field)));
  if (fallback === undefined) throw new Error(`the schema has no default for ${field}`);
  return withFallback(scope, key, accept, fallback, 'the default');
}

function defaultNode(span: Span, value: string | number | boolean): Node {
  return { kind: 'scalar', span, value, source: String(value), style: 'plain' };
}

export function text(node: Node): string | undefined {
  return node.kind === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
}

/** Text, or a number or truth value as it is written. */
export function scalarText(node: Node): string | undefined {
  if (node.kind !== 'scalar' || node.value === null) return undefined;
  return typeof node.value === 'string' ? node.value : node.source;
}

export function integer(node: Node): number | undefined {
  return node.kind === 'scalar' && typeof node.value === 'number' && Number.isSafeInteger(node.value)
    ? node.value
    : undefined;
}

export function integerBetween(low: number, high: number): (node: Node) => number | undefined {
  return (node) => {
    const value = integer(node);
    return value !== undefined && low <= value && value <= high ? value : undefined;
  };
}

export function boolean(node: Node): boolean | undefined {
  return node.kind === 'scalar' && typeof node.value === 'boolean' ? node.value : undefined;
}

export function oneOf<T extends string>(...allowed: readonly T[]): (node: Node) => T | undefined {
  return (node) => allowed.find((value) => value === text(node));
}

/** A location that the catalogue knows. */
export function locationIn(catalog: Catalog): (node: Node) => LocationName | undefined {
  return (node) => {
    const written = text(node);
    return written === undefined ? undefined : findLocation(catalog, written)?.name;
  };
}

/** Seconds. */
export function duration(node: Node): number | undefined {
  const written = text(node);
  return written === undefined ? undefined : parseDuration(written);
}

/** GB. */
export function size(node: Node): number | undefined {
  const written = text(node);
  return written === undefined ? undefined : parseSize(written);
}

/** The texts of a list, each with its place; anything else in it is left out. */
export function texts(scope: Scope, key: string): Placed<string>[] {
  const node = entryOf(scope.node, key)?.value;
  if (node?.kind !== 'sequence') return [];
  return node.items.flatMap((item) => {
    const value = text(item);
    return value === undefined ? [] : [{ value, span: item.span }];
  });
}

/** The entries of the map under `key`. */
export function entries(scope: Scope, key: string): readonly Entry[] {
  return mappingOf(entryOf(scope.node, key)?.value)?.entries ?? [];
}
