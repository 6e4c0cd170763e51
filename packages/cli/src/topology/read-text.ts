import type { Result } from '@groundplan/diagnostics';
import { mostTextBytes, topologyText } from '@groundplan/hosts';
import type { Environment } from '../environment.js';
import type { Input } from './inputs.js';
import { readBytes } from './read-file.js';

/**
 * The text of an input; bytes that are no text, or far too many, give an empty text and a diagnostic.
 *
 * @throws Failure when it cannot be read
 */
export async function readInputText(input: Input, environment: Environment): Promise<Result<string>> {
  return topologyText(
    input.path === undefined
      ? await environment.readInput(mostTextBytes + 1)
      : await readBytes(input.path, input.file, mostTextBytes + 1),
  );
}

/** The text of a file, as {@link readInputText} reads it. */
export async function readText(path: string, shown: string): Promise<Result<string>> {
  return topologyText(await readBytes(path, shown, mostTextBytes + 1));
}
