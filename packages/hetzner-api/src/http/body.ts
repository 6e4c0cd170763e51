import type { IncomingMessage } from 'node:http';
import { ApiError } from './errors.js';

/** Larger than any request of Hetzner's API: 32 KiB of user data, a certificate chain of 30 kB. */
const largestBody = 1_048_576;

/**
 * The body of a request as text; rejects with 413 if it is larger than 1 MiB. What is beyond is read and forgotten, so
 * that the client gets to see the answer.
 */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size <= largestBody) chunks.push(bytes);
  }
  if (size > largestBody) throw new ApiError(413, 'json_error', 'The body of the request is too large.');
  return Buffer.concat(chunks).toString('utf8');
}
