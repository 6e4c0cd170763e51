import { lstat, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { isNotFound } from '@groundplan/files';
import { type ReadIdentities, readIdentities } from '@groundplan/secrets/node';
import type { Context } from '../command.js';
import { Failure } from '../failure.js';
import { readBytes } from '../topology/read-file.js';
import type { FilePlace } from './places.js';

/** The variable of the environment that holds an identity, or names its file. */
export const identityVariable = 'GROUNDPLAN_AGE_IDENTITY';

/** By which files of secrets are opened. */
export interface Identities {
  readonly identities: readonly string[];
  /** The public halves. */
  readonly recipients: readonly string[];
  /** Where they are from, as it is shown. */
  readonly from: string;
}

const mostBytes = 1024 * 1024;

/** Where the identity lies: the file that is named, the one of the environment, else the user's own. Not for one that the environment holds. */
export function identityFile(named: string | undefined, { folder, variables }: Context): FilePlace {
  const written = named ?? variables[identityVariable];
  if (written !== undefined && written !== '') return { path: resolve(folder, written), shown: written };
  const home = variables.HOME ?? homedir();
  const path = join(variables.XDG_CONFIG_HOME || join(home, '.config'), 'groundplan', 'identity');
  return { path, shown: path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path };
}

/**
 * The identities of the user; undefined when none is named and there is none at the usual place.
 *
 * @throws Failure when what is named cannot be read, or is no identity
 */
export async function findIdentities(named: string | undefined, context: Context): Promise<Identities | undefined> {
  const held = named === undefined ? context.variables[identityVariable] : undefined;
  if (held?.trim().startsWith('AGE-SECRET-KEY-')) return usable(await readIdentities(held), identityVariable);
  const { path, shown } = identityFile(named, context);
  const isNamed = named !== undefined || Boolean(held);
  let bytes: Uint8Array;
  try {
    bytes = await readBytes(path, shown, mostBytes);
  } catch (error) {
    if (!isNamed && (await isAbsent(path))) return undefined;
    throw error;
  }
  const found = usable(await readIdentities(new TextDecoder().decode(bytes)), shown);
  if (await isOpenToOthers(path)) context.note(`${shown} can be read by others: "chmod 600 ${shown}"`);
  return found;
}

/** By the permissions of a regular file, where the system has such. */
async function isOpenToOthers(path: string): Promise<boolean> {
  const found = await stat(path);
  return process.platform !== 'win32' && found.isFile() && (found.mode & 0o077) !== 0;
}

function usable(read: ReadIdentities, from: string): Identities {
  if (read.kind === 'unusable') throw new Failure(`${from}: ${read.problem}`);
  return { identities: read.identities, recipients: read.recipients, from };
}

async function isAbsent(path: string): Promise<boolean> {
  return lstat(path).then(() => false, isNotFound);
}
