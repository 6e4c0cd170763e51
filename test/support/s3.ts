import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { buildTools } from '../../scripts/tools.mjs';

export interface S3Server {
  /** Such as `http://127.0.0.1:41234`. */
  endpoint: string;
  accessKey: string;
  secretKey: string;
  region: string;
  /** Each bucket is a folder in here. */
  folder: string;
  close(): Promise<void>;
}

const attempts = 5;
const startTimeoutMilliseconds = 20_000;
const healthPath = '/health';

/**
 * An S3 server (versitygw) on a free port of the loopback interface, over a temporary folder, with versioning.
 *
 * @throws ToolsError when the server cannot be built, an Error when it does not answer
 */
export async function startS3(): Promise<S3Server> {
  const { versitygw } = await buildTools();
  const top = await mkdtemp(join(tmpdir(), 'groundplan-s3-'));
  const folders = { objects: join(top, 'objects'), versions: join(top, 'versions'), metadata: join(top, 'metadata') };
  for (const folder of Object.values(folders)) await mkdir(folder);
  const keys = { accessKey: 'groundplan', secretKey: 'groundplan-secret', region: 'us-east-1' };

  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    const child = spawn(versitygw, argumentsFor(port, folders), {
      env: { ROOT_ACCESS_KEY: keys.accessKey, ROOT_SECRET_KEY: keys.secretKey, VGW_REGION: keys.region },
      stdio: 'ignore',
    });
    // A test run that is interrupted leaves no server behind.
    const killWithRun = () => child.kill('SIGKILL');
    process.once('exit', killWithRun);
    const endpoint = `http://127.0.0.1:${port}`;
    if (await answers(child, `${endpoint}${healthPath}`)) {
      return {
        ...keys,
        endpoint,
        folder: folders.objects,
        async close() {
          process.removeListener('exit', killWithRun);
          await stop(child);
          await rm(top, { recursive: true, force: true });
        },
      };
    }
    process.removeListener('exit', killWithRun);
    await stop(child);
    // The port can be taken between its choice and its use; another one is tried.
    if (attempt === attempts) {
      await rm(top, { recursive: true, force: true });
      throw new Error(`versitygw did not answer at ${endpoint}, nor at ${attempts - 1} ports before`);
    }
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
  const deadline = Date.now() + startTimeoutMilliseconds;
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

async function stop(child: ChildProcess): Promise<void> {
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
