import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** The first version with ephemeral variables. */
const oldest = [1, 11];

/**
 * The Terraform on PATH, when it is new enough for compiled output.
 *
 * @returns {Promise<{ name: 'terraform', version: string, path: string } | undefined>}
 */
export async function findTerraform() {
  const path = await findOnPath('terraform');
  if (path === undefined) return undefined;
  const env = { PATH: process.env.PATH, CHECKPOINT_DISABLE: '1', HOME: '/nonexistent' };
  try {
    const { stdout } = await run(path, ['version', '-json'], { env });
    const version = JSON.parse(stdout).terraform_version;
    const [major, minor] = version.split('.').map(Number);
    const isNewEnough = major > oldest[0] || (major === oldest[0] && minor >= oldest[1]);
    return isNewEnough ? { name: 'terraform', version, path } : undefined;
  } catch {
    return undefined;
  }
}

async function findOnPath(name) {
  for (const folder of (process.env.PATH ?? '').split(delimiter).filter((part) => part !== '')) {
    const file = join(folder, name);
    try {
      await access(file, constants.X_OK);
      return file;
    } catch {
      // Not here: the next folder.
    }
  }
  return undefined;
}
