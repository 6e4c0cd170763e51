import type { Connection } from 'vscode-languageserver';
import type { Analyses } from './analyses.js';
import type { Answers } from './answer.js';
import type { Client } from './client.js';
import type { Documents } from './documents.js';
import type { FilesOf } from './files.js';
import type { Host } from './host.js';
import type { SettingsStore } from './settings.js';

/** What the parts of the server share while a client is connected. */
export interface Session {
  readonly connection: Connection;
  readonly host: Host;
  readonly client: Client;
  readonly documents: Documents;
  readonly analyses: Analyses;
  readonly answers: Answers;
  readonly settings: SettingsStore;
  readonly filesOf: FilesOf;
  /** Calls `work` once the client is ready to be asked things. */
  readonly onInitialized: (work: () => void) => void;
  /** The folders that the client works in, as they are now. */
  readonly folders: () => readonly string[];
  /** Resolves when every message that has arrived was handled. */
  readonly settled: () => Promise<void>;
  /** Writes down a failure of ours. */
  readonly report: (error: unknown) => void;
}
