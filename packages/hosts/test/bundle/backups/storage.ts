import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'node:tls';
import { startS3 } from '../../../../../test/support/s3.js';

/** An object storage as hosts see one: over TLS, by a name, with a bucket in it. */
export interface Storage {
  /** Of `localhost`. */
  readonly port: number;
  /** Path of the certificate of whoever certified it. */
  readonly authority: string;
  readonly accessKey: string;
  readonly secretKey: string;
  /** What is in the bucket. */
  readonly objects: string;
  /** Nobody reaches it until it is told so again. */
  reachable(isReachable: boolean): void;
  close(): Promise<void>;
}

export async function openStorage(bucket: string): Promise<Storage> {
  const server = await startS3();
  const folder = mkdtempSync(join(tmpdir(), 'groundplan-storage-'));
  execFileSync('chmod', ['755', folder]);
  const [key, authority] = [join(folder, 'key'), join(folder, 'certificate')];
  const form = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  const name = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  execFileSync('openssl', ['req', '-x509', ...form, ...name, '-keyout', key, '-out', authority], { stdio: 'ignore' });
  const objects = join(server.folder, bucket);
  mkdirSync(objects);
  let isReachable = true;
  const open = new Set<Socket>();
  const pair = { key: readFileSync(key), cert: readFileSync(authority) };
  const front = createServer(pair, (near) => {
    if (!isReachable) {
      near.destroy();
      return;
    }
    const far = connect(Number(new URL(server.endpoint).port), '127.0.0.1');
    for (const socket of [near, far]) {
      open.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        open.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    near.pipe(far).pipe(near);
  });
  front.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
  return {
    port: (front.address() as AddressInfo).port,
    authority,
    accessKey: server.accessKey,
    secretKey: server.secretKey,
    objects,
    reachable: (value) => {
      isReachable = value;
      if (!value) for (const socket of open) socket.destroy();
    },
    close: async () => {
      for (const socket of open) socket.destroy();
      await new Promise<void>((resolve) => front.close(() => resolve()));
      await server.close();
      rmSync(folder, { recursive: true });
    },
  };
}
