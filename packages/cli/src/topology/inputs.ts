import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { isNotFound } from '@groundplan/files';
import { isTopologyName, topologyFile } from '@groundplan/model';
import { Failure, failureOf } from '../failure.js';
import { compareText, shownName } from './paths.js';
import { explained, linkTarget } from './read-file.js';

/** A topology that a command was told to look at, or found. */
export interface Input {
  /** As it is shown: relative to the current folder, or `<stdin>`. */
  readonly file: string;
  /** Absolute; undefined for standard input. */
  readonly path: string | undefined;
  /** Absolute: paths in the topology are relative to it. */
  readonly folder: string;
}

export interface FoundInputs {
  /** Each once, in the order of their names. */
  readonly inputs: readonly Input[];
  /** What could not be looked at. */
  readonly failures: readonly Failure[];
}

/** Folders that hold no sources. Those whose names begin with a dot are left out as well. */
const skippedFolders: ReadonlySet<string> = new Set(['node_modules', 'build']);

/** A search that has seen so much is in the wrong place. */
const mostEntries = 200_000;
const mostDepth = 40;

/**
 * What one word of the command line means: `-` is standard input, a folder its `topology.yaml`.
 *
 * @throws Failure when there is no such file
 */
export async function inputOf(word: string, folder: string): Promise<Input> {
  if (word === '-') return { file: '<stdin>', path: undefined, folder };
  const path = resolve(folder, word);
  const found = await stat(path).catch(async (error) => {
    throw await explained(path, word, error);
  });
  if (!found.isDirectory()) return fileInput(path, word, folder);
  const inside = join(path, topologyFile);
  const shown = shownName(join(word, topologyFile), folder);
  await stat(inside).catch(async (error) => {
    const isAbsent = isNotFound(error) && (await linkTarget(inside)) === undefined;
    throw isAbsent
      ? new Failure(`${word}: there is no ${topologyFile} in this folder`)
      : await explained(inside, shown, error);
  });
  return fileInput(inside, shown, folder);
}

/** The topology of a command that takes one: the word, or `topology.yaml` in the current folder. */
export async function singleInput(words: readonly string[], folder: string): Promise<Input> {
  return inputOf(words[0] ?? '.', folder);
}

/** The topologies of a command that takes several. */
export async function inputsOf(words: readonly string[], folder: string): Promise<FoundInputs> {
  const failures: Failure[] = [];
  const inputs = new Map<string, Input>();
  for (const word of words) {
    try {
      const input = await inputOf(word, folder);
      inputs.set(input.path ?? '-', input);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      failures.push(error);
    }
  }
  return { inputs: sorted(inputs.values()), failures };
}

/**
 * Every `topology.yaml` and `*.topology.yaml` under a folder. Links to folders are not followed.
 *
 * @throws Failure when the folder holds none, or far too much to look at
 */
export async function searchInputs(folder: string): Promise<FoundInputs> {
  const failures: Failure[] = [];
  const inputs: Input[] = [];
  let entriesLeft = mostEntries;
  const queue = [{ path: folder, depth: 0 }];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const { path, depth } = next;
    const entries = await list(path, shownName(path, folder), failures);
    entriesLeft -= entries.length;
    if (entriesLeft < 0 || depth > mostDepth) {
      throw new Failure(`there is too much under this folder to look for topologies: name the files, or use -C`);
    }
    for (const entry of entries) {
      const inside = join(path, entry.name);
      if (entry.isDirectory()) {
        if (!entry.name.startsWith('.') && !skippedFolders.has(entry.name))
          queue.push({ path: inside, depth: depth + 1 });
      } else if (isTopologyName(entry.name)) {
        inputs.push(fileInput(inside, inside, folder));
      }
    }
  }
  if (inputs.length === 0 && failures.length === 0) {
    throw new Failure(`there is no ${topologyFile} and no *.${topologyFile} under this folder`);
  }
  return { inputs: sorted(inputs), failures };
}

async function list(path: string, shown: string, failures: Failure[]): Promise<Dirent[]> {
  try {
    return await readdir(path, { withFileTypes: true });
  } catch (error) {
    const failure = failureOf(shown, error);
    if (!(failure instanceof Failure)) throw failure;
    failures.push(failure);
    return [];
  }
}

function fileInput(path: string, written: string, folder: string): Input {
  return { file: shownName(written, folder), path, folder: dirname(path) };
}

function sorted(inputs: Iterable<Input>): Input[] {
  return [...inputs].sort((a, b) => compareText(a.file, b.file));
}
