import { access, mkdir, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../command.js';
import { buildScript, finishScript } from './build-script.js';
import { pruneImages } from './prune.js';
import { addressOf, type Recipe } from './recipe.js';

/** A system that hosts share and never change. */
export interface Image {
  readonly address: string;
  /** Folder of its file system. */
  readonly root: string;
}

/** 30 days, in milliseconds. */
const longestUnused = 30 * 24 * 60 * 60_000;

/** Three minutes on two cores with a mirror near by; this is for one far away. */
const longestBuild = 45 * 60_000;

/**
 * The image of a recipe, built if it is not in the cache yet. Two that want it at once get one build, and a build that breaks off
 * leaves no image. Rejects with the first error of the build.
 *
 * @param folder where images are kept
 * @param log gets a line before something that takes long
 */
export async function ensureImage(
  recipe: Recipe,
  folder: string,
  log: (line: string) => void = () => undefined,
): Promise<Image> {
  const address = addressOf(recipe);
  const path = join(folder, address);
  if (!(await exists(path))) {
    log(`building the image ${address}, which takes a few minutes`);
    await build(recipe, path);
    await pruneImages(folder, longestUnused, Date.now());
  }
  // The time of its last use, for whoever wants to make room.
  const now = new Date();
  await utimes(path, now, now);
  return { address, root: join(path, 'root') };
}

/** flock holds the lock as long as anything of the build lives, even if this process does not. */
async function build({ release, system, services }: Recipe, path: string): Promise<void> {
  await mkdir(join(path, '..'), { recursive: true });
  const isolated = ['unshare', '--mount', '--propagation', 'private', 'sh', '-c', buildScript, 'build.sh'];
  const { code, stderr } = await run(
    'flock',
    [`${path}.lock`, ...isolated, path, release, system.join(','), services.join(','), finishScript],
    { timeoutMilliseconds: longestBuild },
  );
  if (code === 0) return;
  const lines = stderr.trim().split('\n');
  const reason = lines.find((line) => line.startsWith('E: ')) ?? lines.at(-1) ?? `exit code ${code}`;
  throw new Error(`the image ${release} could not be built: ${reason}`);
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}
