import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { promisify } from 'node:util';
import { decode } from '@groundplan/syntax';
import { Failure } from '../failure.js';
import { type Input, inputOf } from './inputs.js';
import { readText } from './read-text.js';

/**
 * Another version of a topology: a file or folder of that name, else the same file at a Git revision.
 *
 * @throws Failure when it is neither
 */
export async function readAgainst(word: string, input: Input, folder: string): Promise<string> {
  const isFile = await stat(resolve(folder, word)).then(
    () => true,
    () => false,
  );
  if (isFile) {
    const other = await inputOf(word, folder);
    return textOf(await readText(other.path ?? '', other.file), word);
  }
  if (input.path === undefined)
    throw new Failure(`${word}: there is no such file, and standard input has no revisions`);
  return textOf(decode(await atRevision(word, input.path)), word);
}

function textOf({ value, diagnostics }: ReturnType<typeof decode>, word: string): string {
  const [problem] = diagnostics;
  if (problem !== undefined) throw new Failure(`${word}: ${problem.message}`);
  return value;
}

/** The file as Git has it at a revision. `--end-of-options` keeps a word that begins with `-` from being an option. */
async function atRevision(revision: string, path: string): Promise<Uint8Array> {
  try {
    const { stdout } = await promisify(execFile)(
      'git',
      ['show', '--end-of-options', `${revision}:./${basename(path)}`],
      { cwd: dirname(path), encoding: 'buffer', maxBuffer: 32 * 1024 * 1024 },
    );
    return stdout;
  } catch (error) {
    const reason = error instanceof Error && 'stderr' in error ? String(error.stderr).trim().split('\n')[0] : '';
    throw new Failure(`${revision}: there is no such file, and as a Git revision: ${reason || 'git cannot be run'}`);
  }
}
