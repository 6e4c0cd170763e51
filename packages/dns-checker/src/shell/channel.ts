import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import { parseView, type View } from '../machine/view.js';
import { ask } from './ask.js';
import type { Seal } from './seal.js';

/** TLS by the shared key instead of certificates (RFC 4279), with a new secret for each connection. */
const ciphers = 'ECDHE-PSK-CHACHA20-POLY1305';
const identity = 'groundplan-dns-checker';
const signatureHeader = 'x-groundplan-signature';
const path = '/view';
/** Bytes: hundreds of targets with their reasons. */
const longestView = 512 * 1024;

/** Takes views of others. Both sides of a connection tell their view, so that one that can be made suffices. */
export function listen(
  seal: Seal,
  { address, port }: { readonly address: string; readonly port: number },
  latest: () => View | undefined,
  heard: (view: View) => void,
): Promise<Server> {
  const server = createServer(
    {
      ciphers,
      minVersion: 'TLSv1.2',
      maxVersion: 'TLSv1.2',
      pskCallback: (_socket, name) => (name === identity ? seal.channelKey : null),
      requestTimeout: 5000,
      headersTimeout: 5000,
    },
    (request, response) => {
      answer(seal, request, response, latest, heard).catch(() => request.destroy());
    },
  );
  // Whoever has not the key fails at the handshake; that is no news.
  server.on('tlsClientError', () => {});
  server.on('clientError', (_error, socket) => socket.destroy());
  server.maxConnections = 200;
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, address, () => resolve(server));
  });
}

/**
 * Tells a view to another checker.
 *
 * @returns what that one told; undefined when it had nothing to tell, or its signature is not good
 * @throws when it does not answer in time
 */
export async function tell(
  seal: Seal,
  { address, port }: { readonly address: string; readonly port: number },
  view: View,
  patience: number,
): Promise<View | undefined> {
  const text = JSON.stringify(view);
  const host = address.includes(':') ? `[${address}]` : address;
  const reply = await ask({
    url: `https://${host}:${port}${path}`,
    method: 'POST',
    headers: { [signatureHeader]: seal.sign(text), 'content-type': 'application/json', connection: 'close' },
    body: text,
    patience,
    connection: {
      ciphers,
      minVersion: 'TLSv1.2',
      maxVersion: 'TLSv1.2',
      // There is no certificate: who has the key is known by it.
      checkServerIdentity: () => undefined,
      pskCallback: () => ({ psk: seal.channelKey, identity }),
    },
  });
  if (reply.status !== 200) return undefined;
  return viewIn(seal, reply.body, reply.headers[signatureHeader]);
}

async function answer(
  seal: Seal,
  request: IncomingMessage,
  response: ServerResponse,
  latest: () => View | undefined,
  heard: (view: View) => void,
): Promise<void> {
  if (request.method !== 'POST' || request.url !== path) {
    response.writeHead(404).end();
    return;
  }
  const view = viewIn(seal, await bodyOf(request), request.headers[signatureHeader]);
  if (view === undefined) {
    response.writeHead(403).end();
    return;
  }
  heard(view);
  const own = latest();
  if (own === undefined) {
    response.writeHead(204).end();
    return;
  }
  const text = JSON.stringify(own);
  response.writeHead(200, { [signatureHeader]: seal.sign(text), 'content-type': 'application/json' }).end(text);
}

function viewIn(seal: Seal, text: string, signature: string | string[] | undefined): View | undefined {
  return typeof signature === 'string' && seal.isGood(text, signature) ? parseView(text) : undefined;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += (chunk as Buffer).length;
    if (bytes > longestView) throw new Error('too long');
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}
