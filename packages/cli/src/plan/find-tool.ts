import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { Failure } from '../failure.js';
import { runTool } from './run-tool.js';

/** Ephemeral variables, which keep tokens out of plan and state, came with 1.11 in both. */
const oldest = [1, 11] as const;

export interface PlanTool {
  readonly name: 'terraform' | 'tofu';
  readonly path: string;
  readonly version: string;
}

const names = ['terraform', 'tofu'] as const;

/**
 * The Terraform or OpenTofu of the PATH; the one that is asked for, or else the first that there is.
 *
 * @throws Failure when there is none, or it is too old
 */
export async function findTool(
  wanted: 'auto' | 'terraform' | 'tofu',
  variables: Readonly<Record<string, string | undefined>>,
): Promise<PlanTool> {
  for (const name of wanted === 'auto' ? names : [wanted]) {
    const path = await onPath(name, variables['PATH'] ?? '');
    if (path !== undefined) return checked(name, path, variables);
  }
  const missing = wanted === 'auto' ? 'neither terraform nor tofu' : `no ${wanted}`;
  throw new Failure(`there is ${missing} on the PATH: install Terraform or OpenTofu ${oldest.join('.')} or newer`);
}

async function onPath(name: string, path: string): Promise<string | undefined> {
  const file = process.platform === 'win32' ? `${name}.exe` : name;
  for (const folder of path.split(delimiter).filter((each) => each !== '')) {
    const candidate = join(folder, file);
    const usable = await access(candidate, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (usable) return candidate;
  }
  return undefined;
}

async function checked(
  name: PlanTool['name'],
  path: string,
  variables: Readonly<Record<string, string | undefined>>,
): Promise<PlanTool> {
  const { stdout } = await runTool(path, ['version', '-json'], { variables });
  const version = versionIn(stdout);
  if (version === undefined) throw new Failure(`${path}: this does not say its version, so that it is no ${name} Groundplan knows`);
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major < oldest[0] || (major === oldest[0] && minor < oldest[1])) {
    throw new Failure(`${path}: this is ${name} ${version}, Groundplan needs ${oldest.join('.')} or newer (ephemeral variables)`);
  }
  return { name, path, version };
}

function versionIn(text: string): string | undefined {
  try {
    const answer: unknown = JSON.parse(text);
    const version = (answer as Record<string, unknown> | null)?.['terraform_version'];
    return typeof version === 'string' && /^\d+\.\d+/.test(version) ? version : undefined;
  } catch {
    return undefined;
  }
}
