import { writeSync } from 'node:fs';
import { systemReason } from '@groundplan/files';
import type { Environment, Output } from './environment.js';

/** The environment of this process. Ends the process by itself only when it is interrupted or standard output fails. */
export function processEnvironment(): Environment {
  let onSignal = (_signal: NodeJS.Signals): void => end('interrupted');
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => onSignal(signal));
  return {
    folder: process.cwd(),
    variables: process.env,
    stdout: outputOf(process.stdout, 'standard output'),
    stderr: outputOf(process.stderr, 'standard error'),
    readInput,
    ask: process.stdin.isTTY === true && process.stderr.isTTY === true ? ask : undefined,
    // Also where the question does not show: what is typed at a terminal must not either.
    askSecretly: process.stdin.isTTY === true ? askSecretly : undefined,
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

/** The line without its end; what there was of it when the input ends before. */
async function ask(question: string): Promise<string> {
  process.stderr.write(question);
  let line = '';
  for await (const chunk of process.stdin.setEncoding('utf8') as AsyncIterable<string>) {
    line += chunk;
    if (line.includes('\n')) break;
  }
  return line.replace(/\r?\n.*$/s, '');
}

/** Enter, and what Ctrl-C and Ctrl-D send. */
const ending = ['\r', '\n', '\u0003', '\u0004'];

/** Reads key by key, since a terminal that reads lines shows them. */
async function askSecretly(question: string): Promise<string> {
  const { stdin, stderr } = process;
  stdin.setRawMode(true).setEncoding('utf8').resume();
  stderr.write(question);
  try {
    return await new Promise((resolve) => {
      let typed = '';
      stdin.on('data', (chunk: string) => {
        typed += chunk;
        if (ending.some((key) => typed.includes(key))) resolve(typedText(typed));
      });
      stdin.on('end', () => resolve(typedText(typed)));
    });
  } finally {
    stdin.setRawMode(false).pause().removeAllListeners('data').removeAllListeners('end');
    stderr.write('\n');
  }
}

/** What is left of keys when those that take back (Backspace, Ctrl-U), interrupt and end have done their work. */
function typedText(keys: string): string {
  let text = '';
  for (const key of keys) {
    if (key === '\u0003') end('interrupted');
    if (key === '\u0004') break;
    if (key === '\u007f' || key === '\b') text = Array.from(text).slice(0, -1).join('');
    else if (key === '\u0015') text = '';
    else text += key === '\r' ? '\n' : key;
  }
  return text.replace(/\n+$/, '');
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
