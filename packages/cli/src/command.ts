import type { CommonOptions, Options, Values } from './arguments/options.js';
import type { Environment, ExitCode } from './environment.js';
import type { Paint } from './terminal/paint.js';

/** What every command is given besides its own options. */
export interface Context extends Environment {
  /** For standard output. */
  readonly paint: Paint;
  /** For standard error. */
  readonly notePaint: Paint;
  readonly quiet: boolean;
  /** Writes a line for humans to standard error, unless `--quiet`. */
  readonly note: (line: string) => void;
  /** Writes a line about what went wrong to standard error. */
  readonly complain: (message: string) => void;
  /** Does `work`, and says so on standard error while it takes longer than a second. */
  readonly progress: <T>(label: string, work: () => Promise<T>) => Promise<T>;
}

/** The words that a command takes. */
export interface Words {
  /** `FILE`, `CODE|FIELD`: for `--help`. */
  readonly placeholder: string;
  readonly atLeast: 0 | 1;
  readonly atMost: 1 | 2 | 'any';
  /** What a shell offers for them. */
  readonly completes: 'topology' | 'folder' | readonly string[];
}

export interface Invocation<O extends Options> {
  readonly values: Values<O & CommonOptions>;
  readonly words: readonly string[];
  /** What stands after `--`, for the commands that pass it on. */
  readonly rest: readonly string[];
}

/** One command, as its file in `commands/` defines it. */
export interface Command<O extends Options = Options> {
  /** A few lines for `--help`, without line breaks inside a paragraph. */
  readonly about: readonly string[];
  /** Absent when it takes none. */
  readonly words?: Words;
  /** What `--` is followed by, for `--help`; absent when the command passes nothing on. */
  readonly rest?: string;
  readonly options: O;
  readonly examples: readonly { readonly command: string; readonly does: string }[];
  readonly run: (invocation: Invocation<O>, context: Context) => Promise<ExitCode>;
}

/** Keeps the types of the options for `run`, and forgets them for the table of commands. */
export function command<const O extends Options>(definition: Command<O>): Command {
  return definition as unknown as Command;
}
