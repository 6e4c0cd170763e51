import { createHash, createPublicKey, type KeyObject, type X509Certificate } from 'node:crypto';
import type { LockedSecret } from '../lock/lock.js';
import type { Form } from '../needed/secret.js';
import { blocksOf, certificatesIn, privateKeyIn } from './make/certificate.js';
import { ecPublicKey } from './make/ec-key.js';
import { rsaPublicKey } from './make/rsa-key.js';
import { sshPublicKey } from './make/ssh-key.js';

/** What of a value is public; nothing for a password, and for a value that is not of its form. */
export function publicPart(form: Form, value: string): Omit<LockedSecret, 'version' | 'mark'> {
  switch (form.kind) {
    case 'ssh-key': {
      const key = sshPublicKey(value);
      return key === undefined ? {} : { public: key.line, fingerprint: key.fingerprint };
    }
    case 'rsa-key': {
      const key = privateKeyIn(value);
      return key === undefined ? {} : { public: rsaPublicKey(key), fingerprint: thumbprintOf(key) };
    }
    case 'ec-key': {
      const key = privateKeyIn(value);
      return key === undefined ? {} : { public: ecPublicKey(key), fingerprint: thumbprintOf(key) };
    }
    case 'authority':
    case 'certificate-file':
    case 'member': {
      const [certificate] = certificatesIn(value) ?? [];
      if (certificate === undefined) return {};
      const address = addressIn(certificate);
      return {
        public: blocksOf(value, 'CERTIFICATE').join(''),
        fingerprint: certificate.fingerprint256,
        ends: new Date(certificate.validTo).toISOString().slice(0, 10),
        ...(form.kind === 'member' && address !== undefined ? { address } : {}),
      };
    }
    case 'text':
    case 'token':
    case 'password':
    case 'passphrase':
    case 'key-file':
      return {};
  }
}

/** Of the public half, as RFC 7638 has it; ACME (RFC 8555, 8.1) knows an account by it. */
export function thumbprintOf(key: KeyObject): string {
  const { crv, e, kty, n, x, y } = (key.type === 'private' ? createPublicKey(key) : key).export({ format: 'jwk' });
  // The required members alone, in the order of their names; those of the other kind of key are left out.
  return createHash('sha256').update(JSON.stringify({ crv, e, kty, n, x, y })).digest('base64url');
}

function addressIn({ subjectAltName }: X509Certificate): string | undefined {
  return /IP Address:([\d.]+)/.exec(subjectAltName ?? '')?.[1];
}
