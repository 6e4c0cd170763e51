import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Diagnostic, report } from '@groundplan/diagnostics';
import { type Model, type NamedFile, namedFiles } from '@groundplan/model';
import { systemReason } from '../failure.js';
import { isNotFound, readAtMost } from './read-file.js';
import { publicKeyProblem } from './ssh-public-key.js';

/** Bytes of a file that a host is given: what travels to a server by SSH in a few seconds. */
const mostBytes = 16 * 1024 * 1024;

export interface NamedContents {
  /** By the path as the topology writes it. */
  readonly contents: ReadonlyMap<string, Uint8Array>;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads every file that a topology names; `folder` is the topology's, absolute. */
export async function readNamedFiles(model: Model, folder: string): Promise<NamedContents> {
  const contents = new Map<string, Uint8Array>();
  const diagnostics: Diagnostic[] = [];
  for (const file of namedFiles(model)) {
    const read = await readNamed(file, folder, contents);
    if (read instanceof Uint8Array) contents.set(file.path, read);
    else diagnostics.push(read);
  }
  return { contents, diagnostics };
}

async function readNamed(
  { path, span, kind }: NamedFile,
  folder: string,
  known: ReadonlyMap<string, Uint8Array>,
): Promise<Uint8Array | Diagnostic> {
  const unreadable = (reason: string) => report('file/unreadable', span, { path, reason });
  if (path.includes('\0')) return unreadable('its name holds a NUL character');
  let bytes = known.get(path);
  if (bytes === undefined) {
    const absolute = resolve(folder, path);
    try {
      const found = await stat(absolute);
      if (found.isDirectory()) return unreadable('it is a folder');
      if (!found.isFile()) return unreadable('it is no regular file');
      if (found.size > mostBytes) return unreadable('it is larger than 16 MiB');
      bytes = await readAtMost(absolute, mostBytes);
    } catch (error) {
      if (isNotFound(error)) return report('file/missing', span, { path });
      const reason = systemReason(error);
      if (reason === undefined) throw error;
      return unreadable(reason);
    }
  }
  const problem = kind === 'ssh-key' ? publicKeyProblem(new TextDecoder().decode(bytes)) : undefined;
  return problem === undefined ? bytes : unreadable(problem);
}
