import { Agent, type IncomingMessage, request } from 'node:http';
import { Agent as SecureAgent, request as secureRequest } from 'node:https';
import { connect, type Socket } from 'node:net';
import { connect as secureConnect } from 'node:tls';
import type { NameCache } from './names.js';

export interface Call {
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What a user saw of a request. */
export type Answer =
  | { readonly kind: 'answer'; readonly status: number; readonly body: string; readonly address: string }
  /** `sent`: whether the server may have seen it. */
  | { readonly kind: 'failure'; readonly reason: string; readonly sent: boolean };

export interface ClientOptions {
  readonly names: NameCache;
  /** Milliseconds until the next address is tried. */
  readonly connectTimeout: number;
  /** Milliseconds until a request is given up. */
  readonly timeout: number;
  /** Certificates in PEM that are trusted besides the system's. */
  readonly trusted?: string;
}

/** Sends requests as a browser does. */
export interface Client {
  send(call: Call): Promise<Answer>;
  close(): void;
}

/** Methods that change nothing when they come twice (RFC 9110, section 9.2.2). */
const idempotent: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE']);

/**
 * A client that keeps connections open, tries one address of a name after the other until one takes it, and sends a request once
 * more only if a connection that was kept open breaks before the answer begins and the request is idempotent (RFC 9110, section
 * 9.2.2). Redirects are not followed.
 */
export function makeClient({ names, connectTimeout, timeout, trusted }: ClientOptions): Client {
  const open = async (url: URL): Promise<Socket> => {
    const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80));
    const addresses = await names.lookup(url.hostname);
    let failure: unknown;
    for (const host of addresses) {
      try {
        return await connected(connect({ host, port, noDelay: true }), connectTimeout, 'connect');
      } catch (error) {
        failure = error;
      }
    }
    throw failure;
  };
  const secured = async (url: URL): Promise<Socket> => {
    const socket = secureConnect({
      socket: await open(url),
      servername: url.hostname,
      ...(trusted === undefined ? {} : { ca: trusted }),
    });
    return connected(socket, connectTimeout, 'secureConnect');
  };
  const plain = agentOf(new Agent({ keepAlive: true, maxSockets: 256 }), open);
  const secure = agentOf(new SecureAgent({ keepAlive: true, maxSockets: 256 }), secured);

  const once = (call: Call): Promise<Answer & { readonly again?: boolean }> =>
    new Promise((resolve) => {
      const { method, url, headers = {}, body = '' } = call;
      const isSecure = url.startsWith('https:');
      const length = body === '' ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
      const options = { method, headers: { ...headers, ...length }, agent: isSecure ? secure : plain };
      const exchange = (isSecure ? secureRequest : request)(url, options);
      let isSent = false;
      let isGivenUp = false;
      const timer = setTimeout(() => {
        isGivenUp = true;
        exchange.destroy(new Error(`no answer within ${timeout} ms`));
      }, timeout);
      exchange.on('socket', (socket) => {
        const { remoteAddress } = socket;
        if (remoteAddress !== undefined) isSent = true;
      });
      const fail = (error: Error): void => {
        clearTimeout(timer);
        const again = exchange.reusedSocket && !isGivenUp && idempotent.has(method);
        resolve({ kind: 'failure', reason: error.message || error.name, sent: isSent, again });
      };
      exchange.on('error', fail);
      exchange.on('response', (response: IncomingMessage) => {
        const chunks: Buffer[] = [];
        const address = response.socket.remoteAddress ?? '';
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', (error) => {
          clearTimeout(timer);
          resolve({ kind: 'failure', reason: error.message, sent: true });
        });
        response.on('end', () => {
          clearTimeout(timer);
          resolve({
            kind: 'answer',
            status: response.statusCode ?? 0,
            body: Buffer.concat(chunks).toString('utf8'),
            address,
          });
        });
      });
      exchange.end(body);
    });

  return {
    async send(call) {
      const { again, ...answer } = await once(call);
      return again === true ? withoutAgain(await once(call)) : answer;
    },
    close() {
      plain.destroy();
      secure.destroy();
    },
  };
}

function withoutAgain({ again: _, ...answer }: Answer & { readonly again?: boolean }): Answer {
  return answer;
}

/** An agent whose connections are opened by `open`. */
function agentOf<Kind extends Agent>(agent: Kind, open: (url: URL) => Promise<Socket>): Kind {
  const createConnection = (
    options: { readonly host?: string; readonly port?: number | string; readonly protocol?: string },
    done: (error: Error | null, socket?: Socket) => void,
  ): undefined => {
    const url = new URL(`${options.protocol ?? 'http:'}//${options.host}:${options.port}`);
    open(url).then(
      (socket) => done(null, socket),
      (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
    );
    return undefined;
  };
  return Object.assign(agent, { createConnection });
}

function connected<Kind extends Socket>(socket: Kind, timeout: number, event: string): Promise<Kind> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => socket.destroy(new Error(`no connection within ${timeout} ms`)), timeout);
    socket.once('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    socket.once(event, () => {
      clearTimeout(timer);
      socket.removeAllListeners('error');
      resolve(socket);
    });
  });
}
