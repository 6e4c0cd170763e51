import { basename, dirname, join, resolve } from 'node:path';
import type { Model } from '@groundplan/model';
import { lockFileOf } from '@groundplan/secrets';
import { shownName } from '../topology/paths.js';

/** A file by its absolute path, and as it is shown. */
export interface FilePlace {
  readonly path: string;
  readonly shown: string;
}

/**
 * Where a topology has its secrets: the encrypted file, and the one in clear beside it.
 *
 * @param topologyFolder absolute
 * @param folder the current one
 */
export function secretPlaces(
  { secrets }: Model,
  topologyFolder: string,
  folder: string,
): { readonly file: FilePlace; readonly lock: FilePlace } {
  const path = resolve(topologyFolder, secrets.file.value);
  const place = (of: string): FilePlace => ({ path: of, shown: shownName(of, folder) });
  return { file: place(path), lock: place(join(dirname(path), lockFileOf(basename(path)))) };
}
