import { createHash } from 'node:crypto';
import { buildScript, finishScript } from './build-script.js';
import { servicePackages, systemPackages } from './packages.js';

/** From what an image is made. */
export interface Recipe {
  /** Code name of a Debian release. */
  readonly release: string;
  /** In every host from its first boot on. */
  readonly system: readonly string[];
  /** There as well, but off, and offered to the host's package manager. */
  readonly services: readonly string[];
}

/** By Hetzner's name: the release, and packages whose names have its versions in them. */
const releases: Readonly<Record<string, { readonly release: string; readonly packages: readonly string[] }>> = {
  'debian-12': { release: 'bookworm', packages: ['postgresql-15'] },
  'debian-13': { release: 'trixie', packages: ['postgresql-17'] },
};

/** The recipe for one of Hetzner's images, or undefined for one that cannot be rehearsed here. */
export function recipeOf(image: string): Recipe | undefined {
  const known = releases[image];
  if (known === undefined) return undefined;
  return { release: known.release, system: systemPackages, services: [...servicePackages, ...known.packages] };
}

/** What the image of a recipe is called: release and a hash of all that decides what is in it. */
export function addressOf(recipe: Recipe): string {
  const { release, system, services } = recipe;
  const content = JSON.stringify([release, [...system].sort(), [...services].sort(), buildScript, finishScript]);
  return `${release}-${createHash('sha256').update(content).digest('hex').slice(0, 16)}`;
}
