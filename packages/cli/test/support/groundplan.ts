import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Metafile } from 'esbuild';
import { bundleCli } from '../../scripts/bundle.mjs';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
export const program = fileURLToPath(new URL('../../bin/groundplan.js', import.meta.url));

let bundling: Promise<Metafile> | undefined;

/** The bundle of today's sources, made once in a run of the tests; says what went into which of its files. */
export function bundled(): Promise<Metafile> {
  bundling ??= bundleCli(root);
  return bundling;
}

export interface Ended {
  /** Undefined when a signal ended it. */
  readonly code: number | undefined;
  readonly signal: NodeJS.Signals | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly folder: string;
  readonly input?: string | Uint8Array;
  readonly variables?: Readonly<Record<string, string>>;
  /** Options of Node itself. */
  readonly nodeOptions?: readonly string[];
  /** Sent when the process has read most of its input, which then does not end. */
  readonly signal?: NodeJS.Signals;
  /** Is given the id of the process when it has started. */
  readonly onStart?: (pid: number) => void;
  /** Typed at a terminal, which then is all of its standard streams; the output is what the terminal shows, in `stdout`. */
  readonly typed?: string;
  /** The input comes, or is typed, only once this was shown on standard output. */
  readonly awaits?: string;
  /** Done between that and the input. */
  readonly meanwhile?: () => Promise<unknown>;
  /** Runs it as this user and group. */
  readonly uid?: number;
}

/** Longer than any run takes on a busy machine. */
const timeoutMilliseconds = 60_000;

/** Runs the real program, with nothing of the environment but what it needs. */
export async function groundplan(args: readonly string[], options: RunOptions): Promise<Ended> {
  await bundled();
  const words = [process.execPath, ...(options.nodeOptions ?? []), program, ...args];
  if (options.typed === undefined) return runProgram(process.execPath, words.slice(1), options);
  // Without a shell in between, which Ctrl-C would end.
  const ended = await runProgram('script', ['-qec', `exec ${words.map(quoted).join(' ')}`, '/dev/null'], {
    ...options,
    input: options.typed,
  });
  return { ...ended, stdout: ended.stdout.replaceAll('\r', '').replaceAll(clearsLine, '') };
}

/** Where progress was, or might have been. */
const clearsLine = '\u001b[K';

function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

/** Runs any program to its end. */
export function runProgram(command: string, args: readonly string[], options: RunOptions): Promise<Ended> {
  const { folder, input, variables = {}, uid, signal: signalToSend, onStart, awaits, meanwhile } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: folder,
      env: { PATH: process.env.PATH ?? '', HOME: tmpdir(), LANG: 'C.UTF-8', ...variables },
      timeout: timeoutMilliseconds,
      killSignal: 'SIGKILL',
      ...(uid === undefined ? {} : { uid, gid: uid }),
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.stdin.on('error', () => {
      // It ended without reading all of its input.
    });
    if (awaits !== undefined) {
      let isShown = false;
      child.stdout.on('data', () => {
        if (isShown || !Buffer.concat(stdout).includes(awaits)) return;
        isShown = true;
        Promise.resolve(meanwhile?.()).then(() => child.stdin.end(input ?? ''), reject);
      });
    } else if (signalToSend === undefined) child.stdin.end(input ?? '');
    else child.stdin.write(input ?? '', () => child.kill(signalToSend));
    child.on('error', reject);
    child.on('spawn', () => {
      if (child.pid !== undefined) onStart?.(child.pid);
    });
    child.on('close', (code, signal) => {
      resolve({
        code: code ?? undefined,
        signal: signal ?? undefined,
        stdout: Buffer.concat(stdout).toString(),
        stderr: Buffer.concat(stderr).toString(),
      });
    });
  });
}
