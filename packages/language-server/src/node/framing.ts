/** More than any message of an editor has: a text of 16 MiB, escaped. */
const mostBodyBytes = 128 * 1024 * 1024;
const mostHeaderBytes = 8 * 1024;
const headerEnd = '\r\n\r\n';

export interface FrameListener {
  readonly onBody: (body: Buffer) => void;
  /** Once for each run of bytes that are no message. */
  readonly onNoise: (reason: string) => void;
}

/**
 * Cuts a stream into the bodies of its messages. After bytes that are no message it goes on at the next header that it finds,
 * instead of waiting for ever for what a wrong length promised.
 *
 * @see https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/#baseProtocol
 */
export function cutFrames({ onBody, onNoise }: FrameListener): (chunk: Buffer) => void {
  let chunks: Buffer[] = [];
  let size = 0;
  /** Of the body that has begun. */
  let length: number | undefined;
  let isNoise = false;

  const complain = (reason: string) => {
    if (!isNoise) onNoise(reason);
    isNoise = true;
  };

  return (chunk) => {
    chunks.push(chunk);
    size += chunk.length;
    if (length !== undefined && size < length) return;
    let rest = chunks.length === 1 ? chunk : Buffer.concat(chunks);
    for (;;) {
      if (length === undefined) {
        const end = rest.indexOf(headerEnd);
        if (end < 0 && rest.length > mostHeaderBytes) {
          complain('this is no header');
          rest = rest.subarray(rest.length - mostHeaderBytes / 2);
        }
        if (end < 0) break;
        const header = rest.toString('latin1', 0, end);
        rest = rest.subarray(end + headerEnd.length);
        const found = lengthIn(header);
        if (typeof found === 'string') complain(found);
        else length = found;
      } else if (rest.length < length) {
        break;
      } else {
        onBody(rest.subarray(0, length));
        rest = rest.subarray(length);
        length = undefined;
        isNoise = false;
      }
    }
    chunks = [rest];
    size = rest.length;
  };
}

/** The length that a header says, the last one where noise stands before it; else why there is none. */
function lengthIn(header: string): number | string {
  const written = [...header.matchAll(/Content-Length:[ \t]*([^\r\n]*)/gi)].at(-1)?.[1];
  if (written === undefined) return 'the header has no Content-Length';
  if (!/^\d+[ \t]*$/.test(written)) return `Content-Length is no number: ${written.slice(0, 40)}`;
  return Number(written) > mostBodyBytes ? `a message of ${written.slice(0, 40)} bytes is too large` : Number(written);
}
