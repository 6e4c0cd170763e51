import { closeSync, openSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isNotFound } from '@groundplan/files';
import { makeFolders } from './make-folders.js';
import { lockFile, workFolder } from './work-folder.js';

/** Milliseconds without a sign of life after which a lock counts for nothing. Only writing takes place under a lock, no compiling. */
const staleAfter = 30_000;

const pollEvery = 50;

export interface Lock {
  /** Gives a sign of life. */
  readonly touch: () => void;
  readonly release: () => void;
}

/**
 * Waits until no other process writes into `folder`, which exists, and keeps others from it. A process that was killed does not
 * hold it up: on the same machine it is seen that it is gone, elsewhere its lock grows stale.
 */
export async function lockFolder(folder: string): Promise<Lock> {
  const path = join(folder, workFolder, lockFile);
  const owner = `${process.pid} ${hostname()}`;
  while (!tryLock(folder, path, owner)) {
    if (isAbandoned(path)) takeAway(path);
    else await sleep(pollEvery);
  }
  return {
    touch: () => {
      const now = new Date();
      utimesSync(path, now, now);
    },
    release: () => rmSync(path, { force: true }),
  };
}

function tryLock(folder: string, path: string, owner: string): boolean {
  makeFolders(join(folder, workFolder));
  try {
    const file = openSync(path, 'wx');
    try {
      writeFileSync(file, owner);
    } catch (error) {
      rmSync(path, { force: true });
      throw error;
    } finally {
      closeSync(file);
    }
    return true;
  } catch (error) {
    // Another process holds it, or takes its empty folder away at this moment.
    if (isNotFound(error) || (error instanceof Error && 'code' in error && error.code === 'EEXIST')) return false;
    throw error;
  }
}

function isAbandoned(path: string): boolean {
  try {
    const [pid = '', machine] = readFileSync(path, 'utf8').split(' ');
    if (Date.now() - statSync(path).mtimeMs > staleAfter) return true;
    return machine === hostname() && !isRunning(Number(pid));
  } catch (error) {
    if (isNotFound(error)) return false;
    throw error;
  }
}

/** By renaming it first: of several processes that find it abandoned, one succeeds. */
function takeAway(path: string): void {
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
    rmSync(aside, { force: true });
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
