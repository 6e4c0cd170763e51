import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** An S3 server that runs. */
export interface ObjectStorage {
  /** Such as `http://127.0.0.1:41234`. */
  readonly endpoint: string;
  readonly port: number;
  readonly accessKey: string;
  readonly secretKey: string;
  readonly region: string;
  /** Each bucket is a folder in here. */
  readonly folder: string;
  close(): Promise<void>;
}

export interface ObjectStorageOptions {
  /** The path of versitygw (https://github.com/versity/versitygw). */
  readonly program: string;
  /** For buckets, versions and metadata; it is there. */
  readonly folder: string;
  /** Of which requests have to be. */
  readonly region: string;
  /** How it is started; as a child of this process by default. */
  readonly start?: (program: string, args: readonly string[], env: Readonly<Record<string, string>>) => ChildProcess;
}

const attempts = 5;
const longestStart = 20_000;
const healthPath = '/health';
const keys = { accessKey: 'groundplan', secretKey: 'groundplan-secret' };

/**
 * An S3 server on a free port of loopback, with versioning.
 *
 * @throws Error when it does not answer
 */
export async function startObjectStorage(options: ObjectStorageOptions): Promise<ObjectStorage> {
  const { program, region } = options;
  const start = options.start ?? ((path, args, env) => spawn(path, args, { env, stdio: 'ignore' }));
  const folders = {
    objects: join(options.folder, 'objects'),
    versions: join(options.folder, 'versions'),
    metadata: join(options.folder, 'metadata'),
  };
  for (const folder of Object.values(folders)) await mkdir(folder, { recursive: true });
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    const child = start(program, argumentsFor(port, folders), {
      ROOT_ACCESS_KEY: keys.accessKey,
      ROOT_SECRET_KEY: keys.secretKey,
      VGW_REGION: region,
    });
    // A process that is interrupted leaves no server behind.
    const killWithProcess = () => child.kill('SIGKILL');
    process.once('exit', killWithProcess);
    const stop = async (): Promise<void> => {
      process.removeListener('exit', killWithProcess);
      await killed(child);
    };
    const endpoint = `http://127.0.0.1:${port}`;
    if (await answers(child, `${endpoint}${healthPath}`))
      return { ...keys, region, endpoint, port, folder: folders.objects, close: stop };
    await stop();
    // The port can be taken between its choice and its use; another one is tried.
    if (attempt === attempts)
      throw new Error(`versitygw did not answer at ${endpoint}, nor at ${attempts - 1} ports before`);
  }
}

/** Metadata goes to files of its own, since extended attributes are missing on some file systems that hold /tmp. */
function argumentsFor(port: number, folders: { objects: string; versions: string; metadata: string }): string[] {
  const server = ['--port', `127.0.0.1:${port}`, '--health', healthPath, '--quiet'];
  return [...server, 'posix', '--versioning-dir', folders.versions, '--sidecar', folders.metadata, folders.objects];
}

async function answers(child: ChildProcess, url: string): Promise<boolean> {
  let running = true;
  child.once('exit', () => {
    running = false;
  });
  child.once('error', () => {
    running = false;
  });
  const deadline = Date.now() + longestStart;
  while (running && Date.now() < deadline) {
    try {
      const response = await fetch(url);
      if (response.ok) return true;
    } catch {
      // Not listening yet.
    }
    await sleep(50);
  }
  return false;
}

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGKILL');
  await ended;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
