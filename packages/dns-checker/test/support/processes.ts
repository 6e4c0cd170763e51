import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Settings } from '../../src/settings.js';

/** A checker that runs as its unit starts it. */
export interface RunningChecker {
  readonly name: string;
  /** What it wrote so far. */
  log(): string;
  /** What an operator is shown, and how the program ended. */
  status(): Promise<{ readonly text: string; readonly code: number }>;
  /** What the host's watch reads. */
  problems(): Promise<string>;
  /** As if the host lost its power. */
  kill(): Promise<void>;
}

/** A balancer that answers health checks on an address of the loopback network. */
export interface RunningBalancer {
  readonly address: string;
  /** What was asked for: host name and path. */
  readonly asked: Set<string>;
  answer: { status: number; body: string };
  close(): Promise<void>;
}

const key = 'a-key-that-all-checkers-of-this-test-have';

/** Starts the program on its own folder: settings, credentials and a folder for its socket. */
export function startChecker(
  program: string,
  settings: Settings,
  token: string | undefined,
  node = process.execPath,
): RunningChecker {
  const folder = mkdtempSync(join(tmpdir(), 'groundplan-checker-'));
  const at = (name: string) => join(folder, name);
  mkdirSync(at('credentials'));
  mkdirSync(at('run'));
  writeFileSync(at('credentials/key'), `${key}\n`);
  if (token !== undefined) writeFileSync(at('credentials/token'), `${token}\n`);
  writeFileSync(at('settings.json'), JSON.stringify(settings));
  const child = spawn(node, [program, 'run', at('settings.json')], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { CREDENTIALS_DIRECTORY: at('credentials'), RUNTIME_DIRECTORY: at('run') },
  });
  let written = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      written += chunk;
    });
  return {
    name: settings.self,
    log: () => written,
    status: () => runToEnd([program, 'status', at('run/status')]),
    problems: async () => (await runToEnd([program, 'problems', 'A section', at('run/status')])).text,
    kill: async () => {
      await ended(child, 'SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export function runToEnd(args: readonly string[]): Promise<{ readonly text: string; readonly code: number }> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'], env: {} });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ text, code: code ?? -1 }));
  });
}

/** Listens on an address of 127.0.0.0/8; port 0 takes any that is free. */
export async function startBalancer(address: string, port: number): Promise<RunningBalancer & { port: number }> {
  const asked = new Set<string>();
  const server: Server = createServer((request, response) => {
    asked.add(`${request.headers.host} ${request.url}`);
    response.writeHead(balancer.answer.status, { 'content-type': 'text/plain' }).end(balancer.answer.body);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, address, resolve);
  });
  const balancer = {
    address,
    port: (server.address() as AddressInfo).port,
    asked,
    answer: { status: 200, body: 'healthy' },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return balancer;
}

/** Tries until it does not fail, for so many seconds at most. */
export async function within(seconds: number, work: () => unknown): Promise<number> {
  const began = performance.now();
  for (;;) {
    try {
      await work();
      return (performance.now() - began) / 1000;
    } catch (error) {
      if (performance.now() - began > seconds * 1000) throw error;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }
}

function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill(signal);
  });
}
