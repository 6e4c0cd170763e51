import { existsSync, mkdirSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { systemReason } from '@groundplan/files';
import { Failure, failureOf } from '../failure.js';
import { carryOut, dropJournal, isUntouched, type Journal, readJournal, writeJournal } from './journal.js';
import { type Lock, lockFolder } from './lock.js';
import { makeFolders } from './make-folders.js';
import { makeManifest, manifestFile, serializeManifest } from './manifest.js';
import { type Survey, survey } from './survey.js';
import { fenceFile, fenceText, stageFolder, unfinishedJournal, workFolder } from './work-folder.js';
import { writeDurably } from './write-durably.js';

/** What a build makes. */
export interface Output {
  /** By path in the folder, with `/`. */
  readonly files: ReadonlyMap<string, string>;
  /** Base name of the topology. */
  readonly topology: string;
  /** Date of the catalogue. */
  readonly catalog: string;
}

export interface Target {
  /** Absolute. */
  readonly folder: string;
  /** As it is shown. */
  readonly shown: string;
}

/** What was done in the folder. */
export interface Written {
  readonly written: readonly string[];
  readonly removed: readonly string[];
  /** Files that are no longer made, but stay since they were changed by hand. */
  readonly kept: readonly string[];
}

/**
 * Makes the folder hold what a build made. All new files are on the disk before the first takes its place, and a journal says what
 * remains to be done, so that the folder is the old one until then, and the new one after that: where the process is killed
 * in between, Terraform refuses the folder until {@link finishInterrupted} has completed it. Files that Groundplan did not write
 * are neither changed nor removed.
 *
 * @param force also replaces files that were changed by hand, and what another topology compiled to
 * @throws Failure when something is in the way or the folder cannot be written; it is then as it was
 */
export async function writeOutput(target: Target, output: Output, force: boolean): Promise<Written> {
  return inFolder(target, ({ lock }) => {
    const found = survey(target.folder, output.files);
    const refusal = refusalOf(target, output, found, force);
    if (refusal !== undefined) throw refusal;
    const changed = [...found.missing, ...found.outdated, ...found.changedByHand];
    const manifest = serializeManifest(makeManifest(output.topology, output.catalog, output.files));
    const isSame = found.manifest !== undefined && serializeManifest(found.manifest) === manifest;
    if (changed.length === 0 && found.obsolete.length === 0 && isSame) return { written: [], removed: [], kept: [] };

    const contents = new Map([
      ...changed.map((path) => [path, output.files.get(path) ?? ''] as const),
      [manifestFile, manifest],
    ]);
    const journal: Journal = { format: 1, places: [...contents.keys()], removals: found.obsolete };
    stage(target.folder, [...contents.values()], lock);
    commit(target, journal);
    return { written: [...contents.keys()].sort(), removed: found.obsolete, kept: found.kept };
  });
}

/** Completes what a build left behind that was killed in the middle. True when there was something to complete. */
export async function finishInterrupted(target: Target): Promise<boolean> {
  if (!existsSync(join(target.folder, workFolder))) return false;
  return inFolder(target, ({ wasInterrupted }) => wasInterrupted);
}

/** Paths that differ from what a build makes, with what is the matter with each; writes nothing. */
export function differences({ folder }: Target, output: Output): string[] {
  if (existsSync(folder) && readJournal(folder) !== undefined) return [`${workFolder}: a build was interrupted here`];
  const found = survey(folder, output.files);
  const manifest = makeManifest(output.topology, output.catalog, output.files);
  const isSame = found.manifest !== undefined && serializeManifest(found.manifest) === serializeManifest(manifest);
  return [
    ...found.missing.map((path) => `${path}: missing`),
    ...[...found.outdated, ...found.changedByHand, ...found.foreign].map((path) => `${path}: differs`),
    ...found.obsolete.map((path) => `${path}: no longer made`),
    ...(isSame || found.foreign.includes(manifestFile)
      ? []
      : [`${manifestFile}: ${found.manifest === undefined ? 'missing' : 'differs'}`]),
  ].sort();
}

function refusalOf({ shown }: Target, output: Output, found: Survey, force: boolean): Failure | undefined {
  const named = (paths: readonly string[]) => {
    const others = paths.length > 1 ? ` (and ${paths.length - 1} more)` : '';
    return `${shown}/${paths[0]}${others}`;
  };
  if (found.foreign.length > 0) {
    return new Failure(
      `${named(found.foreign)}: Groundplan did not write this and does not overwrite it: move it away, or choose another folder with --out`,
    );
  }
  if (force) return undefined;
  if (found.manifest !== undefined && found.manifest.topology !== output.topology) {
    return new Failure(
      `${shown}: this holds what ${found.manifest.topology} compiles to: choose another folder with --out, or replace it with --force`,
    );
  }
  if (found.changedByHand.length > 0) {
    return new Failure(
      `${named(found.changedByHand)}: changed by hand since Groundplan wrote it: undo that, or overwrite it with --force`,
    );
  }
  return undefined;
}

interface AtWork {
  readonly lock: Lock;
  /** An earlier build had been killed here, and was completed. */
  readonly wasInterrupted: boolean;
}

/** Makes the folder if need be, keeps other builds from it during `work`, and leaves nothing unfinished behind. */
async function inFolder<T>(target: Target, work: (at: AtWork) => T): Promise<T> {
  const { folder, shown } = target;
  // A signal that came while the topology was compiled is only seen when the process waits for something.
  await setImmediate();
  if (existsSync(folder) && !statSync(folder).isDirectory())
    throw new Failure(`${shown}: this is a file, not a folder`);
  let made: string | undefined;
  try {
    made = makeFolders(folder);
    const lock = await lockFolder(folder);
    try {
      const journal = readJournal(folder);
      if (journal !== undefined) complete(target, journal);
      return work({ lock, wasInterrupted: journal !== undefined });
    } finally {
      tidy(folder, lock);
    }
  } catch (error) {
    removeEmpty(folder, made);
    throw failureOf(shown, error);
  }
}

function stage(folder: string, contents: readonly string[], lock: Lock): void {
  const path = join(folder, workFolder, stageFolder);
  rmSync(path, { recursive: true, force: true });
  mkdirSync(path);
  writeDurably(join(path, fenceFile), fenceText);
  let touched = Date.now();
  contents.forEach((content, index) => {
    writeDurably(join(path, String(index)), content);
    if (Date.now() - touched < 1000) return;
    lock.touch();
    touched = Date.now();
  });
}

/** Puts the staged files into their places; what fails before the first of them leaves the folder as it was. */
function commit(target: Target, journal: Journal): void {
  try {
    writeJournal(target.folder, journal);
    carryOut(target.folder, journal);
  } catch (error) {
    if (!isUntouched(target.folder, journal)) throw unfinished(target, error);
    dropJournal(target.folder);
    throw error;
  }
}

/** Completes what an earlier build left. */
function complete(target: Target, journal: Journal): void {
  try {
    carryOut(target.folder, journal);
  } catch (error) {
    throw unfinished(target, error);
  }
}

function unfinished({ shown }: Target, error: unknown): unknown {
  const reason = systemReason(error);
  if (reason === undefined) return error;
  return new Failure(
    `${shown}: only a part could be written, so that Terraform refuses this folder: ${reason}; run "groundplan build" again to finish`,
  );
}

/** Takes away what only a build in progress needs; a journal stays, with the files that it speaks of. */
function tidy(folder: string, lock: Lock): void {
  const work = join(folder, workFolder);
  ignoreErrors(() => {
    if (readJournal(folder) !== undefined) return;
    for (const name of [stageFolder, unfinishedJournal]) rmSync(join(work, name), { recursive: true, force: true });
  });
  ignoreErrors(lock.release);
  ignoreErrors(() => rmdirSync(work));
}

/** Removes the folders that were made for a build which then wrote nothing, `made` being the outermost. */
function removeEmpty(folder: string, made: string | undefined): void {
  if (made === undefined) return;
  for (let at = folder; at.length >= made.length; at = dirname(at)) if (!ignoreErrors(() => rmdirSync(at))) return;
}

function ignoreErrors(work: () => void): boolean {
  try {
    work();
    return true;
  } catch {
    return false;
  }
}
