import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type CommonOptions, commonOptions, type Options, type Values } from './arguments/options.js';
import { parseCommandLine, type Understood } from './arguments/parse.js';
import type { Command, Context } from './command.js';
import { commands } from './commands/index.js';
import type { Environment, ExitCode } from './environment.js';
import { Failure } from './failure.js';
import { explainInternalFailure } from './internal-failure.js';
import { coloured, plain, wantsColour } from './terminal/paint.js';
import { explained } from './topology/read-file.js';
import { version } from './version.js';

/** Runs the command that `args` name, and writes what it has to say. Never throws. */
export async function run(args: readonly string[], environment: Environment): Promise<ExitCode> {
  try {
    return await dispatch(args, environment);
  } catch (error) {
    environment.stderr.write(
      error instanceof Failure ? complaint(error.message) : explainInternalFailure(error, environment.variables),
    );
    return 2;
  }
}

/** A line of standard error about what went wrong. */
function complaint(message: string): string {
  return `groundplan: ${message}\n`;
}

async function dispatch(args: readonly string[], environment: Environment): Promise<ExitCode> {
  const { name, others } = splitCommand(args);
  const entry = commands.find((each) => each.name === name);
  if (name !== undefined && entry === undefined) throw await unknownCommand(name);
  if (entry === undefined) return withoutCommand(others, environment);

  const command = await entry.load();
  const parsed = await understood(others, { ...command.options, ...commonOptions }, `groundplan ${entry.name} --help`);
  if (parsed.values.help) {
    const { commandHelp } = await import('./arguments/help.js');
    environment.stdout.write(commandHelp(entry, command));
    return 0;
  }
  if (parsed.values.version) return showVersion(environment);
  const words = command.rest === undefined ? [...parsed.words, ...parsed.rest] : parsed.words;
  checkWords(entry.name, command, words);
  const context = await contextOf(parsed.values, environment);
  return command.run({ values: parsed.values, words, rest: parsed.rest }, context);
}

async function withoutCommand(args: readonly string[], environment: Environment): Promise<ExitCode> {
  const { values } = await understood(args, commonOptions, 'groundplan --help');
  if (values.version) return showVersion(environment);
  const { generalHelp } = await import('./arguments/help.js');
  (values.help ? environment.stdout : environment.stderr).write(generalHelp(commands));
  return values.help ? 0 : 2;
}

function showVersion(environment: Environment): ExitCode {
  environment.stdout.write(`groundplan ${version()}\n`);
  return 0;
}

/** The first word that is neither an option nor the value of a common one, and everything around it. */
function splitCommand(args: readonly string[]): { name: string | undefined; others: readonly string[] } {
  for (let index = 0; index < args.length; index++) {
    const argument = args[index] ?? '';
    if (argument === '--') break;
    if (!/^-./.test(argument)) return { name: argument, others: [...args.slice(0, index), ...args.slice(index + 1)] };
    if (takesNext(argument)) index++;
  }
  return { name: undefined, others: args };
}

function takesNext(argument: string): boolean {
  return Object.entries(commonOptions).some(
    ([name, option]) =>
      option.kind !== 'flag' && (argument === `--${name}` || ('short' in option && argument === `-${option.short}`)),
  );
}

async function understood<O extends Options>(args: readonly string[], table: O, help: string): Promise<Understood<O>> {
  const parsed = parseCommandLine(args, table);
  switch (parsed.kind) {
    case 'understood':
      return parsed;
    case 'wrong-value':
      throw new Failure(`${parsed.message} (see "${help}")`);
    case 'unknown-option': {
      const names = Object.keys(table).map((name) => `--${name}`);
      throw new Failure(
        `there is no option ${parsed.written}${await suggestion(parsed.written, names)} (see "${help}")`,
      );
    }
  }
}

async function unknownCommand(name: string): Promise<Failure> {
  const names = commands.map((each) => each.name);
  return new Failure(`there is no command "${name}"${await suggestion(name, names)} (see "groundplan --help")`);
}

async function suggestion(word: string, candidates: readonly string[]): Promise<string> {
  const { nearest } = await import('@groundplan/model');
  const found = nearest(word, candidates);
  return found === undefined ? '' : `: did you mean ${found}?`;
}

function checkWords(name: string, { words }: Command, given: readonly string[]): void {
  const [first] = given;
  const help = `(see "groundplan ${name} --help")`;
  if (words === undefined && first !== undefined) throw new Failure(`${name} takes no "${first}" ${help}`);
  if (words === undefined) return;
  if (given.length < words.atLeast) throw new Failure(`${name} needs ${words.placeholder} ${help}`);
  if (words.atMost !== 'any' && given.length > words.atMost) {
    const one = words.atMost === 1 ? 'one ' : '';
    throw new Failure(`${name} takes ${one}${words.placeholder}, not ${given.length} ${help}`);
  }
}

async function contextOf(values: Values<CommonOptions>, environment: Environment): Promise<Context> {
  const { stdout, stderr, variables } = environment;
  const paintFor = (isTerminal: boolean) => (wantsColour(values.color, isTerminal, variables) ? coloured : plain);
  const showsProgress = values.progress || (stderr.isTerminal && !values.quiet);
  return {
    ...environment,
    folder:
      values.directory === undefined ? environment.folder : await existingFolder(values.directory, environment.folder),
    paint: paintFor(stdout.isTerminal),
    notePaint: paintFor(stderr.isTerminal),
    quiet: values.quiet,
    note: (line) => {
      if (!values.quiet) stderr.write(`${line}\n`);
    },
    complain: (message) => stderr.write(complaint(message)),
    progress: async (label, work) => {
      if (!showsProgress) return work();
      const { withProgress } = await import('./terminal/progress.js');
      return withProgress(label, stderr.isTerminal, work);
    },
  };
}

async function existingFolder(written: string, folder: string): Promise<string> {
  const path = resolve(folder, written);
  const found = await stat(path).catch(async (error) => {
    throw await explained(path, written, error);
  });
  if (!found.isDirectory()) throw new Failure(`${written}: this is no folder`);
  return path;
}
