import { createPublicKey, generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';

/** As strong as 128 bits (NIST SP 800-57); tinc's own default is 2048. */
const bits = 3072;

/** In PEM, PKCS#1: the form that tinc 1.0 makes itself. */
export async function makeRsaKey(): Promise<string> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', {
    modulusLength: bits,
    publicKeyEncoding: { type: 'pkcs1', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
  return privateKey;
}

/** `-----BEGIN RSA PUBLIC KEY-----`, as it stands in a host file of tinc. */
export function rsaPublicKey(key: KeyObject): string {
  return String(createPublicKey(key).export({ type: 'pkcs1', format: 'pem' }));
}
