import type { ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Context } from '../command.js';
import { Failure, failureOf } from '../failure.js';
import type { PlanTool } from './find-tool.js';
import { runTool, type ToolRun } from './run-tool.js';

/** Runs of one tool in one folder. */
export interface ToolSession {
  readonly tool: PlanTool;
  /** A folder that only this user may read, which is gone afterwards: a saved plan tells everything about a system. */
  readonly privateFolder: string;
  /** @throws Failure when it cannot be started, or the user interrupted */
  readonly run: (args: readonly string[]) => Promise<ToolRun>;
  /** For work between the runs of the tool. @throws Failure when the user interrupted */
  readonly stopIfInterrupted: () => void;
}

/**
 * Does `work` with a tool in `folder`. An interrupt is handed to the tool, which is waited for: it has a state to unlock. A second
 * one makes it stop at once.
 *
 * @throws Failure "interrupted" after an interrupt
 */
export async function withTool<T>(
  tool: PlanTool,
  folder: string,
  context: Context,
  work: (session: ToolSession) => Promise<T>,
): Promise<T> {
  let isInterrupted = false;
  let running: ChildProcess | undefined;
  const stop = () => {
    isInterrupted = true;
    // Terraform takes SIGINT for a request to finish; SIGHUP would end it on the spot.
    running?.kill('SIGINT');
  };
  const stopIfInterrupted = () => {
    if (isInterrupted) throw interrupted();
  };
  const run = async (args: readonly string[]) => {
    stopIfInterrupted();
    const onStart = (child: ChildProcess) => {
      running = child;
      if (isInterrupted) child.kill('SIGINT');
    };
    try {
      const ended = await runTool(tool.path, args, { variables: context.variables, folder, onStart });
      stopIfInterrupted();
      return ended;
    } finally {
      running = undefined;
    }
  };
  return context.holdSignals(stop, () =>
    inPrivateFolder((privateFolder) => work({ tool, privateFolder, run, stopIfInterrupted })),
  );
}

function interrupted(): Failure {
  return new Failure('interrupted');
}

async function inPrivateFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'groundplan-')).catch((error) => {
    throw failureOf(tmpdir(), error);
  });
  const remove = () => rmSync(folder, { recursive: true, force: true });
  // Also when the process ends in the middle of it.
  process.once('exit', remove);
  try {
    return await work(folder);
  } finally {
    process.removeListener('exit', remove);
    remove();
  }
}
