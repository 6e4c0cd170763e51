import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/** The folders of a PATH. */
export function foldersOf(path: string | undefined): string[] {
  return (path ?? '').split(delimiter).filter((each) => each !== '');
}

/** The path of the first program of that name in the folders; undefined when none of them has one. */
export async function findProgram(name: string, folders: readonly string[]): Promise<string | undefined> {
  const file = process.platform === 'win32' ? `${name}.exe` : name;
  for (const folder of folders) {
    const path = join(folder, file);
    if (await isProgram(path)) return path;
  }
  return undefined;
}

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
