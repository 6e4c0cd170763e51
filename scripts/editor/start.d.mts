import type { Browser } from 'playwright-core';

/** A VS Code with the packaged extension in it. */
export interface RunningEditor {
  /** Its home; gone when it is closed. */
  readonly folder: string;
  readonly port: number;
  readonly browser: Browser;
  /** What the server wrote. */
  readonly log: () => string;
  /** Where VS Code writes its logs. */
  readonly logFolder: string;
  /** Ends browser and server, and every process that they started. */
  readonly close: () => Promise<void>;
}

/** Starts code-server with the extension installed, and a browser; throws when one of them does not start within three minutes. */
export function startEditor(options: {
  readonly vsix: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly serverArguments?: readonly string[];
  /** Of the environment that tasks and extensions see. */
  readonly variables?: Readonly<Record<string, string>>;
  /** False: every folder opens in restricted mode. */
  readonly isTrusted?: boolean;
}): Promise<RunningEditor>;
