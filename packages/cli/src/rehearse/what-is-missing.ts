import { readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Model } from '@groundplan/model';
import { obstacles, places, preflight, thisMachine } from '@groundplan/rehearsal';
import type { Context } from '../command.js';
import { findProgram, foldersOf } from '../find-program.js';

/** Everything is there, or what is not. */
export type Missing =
  | { readonly kind: 'nothing'; readonly objectStorage: string }
  | { readonly kind: 'missing'; readonly lines: readonly string[] };

/** What keeps a topology from being rehearsed on this machine, with what to do about it. */
export async function whatIsMissing(model: Model, file: string, context: Context): Promise<Missing> {
  const cannot = obstacles(model).map((each) => `${file} cannot be rehearsed yet: ${each}`);
  if (cannot.length > 0) return { kind: 'missing', lines: cannot };
  const missing = await preflight(thisMachine(places().images));
  const lines = missing.map(({ what, why, how }) => `a rehearsal needs ${what}, for ${why}: ${how}`);
  if (lines.length > 0) return { kind: 'missing', lines };
  const objectStorage = await findObjectStorage(context.variables);
  if (objectStorage !== undefined) return { kind: 'nothing', objectStorage };
  const how =
    '"go install github.com/versity/versitygw/cmd/versitygw@latest", or "node scripts/tools.mjs" in a clone of Groundplan';
  return { kind: 'missing', lines: [`a rehearsal needs versitygw, for object storage: ${how}`] };
}

const program = 'versitygw';

/** versitygw on the PATH, where `go install` puts it, or as the repository's own script builds it into the cache. */
async function findObjectStorage(variables: Context['variables']): Promise<string | undefined> {
  const home = variables.HOME ?? homedir();
  const cache = join(variables.XDG_CACHE_HOME || join(home, '.cache'), 'groundplan', 'tools');
  const built = await readdir(cache).catch((): string[] => []);
  const folders = [
    ...foldersOf(variables.PATH),
    join(variables.GOPATH ?? join(home, 'go'), 'bin'),
    ...built.filter((name) => name.startsWith(`${program}-`)).map((name) => join(cache, name)),
  ];
  return findProgram(program, folders);
}
