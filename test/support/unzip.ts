import { readFile } from 'node:fs/promises';
import { inflateRawSync } from 'node:zlib';

/** The text of each file in an archive, by its path. */
export type Unpacked = ReadonlyMap<string, string>;

const centralSignature = 0x02014b50;
const endSignature = 0x06054b50;

/**
 * Reads a ZIP archive, as far as vsce writes them: without encryption and ZIP64.
 * https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */
export async function unpack(path: string): Promise<Unpacked> {
  const bytes = await readFile(path);
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || bytes.readUInt32LE(end) !== endSignature) throw new Error(`${path} is no archive`);
  const files = new Map<string, string>();
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (bytes.readUInt32LE(at) !== centralSignature) throw new Error(`${path} is damaged`);
    const method = bytes.readUInt16LE(at + 10);
    const size = bytes.readUInt32LE(at + 20);
    const [name, extra, comment] = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset)) as [
      number,
      number,
      number,
    ];
    const local = bytes.readUInt32LE(at + 42);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const content = bytes.subarray(start, start + size);
    files.set(
      bytes.toString('utf8', at + 46, at + 46 + name),
      (method === 0 ? content : inflateRawSync(content)).toString('utf8'),
    );
    at += 46 + name + extra + comment;
  }
  return files;
}
