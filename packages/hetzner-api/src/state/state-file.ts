import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import type { AddressCounters } from '../addresses/public-addresses.js';
import { emptyProject, emptyWorld, type Project, type World } from './world.js';

const format = 'groundplan-hetzner-api/1';

type Family = Exclude<keyof Project, 'name'>;
type StoredProject = { readonly name: string } & { readonly [family in Family]?: readonly { readonly id: number }[] };

interface StoredWorld {
  readonly format: typeof format;
  readonly nextId: number;
  readonly addresses: AddressCounters;
  readonly projects: readonly StoredProject[];
}

/** Reads a world; an empty one if the file is not there. Throws with one line if the file is no state of this API. */
export function loadWorld(file: string): World {
  if (!existsSync(file)) return emptyWorld();
  const stored = parse(file);
  const world: World = { nextId: stored.nextId, addresses: { ...stored.addresses }, projects: new Map() };
  for (const project of stored.projects) world.projects.set(project.name, restore(project));
  return world;
}

function parse(file: string): StoredWorld {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(
      `${file} cannot be read as a state file: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  if (typeof value !== 'object' || value === null || !('format' in value) || value.format !== format) {
    throw new Error(`${file} is not a state file of this API (no "format": "${format}")`);
  }
  return value as StoredWorld;
}

function restore(stored: StoredProject): Project {
  const project = emptyProject(stored.name);
  for (const family of families(project)) {
    const records = stored[family] ?? [];
    // The records were written by `saveWorld` from the same map.
    const map = project[family] as Map<number, { readonly id: number }>;
    for (const record of records) map.set(record.id, record);
  }
  return project;
}

/**
 * Writes a world beside the file and renames it into place, so that a crash leaves the old state or the new one.
 * Only its owner may read it: user data and TSIG keys are in it. Throws with one line if that cannot be done.
 */
export function saveWorld(file: string, world: World): void {
  try {
    replaceFile(file, world);
  } catch (error) {
    throw new Error(`${file} cannot be written: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function replaceFile(file: string, world: World): void {
  const stored: StoredWorld = {
    format,
    nextId: world.nextId,
    addresses: world.addresses,
    projects: [...world.projects.values()].map(store),
  };
  const temporary = `${file}.${process.pid}.tmp`;
  const descriptor = openSync(temporary, 'w', 0o600);
  try {
    writeSync(descriptor, `${JSON.stringify(stored, null, 1)}\n`);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(temporary, file);
}

function store(project: Project): StoredProject {
  const lists = families(project).map((family) => [family, [...project[family].values()]] as const);
  return { name: project.name, ...Object.fromEntries(lists) };
}

function families(project: Project): Family[] {
  return Object.keys(project).filter((key): key is Family => key !== 'name');
}
