import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type ClientOptions, connect, type LanguageClient } from './client.js';

/** Nobody has the private half of it. */
export const publicKey =
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKHX0FehV73fXq0MwEgJmMFGnr8khGnJkJg/s5hafmhI ops@example.com\n';

/** The smallest useful topology; `changes` are replacements of its text. */
export function topology(...changes: readonly (readonly [from: string, to: string])[]): string {
  return changes.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`the topology has no "${from}"`);
    return text.replace(from, to);
  }, smallest);
}

const smallest = `topology: v1
name: shop
region: fsn1
dns: { provider: cloudflare, zone: example.com }
load_balancers:
  edge: { routes: { shop.example.com: app.web } }
apps:
  web: { port: 3000, run: { container: "ghcr.io/acme/shop:1.4.2" }, env: { DATABASE_URL: "\${database.main.url}" } }
databases:
  main: { engine: postgresql, backup: bucket.dumps }
buckets:
  dumps: { location: hel1 }
access: { ssh_keys: [keys/ops.pub], ssh_from: [198.51.100.0/24] }
`;

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
