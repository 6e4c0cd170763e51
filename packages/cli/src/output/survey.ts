import { lstatSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isNotFound } from '@groundplan/files';
import { hashOf, type Manifest, manifestFile, parseManifest } from './manifest.js';

/** How a folder differs from what shall be in it. Paths are in the folder, with `/`, in the order of their names. */
export interface Survey {
  /** What Groundplan wrote last; undefined when it wrote nothing yet. */
  readonly manifest: Manifest | undefined;
  /** Not there yet. */
  readonly missing: readonly string[];
  /** Written by Groundplan, to be replaced. */
  readonly outdated: readonly string[];
  /** Written by Groundplan, and wanted no more. */
  readonly obsolete: readonly string[];
  /** Wanted, but what is there was changed since Groundplan wrote it. */
  readonly changedByHand: readonly string[];
  /** Wanted no more, and changed since Groundplan wrote it: it stays. */
  readonly kept: readonly string[];
  /** Wanted, but something is there that Groundplan did not write. */
  readonly foreign: readonly string[];
}

/** Compares `folder`, which need not exist, with the files that shall be in it; the manifest is not one of them. */
export function survey(folder: string, wanted: ReadonlyMap<string, string>): Survey {
  const found = manifestIn(folder);
  if (found === 'foreign') {
    return {
      manifest: undefined,
      missing: [],
      outdated: [],
      obsolete: [],
      changedByHand: [],
      kept: [],
      foreign: [manifestFile],
    };
  }
  const written = new Map(Object.entries(found?.files ?? {}));
  const paths = [...new Set([...wanted.keys(), ...written.keys()])].sort();
  const kinds = new Map(paths.map((path) => [path, judge(folder, path, wanted.get(path), written.get(path))]));
  const of = (kind: Judgement) => paths.filter((path) => kinds.get(path) === kind);
  return {
    manifest: found,
    missing: of('missing'),
    outdated: of('outdated'),
    obsolete: of('obsolete'),
    changedByHand: of('changed by hand'),
    kept: of('kept'),
    foreign: of('foreign'),
  };
}

type Judgement = 'missing' | 'outdated' | 'obsolete' | 'changed by hand' | 'kept' | 'foreign' | 'as wanted' | 'gone';

function judge(folder: string, path: string, wanted: string | undefined, written: string | undefined): Judgement {
  const there = contentAt(folder, path);
  if (there === 'nothing') return wanted === undefined ? 'gone' : 'missing';
  const hash = there === 'no file' ? undefined : hashOf(there);
  if (wanted === undefined) return hash === written ? 'obsolete' : 'kept';
  if (hash === hashOf(wanted)) return 'as wanted';
  if (hash !== undefined && hash === written) return 'outdated';
  return written === undefined || hash === undefined ? 'foreign' : 'changed by hand';
}

/** What stands at a path; a link, or anything but folders on the way to it, is nothing that Groundplan made. */
function contentAt(folder: string, path: string): Uint8Array | 'nothing' | 'no file' {
  const parents: string[] = [];
  for (let at = dirname(path); at !== '.'; at = dirname(at)) parents.unshift(at);
  for (const parent of parents) {
    const kind = kindAt(join(folder, parent));
    if (kind === 'nothing') return 'nothing';
    if (kind !== 'folder') return 'no file';
  }
  const absolute = join(folder, path);
  const kind = kindAt(absolute);
  if (kind === 'nothing') return 'nothing';
  return kind === 'file' ? readFileSync(absolute) : 'no file';
}

function manifestIn(folder: string): Manifest | undefined | 'foreign' {
  const content = contentAt(folder, manifestFile);
  if (content === 'nothing') return undefined;
  if (content === 'no file') return 'foreign';
  return parseManifest(new TextDecoder().decode(content)) ?? 'foreign';
}

function kindAt(path: string): 'nothing' | 'file' | 'folder' | 'other' {
  try {
    const found = lstatSync(path);
    return found.isFile() ? 'file' : found.isDirectory() ? 'folder' : 'other';
  } catch (error) {
    if (isNotFound(error)) return 'nothing';
    throw error;
  }
}
