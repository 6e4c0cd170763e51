import { invalidField, limitExceeded, notFound, notUnique } from '../http/errors.js';
import { type Context, idParameter } from '../http/route.js';
import type { Reference } from '../input/fields.js';
import type {
  CertificateRecord,
  FirewallRecord,
  FloatingIpRecord,
  NetworkRecord,
  PlacementGroupRecord,
  PrimaryIpRecord,
  ServerRecord,
  SnapshotRecord,
  SshKeyRecord,
  VolumeRecord,
} from '../state/records.js';
import { findNamed } from '../state/world.js';

/** The record with that id; 404 `not_found` otherwise. */
export function requireRecord<Item>(items: ReadonlyMap<number, Item>, id: number, what: string): Item {
  const item = items.get(id);
  if (item === undefined) throw notFound(`${what} with ID '${id}'`);
  return item;
}

/** The record that the `{id}` of the route names. */
function fromRoute<Item>(context: Context, items: ReadonlyMap<number, Item>, what: string): Item {
  return requireRecord(items, idParameter(context), what);
}

export const serverOf = (context: Context): ServerRecord => fromRoute(context, context.project.servers, 'server');
export const sshKeyOf = (context: Context): SshKeyRecord => fromRoute(context, context.project.sshKeys, 'SSH key');
export const networkOf = (context: Context): NetworkRecord => fromRoute(context, context.project.networks, 'network');
export const volumeOf = (context: Context): VolumeRecord => fromRoute(context, context.project.volumes, 'volume');
export const floatingIpOf = (context: Context): FloatingIpRecord =>
  fromRoute(context, context.project.floatingIps, 'floating IP');
export const primaryIpOf = (context: Context): PrimaryIpRecord =>
  fromRoute(context, context.project.primaryIps, 'primary IP');
export const firewallOf = (context: Context): FirewallRecord =>
  fromRoute(context, context.project.firewalls, 'firewall');
export const placementGroupOf = (context: Context): PlacementGroupRecord =>
  fromRoute(context, context.project.placementGroups, 'placement group');
export const certificateOf = (context: Context): CertificateRecord =>
  fromRoute(context, context.project.certificates, 'certificate');
export const snapshotOf = (context: Context): SnapshotRecord => fromRoute(context, context.project.snapshots, 'image');

/** The item that a reference names, or undefined. */
export function findByReference<Item extends { readonly id: number; readonly name: string | null }>(
  items: Iterable<Item>,
  reference: Reference,
): Item | undefined {
  for (const item of items) {
    if ('id' in reference ? item.id === reference.id : item.name === reference.name) return item;
  }
  return undefined;
}

/** How a reference reads in a message. */
export function describeReference(reference: Reference): string {
  return 'id' in reference ? String(reference.id) : reference.name;
}

/** The location that a field of a request names; 422 `invalid_input` if there is none. */
export function requireLocation(context: Context, field: string, reference: Reference) {
  const location = findByReference(context.offer.locations, reference);
  if (location === undefined) throw invalidField(field, `location '${describeReference(reference)}' not found`);
  return location;
}

/** 409 `uniqueness_error` if another record of the family has the name. */
export function refuseTakenName(
  items: ReadonlyMap<number, { readonly id: number; readonly name: string }>,
  name: string,
  message = 'name is already used',
  except?: number,
): void {
  const taken = findNamed(items, name);
  if (taken !== undefined && taken.id !== except) throw notUnique(message, 'name');
}

/** 403 `resource_limit_exceeded` if one more does not fit. */
export function refuseBeyond(count: number, quota: number, what: string, limit: string): void {
  if (count >= quota) throw limitExceeded(what, limit);
}
