import { type AddressCounters, freshCounters } from '../addresses/public-addresses.js';
import type {
  ActionRecord,
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
  ZoneRecord,
} from './records.js';

/** The resources of one project by id, in order of creation. */
export interface Project {
  readonly name: string;
  readonly servers: Map<number, ServerRecord>;
  readonly sshKeys: Map<number, SshKeyRecord>;
  readonly networks: Map<number, NetworkRecord>;
  readonly volumes: Map<number, VolumeRecord>;
  readonly floatingIps: Map<number, FloatingIpRecord>;
  readonly primaryIps: Map<number, PrimaryIpRecord>;
  readonly firewalls: Map<number, FirewallRecord>;
  readonly placementGroups: Map<number, PlacementGroupRecord>;
  readonly certificates: Map<number, CertificateRecord>;
  readonly snapshots: Map<number, SnapshotRecord>;
  readonly zones: Map<number, ZoneRecord>;
  readonly actions: Map<number, ActionRecord>;
}

/** Everything behind one API: all projects, and what is handed out once across them. */
export interface World {
  nextId: number;
  readonly addresses: AddressCounters;
  readonly projects: Map<string, Project>;
}

/** Below are the ids of what Hetzner offers: locations, server types, images. */
const firstId = 10_001;

/** A world with nothing in it. */
export function emptyWorld(): World {
  return { nextId: firstId, addresses: freshCounters(), projects: new Map() };
}

/** A project with nothing in it. */
export function emptyProject(name: string): Project {
  return {
    name,
    servers: new Map(),
    sshKeys: new Map(),
    networks: new Map(),
    volumes: new Map(),
    floatingIps: new Map(),
    primaryIps: new Map(),
    firewalls: new Map(),
    placementGroups: new Map(),
    certificates: new Map(),
    snapshots: new Map(),
    zones: new Map(),
    actions: new Map(),
  };
}

/** The project of that name, made if it is not there yet. */
export function projectNamed(world: World, name: string): Project {
  const known = world.projects.get(name);
  if (known !== undefined) return known;
  const project = emptyProject(name);
  world.projects.set(name, project);
  return project;
}

/** A new id, larger than all before, unique across all families. */
export function takeId(world: World): number {
  const id = world.nextId;
  world.nextId += 1;
  return id;
}

/** The first record with that name. */
export function findNamed<Item extends { readonly name: string }>(
  items: ReadonlyMap<number, Item>,
  name: string,
): Item | undefined {
  for (const item of items.values()) {
    if (item.name === name) return item;
  }
  return undefined;
}
