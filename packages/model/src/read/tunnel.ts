import { entryOf } from '@groundplan/syntax';
import type { Database, Region, SharedStorage, Tunnel } from '../model.js';
import { child, duration, integer, oneOf, type Scope, text, withDefault } from './scope.js';

/** The tunnel: written, or there by itself when something crosses regions. */
export function readTunnel(
  top: Scope,
  regions: readonly Region[],
  databases: readonly Database[],
  storages: readonly SharedStorage[],
): Tunnel | undefined {
  const entry = entryOf(top.node, 'tunnel');
  const cause = entry?.keySpan ?? crossing(regions, databases, storages);
  if (cause === undefined) return undefined;
  const scope = { ...child(top, 'tunnel'), anchor: cause };
  return {
    span: cause,
    engine: withDefault(scope, 'engine', oneOf('tinc')),
    cipher: withDefault(scope, 'cipher', text),
    digest: withDefault(scope, 'digest', text),
    mtu: withDefault(scope, 'mtu', integer),
    keyRotation: withDefault(scope, 'key_rotation', duration),
    alertAfter: withDefault(scope, 'alert_after', duration),
  };
}

/** The place of the first thing that crosses regions. */
function crossing(
  regions: readonly Region[],
  databases: readonly Database[],
  storages: readonly SharedStorage[],
): Tunnel['span'] | undefined {
  if (regions.length < 2) return undefined;
  const database = databases.find(({ betweenRegions }) => betweenRegions && betweenRegions.value !== 'none');
  return database?.keySpan ?? storages.find(({ geoReplication }) => geoReplication)?.keySpan;
}
