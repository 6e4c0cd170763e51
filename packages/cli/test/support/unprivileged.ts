import { chmod, chown } from 'node:fs/promises';

/** A user without rights, for runs that root would not be refused; undefined where the tests themselves have none. */
const nobody = process.getuid?.() === 0 ? 65_534 : undefined;

/** Options for a run whose user cannot pass by the permissions of files. */
export const unprivileged = nobody === undefined ? {} : { uid: nobody };

/** Gives a file or folder to that user, with these permissions. */
export async function giveAway(path: string, mode: number): Promise<void> {
  if (nobody !== undefined) await chown(path, nobody, nobody);
  await chmod(path, mode);
}
