import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { administratorsEnvironment, must } from '../command.js';
import { cgroupOf } from './cgroup.js';
import { cleanUpScript } from './clean-up-script.js';
import { isAlive, type ProcessIdentity, thisProcess } from './process-identity.js';

/** A rehearsal that goes on, and what everything of it is called. */
export interface Run {
  /** Six hexadecimal digits. */
  readonly id: string;
  /** What its network namespaces begin with. */
  readonly prefix: string;
  /** Everything that it writes. */
  readonly folder: string;
  /** Group of all its processes. */
  readonly cgroup: string;
  /** From then on nobody else has to tidy up. */
  isClosing(): boolean;
  /** Removes all of it, once. Rejects with what could not be removed. */
  close(): Promise<void>;
}

/**
 * Begins a run. Should this process end without closing it, however that comes, a caretaker closes it; what even that could not
 * do, `sweep` does.
 *
 * @param folder where runs have their folders
 */
export async function openRun(folder: string): Promise<Run> {
  const id = randomBytes(3).toString('hex');
  const names = await namesOf(folder, id);
  await mkdir(names.folder, { recursive: true });
  await writeFile(join(names.folder, identityFile), `${JSON.stringify(await thisProcess())}\n`);
  await mkdir(names.cgroup, { recursive: true });
  const caretaker = startCaretaker(names);
  let closing: Promise<void> | undefined;
  return {
    id,
    ...names,
    isClosing: () => closing !== undefined,
    close: () => {
      closing ??= dismiss(caretaker);
      return closing;
    },
  };
}

/**
 * Removes what is left of runs whose process is gone.
 *
 * @returns their ids, sorted
 */
export async function sweep(folder: string): Promise<string[]> {
  const ids = await readdir(folder).catch((): string[] => []);
  const swept: string[] = [];
  for (const id of ids.sort()) {
    const identity = await readIdentity(join(folder, id, identityFile));
    if (identity === 'unreadable' || (await isAlive(identity))) continue;
    const names = await namesOf(folder, id);
    await must('sh', ['-c', cleanUpScript, 'clean-up.sh', names.cgroup, names.prefix, names.folder]);
    swept.push(id);
  }
  return swept;
}

const identityFile = 'process.json';

type Names = Pick<Run, 'prefix' | 'folder' | 'cgroup'>;

async function namesOf(folder: string, id: string): Promise<Names> {
  return { prefix: `gp-${id}-`, folder: join(folder, id), cgroup: await cgroupOf(`groundplan-${id}`) };
}

/** A folder without one may be of a run that begins at this moment. */
async function readIdentity(file: string): Promise<ProcessIdentity | 'unreadable'> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as ProcessIdentity;
  } catch {
    return 'unreadable';
  }
}

/**
 * A shell that waits until its input ends, which it does when this process ends as well, and then cleans up. In a session of its
 * own: what is typed at the terminal does not reach it.
 */
function startCaretaker({ cgroup, prefix, folder }: Names): ChildProcess {
  const script = `trap '' HUP INT TERM PIPE\ncat >/dev/null\n${cleanUpScript}`;
  return spawn('sh', ['-c', script, 'clean-up.sh', cgroup, prefix, folder], {
    cwd: '/',
    detached: true,
    env: administratorsEnvironment(),
    stdio: ['pipe', 'ignore', 'pipe'],
  });
}

function dismiss(caretaker: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    const said: Buffer[] = [];
    caretaker.stderr?.on('data', (chunk: Buffer) => said.push(chunk));
    caretaker.once('error', reject);
    caretaker.once('close', (code) => {
      if (code === 0) resolve();
      else
        reject(new Error(`not all of the rehearsal could be removed: ${Buffer.concat(said).toString('utf8').trim()}`));
    });
    caretaker.stdin?.end();
  });
}
