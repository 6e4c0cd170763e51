import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import { pem } from './certificate.js';

const type = 'ssh-ed25519';
const magic = 'openssh-key-v1\0';

/** An Ed25519 private key without a passphrase, in OpenSSH's own form (PROTOCOL.key). */
export function makeSshKey(comment: string): string {
  const { privateKey } = generateKeyPairSync('ed25519');
  const { d = '', x = '' } = privateKey.export({ format: 'jwk' });
  const point = Buffer.from(x, 'base64url');
  const blob = Buffer.concat([string(type), string(point)]);
  // Twice the same number, by which a wrong passphrase would be noticed.
  const check = randomBytes(4);
  const secret = Buffer.concat([
    check,
    check,
    blob,
    string(Buffer.concat([Buffer.from(d, 'base64url'), point])),
    string(comment),
  ]);
  const blockSize = 8;
  const padding = Buffer.from(Array.from({ length: -secret.length & (blockSize - 1) }, (_, index) => index + 1));
  const keys = Buffer.concat([number(1), string(blob), string(Buffer.concat([secret, padding]))]);
  return pem(
    'OPENSSH PRIVATE KEY',
    Buffer.concat([Buffer.from(magic), string('none'), string('none'), string(''), keys]),
  );
}

/** The line of the public half, `ssh-ed25519 AAAA…`, and its fingerprint; undefined when the text is no such key. */
export function sshPublicKey(text: string): { readonly line: string; readonly fingerprint: string } | undefined {
  const [, body] = /-----BEGIN OPENSSH PRIVATE KEY-----([A-Za-z0-9+/=\s]+)-----END/.exec(text) ?? [];
  const bytes = Buffer.from(body ?? '', 'base64');
  if (bytes.subarray(0, magic.length).toString('latin1') !== magic) return undefined;
  let at = magic.length;
  const next = () => {
    if (at + 4 > bytes.length) return Buffer.alloc(0);
    const start = at + 4;
    at = start + bytes.readUInt32BE(at);
    return bytes.subarray(start, at);
  };
  // Cipher, key derivation and its options, then the number of keys.
  for (let skipped = 0; skipped < 3; skipped++) next();
  at += 4;
  const blob = next();
  if (!blob.subarray(4).toString('latin1').startsWith(type)) return undefined;
  const fingerprint = createHash('sha256').update(blob).digest('base64').replace(/=+$/, '');
  return { line: `${type} ${blob.toString('base64')}`, fingerprint: `SHA256:${fingerprint}` };
}

function string(content: Uint8Array | string): Buffer {
  const bytes = Buffer.from(content);
  return Buffer.concat([number(bytes.length), bytes]);
}

function number(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
