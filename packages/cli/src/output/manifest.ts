import { createHash } from 'node:crypto';
import { compareText } from '../topology/paths.js';

/** `groundplan.json`: what Groundplan wrote into a folder, so that it can tell its own files from others. */
export interface Manifest {
  readonly format: 1;
  /** Base name of the topology. */
  readonly topology: string;
  /** Date of the catalogue. */
  readonly catalog: string;
  /** SHA-256 of each file in hexadecimal, by its path in the folder with `/`; sorted. */
  readonly files: Readonly<Record<string, string>>;
}

export const manifestFile = 'groundplan.json';

export function makeManifest(topology: string, catalog: string, files: ReadonlyMap<string, string>): Manifest {
  const sorted = [...files].sort(([a], [b]) => compareText(a, b));
  return {
    format: 1,
    topology,
    catalog,
    files: Object.fromEntries(sorted.map(([path, text]) => [path, hashOf(text)])),
  };
}

export function serializeManifest(manifest: Manifest): string {
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}

/** Undefined when the text is no manifest of this format. */
export function parseManifest(text: string): Manifest | undefined {
  const value = parsedJson(text);
  if (!isRecord(value) || value.format !== 1) return undefined;
  const { topology, catalog, files } = value;
  if (typeof topology !== 'string' || typeof catalog !== 'string' || !isRecord(files)) return undefined;
  const entries = Object.entries(files);
  const isSound = entries.every(
    ([path, hash]) => isInside(path) && typeof hash === 'string' && /^[0-9a-f]{64}$/.test(hash),
  );
  return isSound ? { format: 1, topology, catalog, files: files as Record<string, string> } : undefined;
}

export function hashOf(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** Whether a path names a file in the folder: nothing that a manifest says may lead out of it. */
export function isInside(path: string): boolean {
  return !/[\\\0:]/.test(path) && path.split('/').every((step) => step !== '' && step !== '.' && step !== '..');
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
