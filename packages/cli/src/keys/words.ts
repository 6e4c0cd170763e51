import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { nearest } from '@groundplan/model';
import { Failure } from '../failure.js';

/** What `keys` can be told to do; without a word of these it makes what is missing. */
export const keysActions = ['list', 'set', 'rename', 'rotate', 'remove', 'recipients', 'identity'] as const;

export type KeysAction = (typeof keysActions)[number];

/** What the words of `keys` mean. */
export interface KeysWords {
  readonly action: KeysAction | 'make';
  /** Names of secrets. */
  readonly names: readonly string[];
  /** The topology; undefined for `topology.yaml` in the current folder. */
  readonly file: string | undefined;
}

/** How many names each takes. */
const takes: Readonly<Record<KeysAction | 'make', 'none' | 'one' | 'two' | 'some'>> = {
  make: 'none',
  list: 'none',
  set: 'one',
  rename: 'two',
  rotate: 'some',
  remove: 'some',
  recipients: 'none',
  identity: 'none',
};

const help = '(see "groundplan keys --help")';

/**
 * Reads `keys [FILE]`, `keys set NAME [FILE]` and the like. A word with a dot or a slash in it is a file, another one a name, of which
 * `secret.` in front is no part.
 *
 * @throws Failure when they say nothing that `keys` does
 */
export async function readKeysWords(words: readonly string[], folder: string): Promise<KeysWords> {
  const [first] = words;
  const action = keysActions.find((each) => each === first) ?? 'make';
  const others = (action === 'make' ? words : words.slice(1)).map((word) => word.replace(/^secret\./, ''));
  const files = others.filter(isFile);
  const names = others.filter((word) => !isFile(word));
  const [name] = names;
  if (action === 'make' && name !== undefined && files.length === 0 && (await exists(resolve(folder, name))))
    return { action, names: [], file: name };
  if (action === 'make' && name !== undefined) {
    const near = nearest(name, keysActions);
    throw new Failure(
      `"${name}" is no topology, and nothing that keys does${near === undefined ? '' : `: did you mean ${near}?`} ${help}`,
    );
  }
  if (files.length > 1) throw new Failure(`keys takes one FILE, not ${files.length} ${help}`);
  if (takes[action] === 'none' && name !== undefined) throw new Failure(`keys ${action} takes no "${name}" ${help}`);
  if (takes[action] === 'one' && names.length > 1) throw new Failure(`keys ${action} takes one NAME ${help}`);
  if (takes[action] === 'two' && names.length !== 2) throw new Failure(`keys ${action} takes OLD and NEW ${help}`);
  if (takes[action] !== 'none' && name === undefined) throw new Failure(`keys ${action} needs NAME ${help}`);
  if (action === 'identity' && files.length > 0) throw new Failure(`keys identity takes no topology ${help}`);
  const distinct = [...new Set(names)];
  if (takes[action] === 'two' && distinct.length < 2) throw new Failure(`${name} is called that already`);
  return { action, names: distinct, file: files[0] };
}

function isFile(word: string): boolean {
  return word === '-' || /[./\\]/.test(word);
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
