import type { Outsider } from '../network/outsider.js';

/** How users reach an app that keeps what they write. */
export interface Shop {
  /** `http://shop.example.com` */
  readonly base: string;
  /** Where anybody may read. */
  readonly path: string;
  /** Whether it takes `POST /writes/ID` and tells at `GET /writes` what it has, a line for each id in order. */
  readonly keepsWrites: boolean;
}

export interface Asker {
  readonly user: Outsider;
  /** A name and an address of it, since this machine's own resolver is not asked. */
  readonly address: () => string | undefined;
}

/** The ids that an app has stored, in order; undefined when it does not say. */
export async function storedIn(base: string, { user, address }: Asker): Promise<string[] | undefined> {
  const { hostname, port, protocol } = new URL(base);
  const at = address();
  if (at === undefined) return undefined;
  const number = port === '' ? (protocol === 'https:' ? 443 : 80) : port;
  const { code, stdout } = await user.run('curl', [
    ...['-sk', '--fail', '--max-time', '20', '--resolve', `${hostname}:${number}:${at}`],
    ...['--write-out', '\n%{content_type}', `${base}/writes`],
  ]);
  const lines = stdout.split('\n');
  const type = lines.pop() ?? '';
  if (code !== 0 || !type.startsWith('text/plain')) return undefined;
  return lines.filter((line) => line !== '');
}
