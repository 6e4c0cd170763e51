import { type ChildProcess, spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { bundleCli } from '../../../cli/scripts/bundle.mjs';
import { framed, unframe } from './frames.js';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const program = fileURLToPath(new URL('../../../cli/bin/groundplan.js', import.meta.url));

let bundling: Promise<unknown> | undefined;

export interface Message {
  readonly id?: number | string | null;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

export interface Exit {
  readonly code: number | null;
  readonly stderr: string;
}

/** The real `groundplan lsp`, with the bytes that go in and the messages that come out. */
export interface ServerProcess {
  readonly write: (bytes: Buffer | string) => void;
  readonly send: (message: object) => void;
  /** Until `release`, what is sent is kept, and then goes out in one piece. */
  readonly hold: () => void;
  readonly release: () => void;
  readonly onMessage: (listen: (message: Message) => void) => void;
  /** Closes its input. */
  readonly hangUp: () => void;
  readonly exited: Promise<Exit>;
  readonly pid: number;
  /** Ends it if it still runs. */
  readonly kill: () => Promise<void>;
}

export async function startProcess(args: readonly string[] = ['--stdio']): Promise<ServerProcess> {
  bundling ??= bundleCli(root);
  await bundling;
  const child = spawn(process.execPath, [program, 'lsp', ...args], {
    cwd: tmpdir(),
    env: { PATH: process.env['PATH'] ?? '', HOME: tmpdir() },
  });
  // A test that fails leaves it running; it ends when the run of the tests does, since its input closes then.
  child.unref();
  for (const stream of [child.stdin, child.stdout, child.stderr]) (stream as Socket).unref();
  const listeners: ((message: Message) => void)[] = [];
  child.stdout.on(
    'data',
    unframe((message) => {
      for (const listen of listeners) listen(message as Message);
    }),
  );
  child.stdin.on('error', () => {
    // It ended without reading all of its input.
  });
  const exited = exitOf(child);
  return {
    write: (bytes) => child.stdin.write(bytes),
    hold: () => child.stdin.cork(),
    release: () => child.stdin.uncork(),
    send: (message) => child.stdin.write(framed({ jsonrpc: '2.0', ...message })),
    onMessage: (listen) => listeners.push(listen),
    hangUp: () => child.stdin.end(),
    get exited() {
      return awaited(exited);
    },
    pid: child.pid ?? 0,
    kill: async () => {
      child.kill('SIGKILL');
      await awaited(exited);
    },
  };
}

function exitOf(child: ChildProcess): Promise<Exit> {
  const chunks: Buffer[] = [];
  child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stderr: Buffer.concat(chunks).toString() }));
  });
}

/** Keeps this process running until then, which an unreferenced child does not. */
function awaited<T>(promise: Promise<T>): Promise<T> {
  const timer = setInterval(() => {}, 1000);
  return promise.finally(() => clearInterval(timer));
}
