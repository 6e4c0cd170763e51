import { resolve } from 'node:path';
import { lookAtFile } from '@groundplan/files';
import type { FileLook } from '@groundplan/hosts';
import { type Model, namedFiles } from '@groundplan/model';

/** Looks at every file that a topology names; `folder` is the topology's, absolute. By the path as the topology writes it. */
export async function lookAtNamedFiles(model: Model, folder: string): Promise<ReadonlyMap<string, FileLook>> {
  const looks = new Map<string, FileLook>();
  for (const { path } of namedFiles(model)) {
    if (!looks.has(path)) looks.set(path, await lookAtFile(resolve(folder, path)));
  }
  return looks;
}
