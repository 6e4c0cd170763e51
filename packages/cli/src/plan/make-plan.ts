import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { ToolError } from '@groundplan/terraform';
import type { Context } from '../command.js';
import type { Target } from '../output/write-output.js';
import { ToolFailure } from './tool-failure.js';
import { readMessages } from './tool-messages.js';
import type { ToolSession } from './tool-session.js';

export interface MadePlan {
  /** What `show -json` says of it; undefined when planning failed before there was anything to show. */
  readonly shown: unknown;
  /** Why it is no plan that can be applied. */
  readonly errors: readonly ToolError[];
  /** In one line each. */
  readonly warnings: readonly string[];
}

/**
 * Makes a plan in a folder that was built, after `init` where that is needed. The plan lies in the private folder, or where `-out`
 * among the user's arguments says.
 *
 * @throws ToolFailure when `init` or `show` fails; Failure when the tool cannot be started, or was interrupted
 */
export async function makePlan(
  session: ToolSession,
  args: readonly string[],
  target: Target,
  context: Context,
): Promise<MadePlan> {
  const { tool, privateFolder } = session;
  const wanted = outOf(args);
  const file = wanted === undefined ? planFileIn(privateFolder) : resolve(target.folder, wanted);
  const own = wanted === undefined ? [`-out=${file}`] : [];
  const plan = async () => {
    const { stdout, stderr } = await context.progress(`${tool.name} plan`, () =>
      session.run(['plan', '-json', '-input=false', ...own, ...args]),
    );
    return { ...readMessages(stdout), stderr };
  };
  const before = await modifiedAt(file);
  let made = await plan();
  if (made.errors.some(asksForInit)) {
    await init(session, target, context);
    made = await plan();
  }
  if (!made.any) throw new ToolFailure(`${tool.name} plan failed in ${target.shown}`, made.stderr.split('\n'));
  // A plan that failed is written as far as it came, if it came to anything; what was there before is another one.
  const isWritten = made.errors.length === 0 || (await modifiedAt(file)) !== before;
  return {
    shown: isWritten ? await show(session, file, target, context) : undefined,
    errors: made.errors,
    warnings: made.warnings,
  };
}

/** Where a plan lies for which the user named no file. */
export function planFileIn(privateFolder: string): string {
  return join(privateFolder, 'plan');
}

/** Undefined for a file that is not there. */
async function modifiedAt(path: string): Promise<number | undefined> {
  return stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => undefined,
  );
}

/** The value of the last `-out`, which the flags of Go take with one dash or two, and with `=` or without. */
function outOf(args: readonly string[]): string | undefined {
  return args.reduce<string | undefined>((found, arg, index) => {
    if (/^--?out$/.test(arg)) return args[index + 1] ?? found;
    return /^--?out=(.*)$/.exec(arg)?.[1] ?? found;
  }, undefined);
}

/** Providers that are not there yet, a backend that is not set up: every such error says what to run. */
function asksForInit({ summary, detail }: ToolError): boolean {
  return /\b(?:terraform|tofu) init\b/.test(`${summary} ${detail}`);
}

async function init({ tool, run }: ToolSession, target: Target, context: Context): Promise<void> {
  const { exitCode, stdout, stderr } = await context.progress(`${tool.name} init`, () =>
    run(['init', '-json', '-input=false']),
  );
  if (exitCode === 0) return;
  const said = readMessages(stdout).errors.flatMap(({ summary, detail }) => [summary, ...detail.split('\n')]);
  throw new ToolFailure(`${tool.name} init failed in ${target.shown}`, said.length > 0 ? said : stderr.split('\n'));
}

async function show({ tool, run }: ToolSession, file: string, target: Target, context: Context): Promise<unknown> {
  const { exitCode, stdout, stderr } = await context.progress(`${tool.name} show`, () => run(['show', '-json', file]));
  try {
    if (exitCode === 0) return JSON.parse(stdout);
  } catch {
    // What is no JSON is as good as a failure.
  }
  throw new ToolFailure(`${tool.name} show failed in ${target.shown}`, stderr.split('\n'));
}
