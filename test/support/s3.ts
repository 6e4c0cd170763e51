import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ObjectStorage, startObjectStorage } from '@groundplan/rehearsal';
import { buildTools } from '../../scripts/tools.mjs';

export type S3Server = ObjectStorage;

/**
 * An S3 server (versitygw) on a free port of the loopback interface, over a temporary folder, with versioning.
 *
 * @throws ToolsError when the server cannot be built, an Error when it does not answer
 */
export async function startS3(): Promise<S3Server> {
  const { versitygw } = await buildTools();
  const folder = await mkdtemp(join(tmpdir(), 'groundplan-s3-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const server = await startObjectStorage({ program: versitygw, folder, region: 'us-east-1' });
    return { ...server, close: () => server.close().then(remove) };
  } catch (error) {
    await remove();
    throw error;
  }
}
