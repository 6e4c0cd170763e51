import { commonOptions, type Options } from '../arguments/options.js';
import type { Words } from '../command.js';
import type { CommandEntry } from '../commands/index.js';

/** A command as a shell needs to know it. */
export interface DescribedCommand {
  readonly name: string;
  readonly summary: string;
  readonly words: Words | undefined;
  readonly options: Options;
}

export interface Described {
  readonly commands: readonly DescribedCommand[];
  readonly commonOptions: Options;
}

/** Loads every command and takes from it what the scripts are generated from. */
export async function describeCommands(entries: readonly CommandEntry[]): Promise<Described> {
  const commands = await Promise.all(
    entries.map(async ({ name, summary, load }) => {
      const { words, options } = await load();
      return { name, summary, words, options };
    }),
  );
  return { commands, commonOptions };
}

/** The long and short forms of an option: `--quiet`, `-q`. */
export function flagsOf(name: string, short: string | undefined): string[] {
  return short === undefined ? [`--${name}`] : [`--${name}`, `-${short}`];
}
