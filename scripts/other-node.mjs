// Another major version of Node, from its package on npm, so that both supported ones are tested on one machine.
import { join } from 'node:path';
import { npmTool } from './npm-tool.mjs';

const newer = '24.21.0';
const versions = ['20.20.2', newer];
const oldestOnHosts = '18.20.8';

/**
 * The path of a Node of the supported major version that this process is not; installed into the cache when it is missing.
 *
 * @returns {Promise<string>}
 * @throws when npm cannot install it
 */
export async function otherNode() {
  const current = `${process.versions.node.split('.')[0]}.`;
  return install(versions.find((each) => !each.startsWith(current)) ?? versions[0]);
}

/**
 * The path of the newer supported Node, for programs that need it; installed into the cache when it is missing.
 *
 * @returns {Promise<string>}
 * @throws when npm cannot install it
 */
export function node24() {
  return install(newer);
}

/**
 * The path of the oldest Node that runs on hosts, that of Debian 12 and Ubuntu 24.04; installed into the cache when it is missing.
 *
 * @returns {Promise<string>}
 * @throws when npm cannot install it
 */
export function hostNode() {
  return install(oldestOnHosts);
}

async function install(version) {
  const isWindows = process.platform === 'win32';
  const folder = await npmTool(`node-${isWindows ? 'win' : process.platform}-${process.arch}`, version);
  return join(folder, 'bin', isWindows ? 'node.exe' : 'node');
}
