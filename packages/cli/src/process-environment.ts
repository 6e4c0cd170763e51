import { writeSync } from 'node:fs';
import type { Environment, Output } from './environment.js';
import { systemReason } from './failure.js';

/** The environment of this process. Ends the process by itself only when it is interrupted or standard output fails. */
export function processEnvironment(): Environment {
  let onSignal = (): void => end('interrupted');
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => onSignal());
  return {
    folder: process.cwd(),
    variables: process.env,
    stdout: outputOf(process.stdout, 'standard output'),
    stderr: outputOf(process.stderr, 'standard error'),
    readInput,
    holdSignals: async (handle, work) => {
      const before = onSignal;
      onSignal = handle;
      try {
        return await work();
      } finally {
        onSignal = before;
      }
    },
  };
}

/** A reader that has gone away (`groundplan check | head -1`) is no failure: what is left is not written. */
function outputOf(stream: NodeJS.WriteStream, name: string): Output {
  let isClosed = false;
  const fail = (error: unknown) => {
    isClosed = true;
    if (!isBrokenPipe(error)) end(`${name}: ${systemReason(error) ?? String(error)}`);
  };
  stream.on('error', fail);
  return {
    write: (text) => {
      if (!isClosed) stream.write(text);
    },
    isTerminal: stream.isTTY === true,
    // A terminal that does not know its width says 0.
    columns: (stream.isTTY && stream.columns) || undefined,
  };
}

function isBrokenPipe(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EPIPE';
}

/** Directly to the descriptor, since the process ends before a stream would be written. */
function end(message: string): never {
  try {
    writeSync(2, `groundplan: ${message}\n`);
  } catch {
    // Nobody is left to read it.
  }
  process.exit(2);
}

async function readInput(limit: number): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= limit) break;
  }
  return Buffer.concat(chunks).subarray(0, limit);
}
