import { Worker } from 'node:worker_threads';

/** Milliseconds after which work is worth a word. */
const patience = 1000;

/**
 * Does `work`, and after a second begins to say on standard error for how long it has been going on. A thread of its own does the
 * talking, since work that computes leaves the main one no time for it.
 *
 * @param isTerminal the line is written over again and taken away at the end; otherwise it is written once
 */
export async function withProgress<T>(label: string, isTerminal: boolean, work: () => Promise<T>): Promise<T> {
  const worker = new Worker(talker, { eval: true, workerData: { label, patience, isTerminal }, stdout: false });
  worker.unref();
  try {
    return await work();
  } finally {
    await worker.terminate();
    if (isTerminal) process.stderr.write('\r\u001b[K');
  }
}

/** Runs as a script in the thread. Writes to the descriptor: a thread's own streams wait for the main one. */
const talker = `
const { writeSync } = require('node:fs');
const { workerData: { label, patience, isTerminal } } = require('node:worker_threads');
const started = Date.now();
function say() {
  const seconds = Math.round((Date.now() - started) / 1000);
  writeSync(2, isTerminal ? '\\r' + label + ' \u2026 ' + seconds + ' s' : label + ' \u2026\\n');
  if (isTerminal) setTimeout(say, 1000);
}
setTimeout(say, patience);
`;
