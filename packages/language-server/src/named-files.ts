import type { FileLook } from '@groundplan/hosts';
import { type Model, namedFiles } from '@groundplan/model';
import type { FileSystem } from './host.js';
import { keyOf, resolveIn } from './uris.js';

interface Known {
  readonly look: Promise<FileLook>;
  readonly stamp: Promise<string | undefined>;
}

/** What was found at the places that topologies name, each looked at once until it is forgotten. */
export interface NamedFiles {
  /** By the path that the topology writes. */
  readonly looksOf: (model: Model, folder: string, files: FileSystem) => Promise<ReadonlyMap<string, FileLook>>;
  /** True when it was looked at. */
  readonly forget: (uri: string) => boolean;
  readonly forgetAll: () => void;
  /** Forgets those of the topology that are no more what they were; true when there was one. */
  readonly forgetChanged: (model: Model, folder: string, files: FileSystem) => Promise<boolean>;
}

export function rememberNamedFiles(): NamedFiles {
  const known = new Map<string, Known>();

  const lookOnce = (uri: string, holdsKey: boolean, files: FileSystem): Promise<FileLook> => {
    const key = keyIn(holdsKey, uri);
    let found = known.get(key);
    if (found === undefined) {
      const stamp = files.stamp(uri);
      // What a program's file holds is nobody's business here, and may be large.
      const look = stamp.then(async () => {
        const seen = await files.look(uri);
        return seen.kind === 'file' && !holdsKey ? { kind: 'file' as const, bytes: new Uint8Array() } : seen;
      });
      found = { look, stamp };
      known.set(key, found);
    }
    return found.look;
  };

  return {
    forget: (uri) => keysOf(uri).filter((key) => known.delete(key)).length > 0,
    forgetAll: () => known.clear(),
    looksOf: async (model, folder, files) => {
      const looks = new Map<string, FileLook>();
      for (const { path, kind } of namedFiles(model)) {
        if (looks.has(path) && kind !== 'ssh-key') continue;
        looks.set(path, await lookOnce(resolveIn(folder, path), kind === 'ssh-key', files));
      }
      return looks;
    },
    forgetChanged: async (model, folder, files) => {
      let hasChanged = false;
      for (const uri of new Set(namedFiles(model).map(({ path }) => resolveIn(folder, path)))) {
        const now = await files.stamp(uri);
        for (const key of keysOf(uri)) {
          const before = known.get(key);
          if (before === undefined || (await before.stamp) === now) continue;
          known.delete(key);
          hasChanged = true;
        }
      }
      return hasChanged;
    },
  };
}

function keyIn(holdsKey: boolean, uri: string): string {
  return `${holdsKey} ${keyOf(uri)}`;
}

function keysOf(uri: string): readonly string[] {
  return [keyIn(true, uri), keyIn(false, uri)];
}
