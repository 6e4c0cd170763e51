export { connectStreams, type Streams, standardStreams } from './streams.js';

import type { Readable, Writable } from 'node:stream';
import { StreamMessageWriter } from 'vscode-languageserver/node';
import { startServer } from '../server.js';
import { disk } from './disk.js';
import { giveMemoryBack } from './give-memory-back.js';
import { readMessages } from './message-reader.js';

export interface ServeOptions {
  readonly input: Readable;
  readonly output: Writable;
  /** Shown to the client. */
  readonly version: string;
  /** The process of the client, if it is known before the client says it. */
  readonly clientProcessId?: number;
}

/** How often a client is looked after that may die without a word. */
const watchMilliseconds = 3000;

/**
 * Serves one client over a pair of streams.
 *
 * @returns what the process should exit with: 0 after `shutdown` and `exit`, else 1; the input is destroyed by then
 */
export function serve({ input, output, version, clientProcessId }: ServeOptions): Promise<0 | 1> {
  return new Promise((resolve) => {
    const timers = new Set<NodeJS.Timeout>();
    let watch: NodeJS.Timeout | undefined;
    const stopGivingBack = giveMemoryBack(input);
    const exit = (code: 0 | 1) => {
      stopGivingBack();
      for (const timer of timers) clearTimeout(timer);
      clearInterval(watch);
      input.destroy();
      resolve(code);
    };
    const watchClient = (processId: number) => {
      clearInterval(watch);
      watch = setInterval(() => {
        if (!isAlive(processId)) exit(1);
      }, watchMilliseconds);
    };
    startServer(readMessages(input), new StreamMessageWriter(output), {
      version,
      files: new Map([['file', disk]]),
      turn: () => new Promise((taken) => setImmediate(taken)),
      later: (milliseconds, work) => {
        const timer = setTimeout(() => {
          timers.delete(timer);
          work();
        }, milliseconds);
        timers.add(timer);
        return () => {
          timers.delete(timer);
          clearTimeout(timer);
        };
      },
      exit,
      watchClient,
    });
    if (clientProcessId !== undefined) watchClient(clientProcessId);
  });
}

function isAlive(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch (error) {
    // Somebody else's process is one as well.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
