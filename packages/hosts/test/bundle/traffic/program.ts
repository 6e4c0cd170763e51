import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A user's program on one host: it answers after a while and remembers each request that reached it, by its id. */
export interface Program {
  readonly seen: readonly string[];
  start(): Promise<void>;
  /** As a power cut: every connection ends in the middle of what it was at. */
  kill(): Promise<void>;
}

export function makeProgram(address: string, port: number): Program {
  const seen: string[] = [];
  let server: Server | undefined;
  return {
    seen,
    start: async () => {
      const started = createServer((request, response) => {
        const url = new URL(request.url ?? '/', 'http://program');
        const id = url.searchParams.get('id');
        if (id !== null) seen.push(id);
        request.resume();
        setTimeout(() => response.end(address), Number(url.searchParams.get('ms') ?? 0));
      });
      await new Promise<void>((resolve, reject) => {
        started.once('error', reject);
        started.listen(port, address, resolve);
      });
      server = started;
    },
    kill: async () => {
      const ending = server;
      server = undefined;
      if (ending === undefined) return;
      const closed = new Promise((resolve) => ending.close(resolve));
      ending.closeAllConnections();
      await closed;
    },
  };
}

/** A port that nobody listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
