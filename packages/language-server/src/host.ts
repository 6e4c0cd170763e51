import type { FileLook } from '@groundplan/hosts';

export interface FolderEntry {
  readonly name: string;
  readonly kind: 'file' | 'folder';
}

/** Files by their address (URI). Nothing here rejects. */
export interface FileSystem {
  /** What lies there, with its bytes when it is a file of at most 16 MiB. */
  readonly look: (uri: string) => Promise<FileLook>;
  /** Another text whenever the file there may have changed; undefined when nothing is there. */
  readonly stamp: (uri: string) => Promise<string | undefined>;
  /** Nothing for what is no folder or cannot be listed. Links to folders are left out. */
  readonly list: (folder: string) => Promise<readonly FolderEntry[]>;
}

/** What the server needs of the place where it runs: a Node process or a browser's worker. */
export interface Host {
  readonly version: string;
  /** The schemes of addresses whose files it can look at by itself. */
  readonly files: ReadonlyMap<string, FileSystem>;
  /** Waits until what has arrived in the meantime could be taken in. */
  readonly turn: () => Promise<void>;
  /** Calls `work` after so many milliseconds, unless the returned function is called first. */
  readonly later: (milliseconds: number, work: () => void) => () => void;
  /** Ends the server, when the client is done with it (0) or gone (1). */
  readonly exit: (code: 0 | 1) => void;
  /** Looks after a client whose process may die without a word. */
  readonly watchClient: (processId: number) => void;
}
