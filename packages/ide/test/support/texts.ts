import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../../', import.meta.url));

/** A text with where it comes from. */
export interface Named {
  readonly name: string;
  readonly text: string;
}

/** Every sample of the repository. */
export const samples: readonly Named[] = readdirSync(join(root, 'samples'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => ({ name, text: readFileSync(join(root, 'samples', name, 'topology.yaml'), 'utf8') }))
  .sort((a, b) => (a.name < b.name ? -1 : 1));

/** The topology of every case of test/cases, with its mistake. */
export const cases: readonly Named[] = readdirSync(join(root, 'test/cases'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap((area) => readdirSync(join(root, 'test/cases', area.name)).map((name) => `${area.name}/${name}`))
  .sort()
  .map((name) => ({ name, text: readFileSync(join(root, 'test/cases', name, 'topology.yaml'), 'utf8') }));

/** A text cut at every so many characters: what it is while it is typed. */
export function prefixes({ name, text }: Named, step: number): Named[] {
  return Array.from({ length: Math.ceil(text.length / step) }, (_, index) => ({
    name: `${name} cut at ${index * step}`,
    text: text.slice(0, index * step),
  }));
}
