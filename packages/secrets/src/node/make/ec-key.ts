import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';

/** On the curve P-256, which every browser knows; in PEM, PKCS#8. */
export function makeEcKey(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return String(privateKey.export({ type: 'pkcs8', format: 'pem' }));
}

/** `-----BEGIN PUBLIC KEY-----`. */
export function ecPublicKey(key: KeyObject): string {
  return String(createPublicKey(key).export({ type: 'spki', format: 'pem' }));
}
