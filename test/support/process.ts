import { spawn } from 'node:child_process';

export interface ProcessResult {
  exitCode: number;
  stdout: string;
  stderr: string;
}

/** Longer than any run of the tests takes, so that a tool that hangs fails its test rather than the whole suite. */
const defaultTimeoutMilliseconds = 300_000;

/**
 * Runs a program to its end and returns what it wrote.
 *
 * @throws when it cannot be started, or does not end in time; then it and what it started are killed
 */
export function runProcess(
  path: string,
  args: readonly string[],
  options: { cwd: string; env: Record<string, string>; timeoutMilliseconds?: number },
): Promise<ProcessResult> {
  const timeout = options.timeoutMilliseconds ?? defaultTimeoutMilliseconds;
  return new Promise((resolve, reject) => {
    // A process group of its own, so that a kill reaches the provider plugins as well.
    const child = spawn(path, args, { ...options, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    const chunks = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
    child.stdout.on('data', (chunk: Buffer) => chunks.stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => chunks.stderr.push(chunk));
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      killGroup(child.pid);
    }, timeout);
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      const stdout = Buffer.concat(chunks.stdout).toString('utf8');
      const stderr = Buffer.concat(chunks.stderr).toString('utf8');
      const command = [path, ...args].join(' ');
      if (timedOut) reject(new Error(`${command} did not end within ${timeout} ms\n${stdout}\n${stderr}`));
      else if (code === null) reject(new Error(`${command} was ended by ${signal}\n${stderr}`));
      else resolve({ exitCode: code, stdout, stderr });
    });
  });
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It ended by itself in the meantime.
  }
}
