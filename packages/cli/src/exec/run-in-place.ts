import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { isNotFound } from '@groundplan/files';
import type { Context } from '../command.js';
import { Failure, failureOf } from '../failure.js';

/**
 * Runs a program with this process's own standard streams, and gives what it ended with: its exit code, or 128 and the number of the
 * signal that ended it, as a shell has it.
 *
 * A signal is handed on. Ctrl-C in a terminal is not: the terminal sends it to both, and Terraform takes a second one for an order to
 * stop without unlocking its state.
 *
 * @throws Failure when it cannot be started
 */
export function runInPlace(
  [program = '', ...args]: readonly string[],
  variables: Readonly<Record<string, string | undefined>>,
  { folder, holdSignals }: Context,
): Promise<number> {
  const child = spawn(program, args, { cwd: folder, env: variables, stdio: 'inherit' });
  const handOn = (signal: NodeJS.Signals) => {
    if (signal !== 'SIGINT' || !hasTerminal()) child.kill(signal);
  };
  return holdSignals(
    handOn,
    () =>
      new Promise((resolve, reject) => {
        child.on('error', (error) => reject(explained(program, error)));
        child.on('close', (code, signal) => resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])));
      }),
  );
}

function hasTerminal(): boolean {
  return process.stdin.isTTY === true || process.stdout.isTTY === true || process.stderr.isTTY === true;
}

function explained(program: string, error: Error): unknown {
  if (isNotFound(error))
    return new Failure(`${program}: there is no such program${program.includes('/') ? '' : ' on the PATH'}`);
  return failureOf(program, error);
}
