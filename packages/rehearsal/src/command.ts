import { spawn } from 'node:child_process';

/** What a program that ran to its end said. */
export interface CommandResult {
  /** Exit code; 128 and the number of the signal for one that was killed, as a shell says it. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandOptions {
  /** Standard input; empty by default. */
  readonly input?: string | Buffer;
  /** After this it is killed; a minute by default. */
  readonly timeoutMilliseconds?: number;
  /** On top of this process's own environment. */
  readonly env?: Readonly<Record<string, string>>;
}

const defaultTimeout = 60_000;
const signalNumbers: Readonly<Record<string, number>> = { SIGINT: 2, SIGKILL: 9, SIGPIPE: 13, SIGTERM: 15 };

/** A program that had to succeed and did not; the message is its name and the last line that it said. */
export class CommandError extends Error {
  constructor(
    readonly command: readonly string[],
    readonly result: CommandResult,
  ) {
    const said = `${result.stdout}\n${result.stderr}`.trim().split('\n').at(-1) ?? '';
    super(`${command.slice(0, 6).join(' ')}: ${said === '' ? `exit code ${result.code}` : said}`);
    this.name = 'CommandError';
  }
}

/** The environment in which the programs of an administrator are found, whoever's PATH it is. */
export function administratorsEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/usr/bin:/sbin:/bin`, LC_ALL: 'C.UTF-8' };
}

/** Runs a program to its end, whatever its exit code. Rejects if it cannot be started or does not end in time. */
export function run(
  program: string,
  args: readonly string[],
  { input = '', timeoutMilliseconds = defaultTimeout, env = {} }: CommandOptions = {},
): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env: { ...administratorsEnvironment(), ...env } });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    // A program that ends without reading all of its input is judged by its exit code.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      child.kill('SIGKILL');
    }, timeoutMilliseconds);
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      if (timedOut) {
        reject(new Error(`${[program, ...args].slice(0, 6).join(' ')} did not end within ${timeoutMilliseconds} ms`));
        return;
      }
      resolve({
        code: code ?? 128 + (signalNumbers[signal ?? ''] ?? 0),
        stdout: Buffer.concat(stdout).toString('utf8'),
        stderr: Buffer.concat(stderr).toString('utf8'),
      });
    });
  });
}

/** The same for one that has to succeed: what it wrote. Rejects with `CommandError` otherwise. */
export async function must(program: string, args: readonly string[], options?: CommandOptions): Promise<string> {
  const result = await run(program, args, options);
  if (result.code !== 0) throw new CommandError([program, ...args], result);
  return result.stdout;
}
