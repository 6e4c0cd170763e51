import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { topologyFile } from '../topology/inputs.js';

/** Beside the bundle once it is built; in the repository when the sources themselves run. */
const places = ['./samples/', '../samples/', '../../../../samples/'].map((place) =>
  fileURLToPath(new URL(place, import.meta.url)),
);

function samplesFolder(): string {
  const found = places.find((place) => existsSync(join(place, 'smallest', topologyFile)));
  if (found === undefined) throw new Error('the samples are missing from this installation');
  return found;
}

/** The names of the samples, sorted. */
export async function sampleNames(): Promise<string[]> {
  const entries = await readdir(samplesFolder(), { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

/** The files of a sample by their paths, without the keys, which are nobody's. */
export async function sampleFiles(sample: string): Promise<Map<string, string>> {
  const folder = join(samplesFolder(), sample);
  const files = new Map<string, string>();
  const paths = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of paths.filter((each) => each.isFile()).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(entry.parentPath, entry.name);
    const name = path.slice(folder.length + 1).replaceAll('\\', '/');
    if (!name.startsWith('keys/') && !name.startsWith('build/')) files.set(name, await readFile(path, 'utf8'));
  }
  return files;
}
