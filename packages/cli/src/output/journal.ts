import { existsSync, readFileSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Failure } from '../failure.js';
import { makeFolders } from './make-folders.js';
import { isInside } from './manifest.js';
import { fenceFile, fenceText, journalFile, stageFolder, unfinishedJournal, workFolder } from './work-folder.js';
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
  writeDurably(join(work, unfinishedJournal), JSON.stringify(journal));
  renameSync(join(work, unfinishedJournal), join(work, journalFile));
  syncFolder(work);
}

/** The journal that a build left behind when it was killed in the middle; undefined when there is none. */
export function readJournal(folder: string): Journal | undefined {
  const path = join(folder, workFolder, journalFile);
  if (!existsSync(path)) return undefined;
  const journal: Journal = JSON.parse(readFileSync(path, 'utf8'));
  if (![...journal.places, ...journal.removals].every(isInside))
    throw new Failure(`${path}: this leads out of its folder: remove it`);
  return journal;
}

/** True while no new file has taken its place, so that the folder is still the old one. */
export function isUntouched(folder: string, { places }: Journal): boolean {
  return places.every((_, index) => existsSync(stagedPath(folder, index)));
}

/** Forgets what was to be done, as long as nothing of it has been done. */
export function dropJournal(folder: string): void {
  rmSync(join(folder, fenceFile), { force: true });
  rmSync(join(folder, workFolder, journalFile), { force: true });
}

/**
 * Does what the journal says, and takes it away. Does only what is not done yet, so that it can be killed and called again at any
 * point. Meanwhile a file keeps Terraform from reading the folder. What may need space on the disk comes before the first file
 * takes its place.
 */
export function carryOut(folder: string, { places, removals }: Journal): void {
  const moves = places
    .map((path, index) => ({ from: stagedPath(folder, index), to: join(folder, path) }))
    .filter(({ from }) => existsSync(from));
  const parents = new Set([folder, ...moves.map(({ to }) => dirname(to))]);
  for (const parent of parents) makeFolders(parent);
  if (moves.length > 0) raiseFence(folder);
  for (const { from, to } of moves) renameSync(from, to);
  for (const path of removals) rmSync(join(folder, path), { force: true });
  for (const path of removals) removeEmptyFolders(folder, dirname(path));
  for (const parent of parents) syncFolder(parent);
  rmSync(join(folder, fenceFile), { force: true });
  rmSync(join(folder, workFolder, journalFile), { force: true });
}

function stagedPath(folder: string, index: number): string {
  return join(folder, workFolder, stageFolder, String(index));
}

function raiseFence(folder: string): void {
  const staged = join(folder, workFolder, stageFolder, fenceFile);
  const fence = join(folder, fenceFile);
  if (existsSync(staged)) renameSync(staged, fence);
  else if (!existsSync(fence)) writeDurably(fence, fenceText);
  syncFolder(folder);
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
