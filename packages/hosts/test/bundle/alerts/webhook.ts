import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Somebody who is told. */
export interface Webhook {
  readonly port: number;
  readonly taken: { readonly method: string; readonly url: string; readonly type: string; readonly text: string }[];
  answer: (count: number) => { status: number; headers?: Record<string, string> };
  close(): Promise<void>;
}

/** Takes everything until it is told what to answer. */
export async function openWebhook(port = 0): Promise<Webhook> {
  const taken: { method: string; url: string; type: string; text: string }[] = [];
  const opened = {
    port: 0,
    taken,
    answer: (_: number): { status: number; headers?: Record<string, string> } => ({ status: 200 }),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  const server: Server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      taken.push({ method, url, type: headers['content-type'] ?? '', text: body === '' ? '' : JSON.parse(body).text });
      const { status, headers: more } = opened.answer(taken.length);
      response.writeHead(status, more).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  opened.port = (server.address() as AddressInfo).port;
  return opened;
}
