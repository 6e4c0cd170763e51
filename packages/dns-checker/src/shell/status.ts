import { rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import type { Report } from '../machine/report.js';

/** Answers whoever connects to a socket on this host with the report of the moment, as JSON. */
export async function serveStatus(path: string, report: () => Report): Promise<void> {
  await rm(path, { force: true });
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.end(JSON.stringify(report()));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
}

/**
 * What the checker on this host says.
 *
 * @throws when none runs
 */
export function askStatus(path: string): Promise<Report> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(path);
    socket.setTimeout(5000, () => socket.destroy(new Error('it does not answer')));
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.on('error', reject);
    socket.on('end', () => {
      try {
        resolve(JSON.parse(Buffer.concat(chunks).toString('utf8')) as Report);
      } catch (error) {
        reject(error);
      }
    });
  });
}
