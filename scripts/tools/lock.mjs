import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { ToolsError } from './error.mjs';

const pollMilliseconds = 500;
const longestWaitMilliseconds = 30 * 60_000;
/** A lock file this young may be between its creation and the writing of its owner. */
const settlingMilliseconds = 5_000;

/**
 * Runs `work` while no other process on this machine holds the same lock. A lock whose owner has died is taken over.
 *
 * @param {string} file the lock file, in a folder that exists
 * @param {(line: string) => void} log told once when it has to wait
 * @param {() => Promise<void>} work
 * @throws {ToolsError} when the other process holds it for more than half an hour
 */
export async function withLock(file, log, work) {
  await acquire(file, log);
  try {
    await work();
  } finally {
    await rm(file, { force: true });
  }
}

async function acquire(file, log) {
  const deadline = Date.now() + longestWaitMilliseconds;
  let told = false;
  while (!(await create(file))) {
    const owner = await ownerOf(file);
    if (owner === 'gone') {
      await rm(file, { force: true });
      continue;
    }
    if (Date.now() > deadline) throw new ToolsError(`another run (process ${owner}) still holds ${file}`);
    if (!told) log('waiting for another run that is building the tools');
    told = true;
    await sleep(pollMilliseconds);
  }
}

async function create(file) {
  try {
    await writeFile(file, `${process.pid}\n`, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

/** The process that holds the lock, or `gone` when that process is no more. */
async function ownerOf(file) {
  try {
    const pid = Number(await readFile(file, 'utf8'));
    if (Number.isInteger(pid) && pid > 0) return isAlive(pid) ? String(pid) : 'gone';
    const { mtimeMs } = await stat(file);
    return Date.now() - mtimeMs > settlingMilliseconds ? 'gone' : 'unknown';
  } catch (error) {
    if (error.code === 'ENOENT') return 'gone';
    throw error;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
