import {
  createHash,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  randomBytes,
  sign,
  X509Certificate,
} from 'node:crypto';
import { bits, boolean, integer, objectId, octets, sequence, set, tagged, time, utf8 } from './der.js';

/** Of a common name (RFC 5280, ub-common-name). */
const mostNameCharacters = 64;

/** What a certificate says, in the profile of RFC 5280; who it is for stands in the address, the name is for people. */
export interface Statement {
  /** Common name; 64 characters of it count. */
  readonly name: string;
  readonly publicKey: KeyObject;
  readonly from: Date;
  readonly to: Date;
  /** An authority, or a server that is also a client at these IPv4 addresses. */
  readonly role: { readonly kind: 'authority' } | { readonly kind: 'member'; readonly addresses: readonly string[] };
}

/** Who signs: the key, and the certificate of it; undefined when it signs its own. */
export interface Signer {
  readonly key: KeyObject;
  readonly certificate: X509Certificate | undefined;
}

/** A certificate with ECDSA and SHA-256, in PEM. Its number is random. */
export function certify(statement: Statement, { key, certificate }: Signer): string {
  const algorithm = sequence(objectId('1.2.840.10045.4.3.2'));
  const subject = commonName(statement.name);
  const body = sequence(
    // Version 3.
    tagged(0, 'value', integer(2)),
    integer(serialNumber()),
    algorithm,
    certificate === undefined ? subject : commonName(nameOf(certificate)),
    sequence(time(statement.from), time(statement.to)),
    subject,
    spki(statement.publicKey),
    tagged(3, 'value', sequence(...extensions(statement, key))),
  );
  const signature = sign('sha256', body, { key, dsaEncoding: 'der' });
  return pem('CERTIFICATE', sequence(body, algorithm, bits(signature)));
}

function extensions({ role, publicKey }: Statement, signer: KeyObject): Buffer[] {
  const own = keyId(publicKey);
  const ids = [
    extension('2.5.29.14', octets(own)),
    extension('2.5.29.35', sequence(tagged(0, 'bytes', keyId(createPublicKey(signer))))),
  ];
  switch (role.kind) {
    case 'authority':
      return [
        // It certifies members, not other authorities.
        critical('2.5.29.19', sequence(boolean(true), integer(0))),
        // keyCertSign.
        critical('2.5.29.15', bits(Buffer.from([0b0000_0100]), 2)),
        ...ids,
      ];
    case 'member':
      return [
        critical('2.5.29.19', sequence()),
        // digitalSignature.
        critical('2.5.29.15', bits(Buffer.from([0b1000_0000]), 7)),
        // serverAuth, clientAuth.
        extension('2.5.29.37', sequence(objectId('1.3.6.1.5.5.7.3.1'), objectId('1.3.6.1.5.5.7.3.2'))),
        extension('2.5.29.17', sequence(...role.addresses.map((address) => tagged(7, 'bytes', ipv4(address))))),
        ...ids,
      ];
  }
}

function extension(id: string, content: Uint8Array): Buffer {
  return sequence(objectId(id), octets(content));
}

function critical(id: string, content: Uint8Array): Buffer {
  return sequence(objectId(id), boolean(true), octets(content));
}

function commonName(name: string): Buffer {
  return sequence(set(sequence(objectId('2.5.4.3'), utf8(name.slice(0, mostNameCharacters)))));
}

function nameOf({ subject }: X509Certificate): string {
  return /^CN=(.*)$/m.exec(subject)?.[1] ?? '';
}

/** 128 random bits; the first one is set, so that the number is never 0. */
function serialNumber(): Buffer {
  const number = randomBytes(16);
  number.writeUInt8((number.readUInt8(0) & 0x3f) | 0x40, 0);
  return number;
}

function spki(key: KeyObject): Buffer {
  return key.export({ type: 'spki', format: 'der' });
}

/** Any number that tells keys apart (RFC 7093). */
function keyId(key: KeyObject): Buffer {
  return createHash('sha256').update(spki(key)).digest().subarray(0, 20);
}

function ipv4(address: string): Buffer {
  return Buffer.from(address.split('.').map(Number));
}

export function pem(label: string, bytes: Uint8Array): string {
  const lines =
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}

/** The blocks of a text in PEM with this label, each as PEM. */
export function blocksOf(text: string, label: string): string[] {
  const pattern = new RegExp(`-----BEGIN ${label}-----\\r?\\n[A-Za-z0-9+/=\\r\\n]+-----END ${label}-----`, 'g');
  return [...text.matchAll(pattern)].map(([block]) => `${block.replaceAll('\r', '')}\n`);
}

/** The private key in a text in PEM; undefined when there is none that is understood. */
export function privateKeyIn(text: string): KeyObject | undefined {
  try {
    return createPrivateKey(text);
  } catch {
    return undefined;
  }
}

/** The certificates in a text in PEM, in their order; undefined when there are none, or one is damaged. */
export function certificatesIn(text: string): X509Certificate[] | undefined {
  const blocks = blocksOf(text, 'CERTIFICATE');
  try {
    return blocks.length === 0 ? undefined : blocks.map((block) => new X509Certificate(block));
  } catch {
    return undefined;
  }
}
