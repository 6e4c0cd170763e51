import { isAbsolute, relative, resolve, sep } from 'node:path';

/** The name by which a file is shown: relative to `folder` where it lies under it, else as it was written, always with `/`. */
export function shownName(written: string, folder: string): string {
  const name = relative(folder, resolve(folder, written));
  const liesUnder = name !== '' && !name.startsWith(`..${sep}`) && name !== '..' && !isAbsolute(name);
  return (liesUnder ? name : written).split(sep).join('/');
}

/** Orders by code units, the same in every locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
