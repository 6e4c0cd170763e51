import { Failure } from '../failure.js';
import { findProgram, foldersOf } from '../find-program.js';
import type { Target } from '../output/write-output.js';
import { runTool } from './run-tool.js';

/** Ephemeral variables, which keep tokens out of plan and state, came with 1.11 in both. */
const oldest = [1, 11] as const;

export interface PlanTool {
  readonly name: 'terraform' | 'tofu';
  readonly path: string;
  readonly version: string;
}

const names = ['terraform', 'tofu'] as const;

export const toolChoices = ['auto', ...names] as const;

/** How a user calls a tool for what was built, from the current folder: `tofu -chdir=build`. */
export function callOf({ name }: PlanTool, { shown }: Target): string {
  return `${name} -chdir=${/^[\w./-]+$/.test(shown) ? shown : `'${shown.replaceAll("'", "'\\''")}'`}`;
}

/**
 * The Terraform or OpenTofu of the PATH; the one that is asked for, or else the first that there is.
 *
 * @throws Failure when there is none, or it is too old
 */
export async function findTool(
  wanted: (typeof toolChoices)[number],
  variables: Readonly<Record<string, string | undefined>>,
): Promise<PlanTool> {
  for (const name of wanted === 'auto' ? names : [wanted]) {
    const path = await findProgram(name, foldersOf(variables.PATH));
    if (path !== undefined) return { name, path, version: await versionOf(name, path, variables) };
  }
  const missing = wanted === 'auto' ? 'neither terraform nor tofu' : `no ${wanted}`;
  throw new Failure(`there is ${missing} on the PATH: install Terraform or OpenTofu ${oldest.join('.')} or newer`);
}

/** @throws Failure when it is too old, or says no version at all */
async function versionOf(
  name: PlanTool['name'],
  path: string,
  variables: Readonly<Record<string, string | undefined>>,
): Promise<string> {
  const { stdout } = await runTool(path, ['version', '-json'], { variables });
  const version = versionIn(stdout);
  if (version === undefined) throw new Failure(`${path}: this does not say its version as ${name} does`);
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major < oldest[0] || (major === oldest[0] && minor < oldest[1])) {
    throw new Failure(
      `${path}: this is ${name} ${version}, Groundplan needs ${oldest.join('.')} or newer (ephemeral variables)`,
    );
  }
  return version;
}

/** Before 0.13 there was no `-json`, and the answer is a sentence. */
function versionIn(text: string): string | undefined {
  const [, version] =
    /"terraform_version":\s*"(\d+\.\d+[^"]*)"/.exec(text) ?? /^(?:Terraform|OpenTofu) v(\d+\.\d+\S*)/m.exec(text) ?? [];
  return version;
}
