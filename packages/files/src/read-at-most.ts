import { open } from 'node:fs/promises';

/**
 * The bytes of a file, or its first `limit` where it holds more: devices and pipes may never end.
 *
 * @throws the error of the file system when it cannot be read
 */
export async function readAtMost(path: string, limit: number): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const chunks: Uint8Array[] = [];
    let size = 0;
    while (size < limit) {
      const buffer = new Uint8Array(Math.min(limit - size, 65_536));
      const { bytesRead } = await file.read(buffer, 0, buffer.length);
      if (bytesRead === 0) break;
      chunks.push(buffer.subarray(0, bytesRead));
      size += bytesRead;
    }
    return Buffer.concat(chunks);
  } finally {
    await file.close();
  }
}
