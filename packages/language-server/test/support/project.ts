import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type ClientOptions, connect, type LanguageClient } from './client.js';

export { publicKey, topology } from '../../../../test/support/smallest-topology.js';

export type Files = Readonly<Record<string, string>>;

/** A repository of its own with these files, which is gone after `work`. */
export async function inFolder<T>(files: Files, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'groundplan-server-')));
  try {
    // The search for a configuration ends here.
    await mkdir(join(folder, '.git'));
    for (const [path, text] of Object.entries(files)) await put(folder, path, text);
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export async function put(folder: string, path: string, text: string): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), text);
}

/** A client of a server of its own, which is asked to end after `work` and must end well. */
export async function withClient(
  options: ClientOptions,
  work: (client: LanguageClient) => Promise<void>,
): Promise<void> {
  const client = await connect(options);
  try {
    await work(client);
    const code = await client.stop();
    if (code !== 0) throw new Error(`the server ended with ${code}: ${(await client.server.exited).stderr}`);
  } finally {
    await client.server.kill();
  }
}
