import type { ExtensionContext, LogOutputChannel, Uri } from 'vscode';
import type { BaseLanguageClient, LanguageClientOptions } from 'vscode-languageclient';

/** What differs between VS Code on a machine and VS Code in a browser. */
export interface Platform {
  readonly createClient: (options: LanguageClientOptions) => BaseLanguageClient;
  /** Makes a plan of a built topology and reads it; undefined where no programs can be run. */
  readonly plan: ((topology: Uri, output: LogOutputChannel) => Promise<Plan | undefined>) | undefined;
}

/** A plan, to be drawn over the picture. */
export interface Plan {
  /** Where it comes from, for people. */
  readonly source: string;
  /** What `terraform show -json` says. */
  readonly plan: string;
  /** The trace.json beside it. */
  readonly trace: string;
}

/** What every part of the extension works with. */
export interface Session {
  readonly context: ExtensionContext;
  readonly client: BaseLanguageClient;
  readonly output: LogOutputChannel;
}
