import { generateKeyPairSync, type KeyObject, type X509Certificate } from 'node:crypto';
import { certificatesIn, certify, privateKeyIn } from './certificate.js';

const day = 86_400_000;
/** Before which nothing is valid: clocks differ. */
const skew = 3_600_000;
const authorityDays = 3650;
const memberDays = 730;

/** The key of an authority, and its certificate. Behind it stands that of the key before, which members may have theirs from. */
interface Authority {
  readonly key: KeyObject;
  readonly certificate: X509Certificate;
}

/**
 * A key, and a certificate for it that it signed itself. What the key of `before` certified stays trusted, so that members can change
 * one by one; `before` may be undefined.
 */
export function makeAuthority(name: string, before: string | undefined, now: Date): string {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const certificate = certify(
    { name, publicKey, from: back(now), to: after(now, authorityDays), role: { kind: 'authority' } },
    { key: privateKey, certificate: undefined },
  );
  const latest = before === undefined ? undefined : authorityIn(before)?.certificate;
  return joined(privateKey, [certificate, ...(latest === undefined ? [] : [latest.toString()])]);
}

/**
 * A key and its certificate by the newest key of an authority, for a host that others reach at `address`.
 *
 * @throws when `authority` is none
 */
export function makeMember(name: string, address: string, authority: string, now: Date): string {
  const found = authorityIn(authority);
  if (found === undefined) throw new Error(`${name} is to be certified by what is no authority`);
  const { key, certificate } = found;
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const end = new Date(Math.min(after(now, memberDays).getTime(), Date.parse(certificate.validTo)));
  const own = certify(
    { name, publicKey, from: back(now), to: end, role: { kind: 'member', addresses: [address, '127.0.0.1'] } },
    { key, certificate },
  );
  return joined(privateKey, [own]);
}

/** Whether a member has its certificate from an earlier key of the authority, or from none of it. */
export function isFromEarlier(member: string, authority: string): boolean {
  const newest = authorityIn(authority)?.certificate;
  const [own] = certificatesIn(member) ?? [];
  return own !== undefined && newest !== undefined && !own.verify(newest.publicKey);
}

/** Whether a text holds a key and, first of all certificates in it, the one of that key: an authority does, and a member. */
export function holdsPair(text: string): boolean {
  return authorityIn(text) !== undefined;
}

function authorityIn(text: string): Authority | undefined {
  const key = privateKeyIn(text);
  const [certificate] = certificatesIn(text) ?? [];
  if (key === undefined || certificate === undefined || !certificate.checkPrivateKey(key)) return undefined;
  return { key, certificate };
}

function joined(key: KeyObject, certificates: readonly string[]): string {
  return [String(key.export({ type: 'pkcs8', format: 'pem' })), ...certificates].join('');
}

function back(now: Date): Date {
  return new Date(now.getTime() - skew);
}

function after(now: Date, days: number): Date {
  return new Date(now.getTime() + days * day);
}
