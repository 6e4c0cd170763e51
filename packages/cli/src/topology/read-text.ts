import { type Diagnostic, type Result, report } from '@groundplan/diagnostics';
import { decode } from '@groundplan/syntax';
import type { Environment } from '../environment.js';
import type { Input } from './inputs.js';
import { readBytes } from './read-file.js';

/** Bytes of a topology or a configuration that are read: a hundred times the largest ones that are known. */
const mostBytes = 16 * 1024 * 1024;

/**
 * The text of an input; bytes that are no text, or far too many, give an empty text and a diagnostic.
 *
 * @throws Failure when it cannot be read
 */
export async function readInputText(input: Input, environment: Environment): Promise<Result<string>> {
  return textOf(
    input.path === undefined
      ? await environment.readInput(mostBytes + 1)
      : await readBytes(input.path, input.file, mostBytes + 1),
  );
}

/** The text of a file, as {@link readInputText} reads it. */
export async function readText(path: string, shown: string): Promise<Result<string>> {
  return textOf(await readBytes(path, shown, mostBytes + 1));
}

function textOf(bytes: Uint8Array): Result<string> {
  return bytes.length > mostBytes ? { value: '', diagnostics: [tooLarge()] } : decode(bytes);
}

function tooLarge(): Diagnostic {
  return report('syntax/too-large', { start: 0, end: 0 }, { limit: '16 MiB' });
}
