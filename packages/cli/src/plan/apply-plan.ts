import type { ToolError } from '@groundplan/terraform';
import type { Context } from '../command.js';
import type { Target } from '../output/write-output.js';
import { planFileIn } from './make-plan.js';
import { ToolFailure } from './tool-failure.js';
import { readMessages } from './tool-messages.js';
import type { ToolSession } from './tool-session.js';

/**
 * Applies the plan that lies in the private folder.
 *
 * @param label what it is called while it goes on: `destroy`
 * @param args the user's arguments for the tool
 * @returns why it did not come to its end; nothing when it did
 * @throws ToolFailure when it says no reason; Failure when it was interrupted
 */
export async function applyPlan(
  { tool, privateFolder, run }: ToolSession,
  label: string,
  args: readonly string[],
  target: Target,
  context: Context,
): Promise<readonly ToolError[]> {
  const { exitCode, stdout, stderr } = await context.progress(`${tool.name} ${label}`, () =>
    run(['apply', '-json', '-input=false', ...args, planFileIn(privateFolder)]),
  );
  const { errors } = readMessages(stdout);
  if (exitCode === 0 || errors.length > 0) return errors;
  throw new ToolFailure(`${tool.name} ${label} failed in ${target.shown}`, stderr.split('\n'));
}
