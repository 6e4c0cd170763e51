import { spawn } from 'node:child_process';
import { failureOf } from '../failure.js';

export interface ToolRun {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly folder?: string;
  /** Called with each whole line of standard output as it comes. */
  readonly onLine?: (line: string) => void;
}

/**
 * Runs Terraform or OpenTofu to its end, without standard input. An interrupt reaches it by itself, since it is in the same group
 * of processes.
 *
 * @throws Failure when it cannot be started
 */
export function runTool(path: string, args: readonly string[], { variables, folder, onLine }: RunOptions): Promise<ToolRun> {
  return new Promise((resolve, reject) => {
    const child = spawn(path, args, {
      cwd: folder,
      env: { ...variables, TF_IN_AUTOMATION: '1', TF_INPUT: '0', CHECKPOINT_DISABLE: variables['CHECKPOINT_DISABLE'] ?? '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    let pending = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      stdout += chunk;
      if (onLine === undefined) return;
      const lines = (pending + chunk).split('\n');
      pending = lines.pop() ?? '';
      for (const line of lines) onLine(line);
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      stderr += chunk;
    });
    child.on('error', (error) => reject(failureOf(path, error)));
    child.on('close', (code) => resolve({ exitCode: code ?? 1, stdout, stderr }));
  });
}
