import { defaultServerType, type LocationName, type Role } from '@groundplan/catalog';
import type { Region, Sourced } from '../model.js';
import { optional, type Scope, text, withFallback } from './scope.js';

/** The server type of a tier in a location: written, or the smallest fitting one that is sold there. */
export function serverType(scope: Scope, role: Role, location: LocationName): Sourced<string> {
  const fallback = defaultServerType(scope.reading.catalog, role, location);
  return withFallback(scope, 'type', text, fallback, `by location ${location}`);
}

/** The same for one region, whose override comes first. */
export function serverTypeIn(scope: Scope, override: Scope | undefined, role: Role, region: Region): Sourced<string> {
  return overriding(override, 'type', text) ?? serverType(scope, role, region.location.value);
}

/** The value that a region's override gives, if it gives one. */
export function overriding<T>(
  override: Scope | undefined,
  key: string,
  accept: Parameters<typeof optional<T>>[2],
): Sourced<T> | undefined {
  const found = override && optional(override, key, accept);
  return found && { value: found.value, origin: { kind: 'override', span: found.origin.span } };
}
