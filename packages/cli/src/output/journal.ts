import { existsSync, mkdirSync, readFileSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Failure } from '../failure.js';
import { isInside } from './manifest.js';
import { fenceFile, fenceText, journalFile, stageFolder, workFolder } from './work-folder.js';
import { syncFolder, writeDurably } from './write-durably.js';

/** What remains to be done in a folder once every new file is on the disk. */
export interface Journal {
  readonly format: 1;
  /** Paths of new files, in the order in which they take their places; the n-th lies in the stage under the name n. */
  readonly places: readonly string[];
  /** Paths of files that go. */
  readonly removals: readonly string[];
}

/** Puts a journal into a folder: from here on the new files are what counts. */
export function writeJournal(folder: string, journal: Journal): void {
  const work = join(folder, workFolder);
  syncFolder(join(work, stageFolder));
  writeDurably(join(work, `${journalFile}.new`), JSON.stringify(journal));
  renameSync(join(work, `${journalFile}.new`), join(work, journalFile));
  syncFolder(work);
}

/** The journal that a build left behind when it was killed in the middle; undefined when there is none. */
export function readJournal(folder: string): Journal | undefined {
  const path = join(folder, workFolder, journalFile);
  if (!existsSync(path)) return undefined;
  const journal: Journal = JSON.parse(readFileSync(path, 'utf8'));
  if (![...journal.places, ...journal.removals].every(isInside)) throw new Failure(`${path}: this leads out of its folder: remove it`);
  return journal;
}

/**
 * Does what the journal says, and takes it away. Does only what is not done yet, so that it can be killed and called again at any
 * point. Meanwhile a file keeps Terraform from reading the folder.
 */
export function carryOut(folder: string, { places, removals }: Journal): void {
  const stage = join(folder, workFolder, stageFolder);
  writeDurably(join(folder, fenceFile), fenceText);
  const touched = new Set([folder]);
  places.forEach((path, index) => {
    const staged = join(stage, String(index));
    if (!existsSync(staged)) return;
    const parent = dirname(join(folder, path));
    mkdirSync(parent, { recursive: true });
    renameSync(staged, join(folder, path));
    touched.add(parent);
  });
  for (const path of removals) rmSync(join(folder, path), { force: true });
  for (const path of removals) removeEmptyFolders(folder, dirname(path));
  for (const each of touched) if (existsSync(each)) syncFolder(each);
  rmSync(join(folder, fenceFile), { force: true });
  rmSync(join(folder, workFolder, journalFile), { force: true });
}

function removeEmptyFolders(folder: string, path: string): void {
  for (let at = path; at !== '.'; at = dirname(at)) {
    try {
      rmdirSync(join(folder, at));
    } catch {
      // Something else is in it, or it went before.
      return;
    }
  }
}
