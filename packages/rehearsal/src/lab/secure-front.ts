import { request } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Authority } from './authority.js';

/** A server on loopback that speaks TLS in front of one that does not. */
export interface SecureFront {
  readonly port: number;
  /** Stops listening and breaks open connections. */
  close(): Promise<void>;
}

/** Starts a front for `http://127.0.0.1:PORT`. What is asked arrives there as it was sent, with its headers as they were. */
export function startSecureFront({ server }: Pick<Authority, 'server'>, port: number): Promise<SecureFront> {
  const front = createServer({ cert: server.certificate, key: server.key }, (asked, answer) => {
    const { method, url, headers } = asked;
    const inner = request({ host: '127.0.0.1', port, method, path: url, headers }, (given) => {
      answer.writeHead(given.statusCode ?? 502, given.headers);
      given.pipe(answer);
    });
    inner.on('error', () => answer.destroy());
    answer.on('close', () => inner.destroy());
    asked.pipe(inner);
  });
  front.unref();
  return new Promise((resolve, reject) => {
    front.once('error', reject);
    front.listen(0, '127.0.0.1', () => {
      resolve({
        port: (front.address() as AddressInfo).port,
        close: () =>
          new Promise((done) => {
            front.close(() => done());
            front.closeAllConnections();
          }),
      });
    });
  });
}
