import { type IncomingHttpHeaders, request as requestHttp } from 'node:http';
import { type RequestOptions, request as requestHttps } from 'node:https';
import type { ConnectionOptions } from 'node:tls';

export interface Request {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  /** Milliseconds for the whole of it. */
  readonly patience: number;
  /** What TLS is to know besides, and the address to connect to. */
  readonly connection?: RequestOptions & Pick<ConnectionOptions, 'pskCallback'>;
}

export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** By which those who are asked tell it from their users. */
const userAgent = 'groundplan-dns-checker';

/** Bytes of an answer; a longer one is none of those that are expected. */
const mostBytes = 8 * 2 ** 20;

/**
 * Sends a request over a connection of its own.
 *
 * @throws with a text for people, when there is no whole answer in time
 */
export function ask({ url, method, headers, body, patience, connection = {} }: Request): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const send = url.startsWith('https:') ? requestHttps : requestHttp;
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const all = { 'user-agent': userAgent, ...headers, ...length };
    const request = send(url, { method, headers: all, agent: false, ...connection });
    const giveUp = (text: string) => {
      clearTimeout(timer);
      request.destroy();
      reject(new Error(text));
    };
    const timer = setTimeout(() => giveUp(`no answer within ${seconds(patience)}`), patience);
    request.on('error', (error: NodeJS.ErrnoException) => giveUp(wordsFor(error)));
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > mostBytes) giveUp('the answer is too long');
        else chunks.push(chunk);
      });
      response.on('error', (error: NodeJS.ErrnoException) => giveUp(wordsFor(error)));
      response.on('end', () => {
        clearTimeout(timer);
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString('utf8'),
        });
      });
    });
    request.end(body);
  });
}

function seconds(milliseconds: number): string {
  return `${Math.round(milliseconds / 100) / 10} s`;
}

/** What people at night understand at once. */
function wordsFor({ code, message }: NodeJS.ErrnoException): string {
  switch (code) {
    case 'ECONNREFUSED':
      return 'connection refused';
    case 'ECONNRESET':
      return 'connection broken';
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return 'no route there';
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'its name does not resolve';
    default:
      return message === '' ? String(code) : message;
  }
}
