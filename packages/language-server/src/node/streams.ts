import { Console } from 'node:console';
import { createConnection } from 'node:net';
import type { Readable, Writable } from 'node:stream';

export interface Streams {
  readonly input: Readable;
  readonly output: Writable;
}

/** Standard input and output, on which nothing but the protocol is written from now on. */
export function standardStreams(): Streams {
  globalThis.console = new Console(process.stderr, process.stderr);
  return { input: process.stdin, output: process.stdout };
}

/**
 * A connection to a client that listens, at a port of this machine or the path of a socket.
 *
 * @throws the error of the system when nobody listens there
 */
export function connectStreams(address: string | { readonly port: number }): Promise<Streams> {
  return new Promise((resolve, reject) => {
    const socket =
      typeof address === 'string'
        ? createConnection(address)
        : createConnection({ port: address.port, host: '127.0.0.1' });
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.off('error', reject);
      resolve({ input: socket, output: socket });
    });
  });
}
