import { type ChildProcess, spawn } from 'node:child_process';
import { failureOf } from '../failure.js';

export interface ToolRun {
  /** 1 when a signal ended it. */
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly folder?: string;
  /** Is given the process once it runs. */
  readonly onStart?: (child: ChildProcess) => void;
}

/**
 * Runs Terraform or OpenTofu to its end, without standard input. It has a process group of its own, so that Ctrl-C in a terminal
 * does not reach it by itself: an interrupt that came twice would make it stop without releasing the lock of its state.
 *
 * @throws Failure when it cannot be started
 */
export function runTool(path: string, args: readonly string[], options: RunOptions): Promise<ToolRun> {
  const { variables, folder, onStart } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(path, args, {
      cwd: folder,
      env: {
        ...variables,
        TF_IN_AUTOMATION: '1',
        TF_INPUT: '0',
        CHECKPOINT_DISABLE: variables.CHECKPOINT_DISABLE ?? '1',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.on('error', (error) => reject(failureOf(path, error)));
    child.on('spawn', () => onStart?.(child));
    child.on('close', (code) => {
      resolve({
        exitCode: code ?? 1,
        stdout: Buffer.concat(stdout).toString('utf8'),
        stderr: Buffer.concat(stderr).toString('utf8'),
      });
    });
  });
}
