import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { topologyFile } from '@groundplan/model';

/** Beside the bundle; in the repository when the sources themselves run. */
const places = ['./samples/', '../../../../samples/'].map((place) => fileURLToPath(new URL(place, import.meta.url)));

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

/** The text of each file of a sample by its path, without the keys, which are nobody's, and what somebody built of it. */
export async function sampleFiles(sample: string): Promise<Map<string, string>> {
  const folder = join(samplesFolder(), sample);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !/^(?:keys|build)\//.test(path))
    .sort();
  return new Map(
    await Promise.all(paths.map(async (path) => [path, await readFile(join(folder, path), 'utf8')] as const)),
  );
}
