import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { must } from '../command.js';

/** Who certifies the stand-ins of a rehearsal, and one certificate for all of them. Everything in PEM. */
export interface Authority {
  readonly certificate: string;
  /** By which OpenSSL finds it in a folder, x509_verify(3): eight hexadecimal digits. */
  readonly hash: string;
  readonly server: { readonly certificate: string; readonly key: string };
}

/** Longer than what hosts warn of. */
const days = '200';
const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

/** Makes an authority whose key is gone at once: it has certified these names and will certify nothing else. Needs `openssl`. */
export async function makeAuthority(names: readonly string[]): Promise<Authority> {
  const folder = await mkdtemp(join(tmpdir(), 'groundplan-authority-'));
  const [authority, authorityKey, server, serverKey] = ['ca.pem', 'ca.key', 'server.pem', 'server.key'].map((name) =>
    join(folder, name),
  ) as [string, string, string, string];
  try {
    await must('openssl', [
      ...['req', '-x509', ...newKey, '-days', days, '-subj', '/CN=Groundplan rehearsal'],
      ...['-addext', 'keyUsage=critical,keyCertSign,cRLSign', '-keyout', authorityKey, '-out', authority],
    ]);
    await must('openssl', [
      ...['req', '-x509', ...newKey, '-days', days, '-subj', `/CN=${names[0] ?? 'rehearsal'}`],
      ...['-CA', authority, '-CAkey', authorityKey, '-keyout', serverKey, '-out', server],
      ...['-addext', `subjectAltName=${names.map((name) => `DNS:${name}`).join(',')}`],
      ...['-addext', 'basicConstraints=critical,CA:FALSE', '-addext', 'extendedKeyUsage=serverAuth'],
    ]);
    const hash = await must('openssl', ['x509', '-noout', '-hash', '-in', authority]);
    const read = (path: string): Promise<string> => readFile(path, 'utf8');
    return {
      certificate: await read(authority),
      hash: hash.trim(),
      server: { certificate: await read(server), key: await read(serverKey) },
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Files by which a host trusts an authority besides those of its system, by path. */
export function trustFiles({ certificate, hash }: Pick<Authority, 'certificate' | 'hash'>): Map<string, string> {
  return new Map([
    ['/usr/local/share/ca-certificates/rehearsal.crt', certificate],
    [`/etc/ssl/certs/${hash}.0`, certificate],
  ]);
}
