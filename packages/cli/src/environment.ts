/** One of the two streams that a command writes to. */
export interface Output {
  readonly write: (text: string | Uint8Array) => void;
  readonly isTerminal: boolean;
  /** Width in cells; undefined when it is no terminal. */
  readonly columns: number | undefined;
}

/** All of the process that commands may touch, so that a test can give them another. */
export interface Environment {
  /** Absolute. */
  readonly folder: string;
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly stdout: Output;
  readonly stderr: Output;
  /** Standard input to its end, or the first `limit` bytes of it. */
  readonly readInput: (limit: number) => Promise<Uint8Array>;
  /** Asks a question at the terminal and gives the line that is typed; undefined where nobody can be asked. */
  readonly ask: ((question: string) => Promise<string>) | undefined;
  /** As `ask`, but what is typed does not show. Gives several lines when they come at once, as from a clipboard. */
  readonly askSecretly: ((question: string) => Promise<string>) | undefined;
  /** While `work` goes on, a signal that would end the process (Ctrl-C) calls `onSignal` instead. */
  readonly holdSignals: <T>(onSignal: (signal: NodeJS.Signals) => void, work: () => Promise<T>) => Promise<T>;
}

/** What commands end with: 0 done, 1 the specification has errors or a `--check` found a difference, 2 the command could not do its work. */
export type ExitCode = 0 | 1 | 2 | PassedOn;

/** What another program ended with that a command ran in its place. */
export type PassedOn = number & { readonly isPassedOn: true };

export function passedOn(code: number): PassedOn {
  return code as PassedOn;
}
