import { generateKeyPairSync, sign } from 'node:crypto';

/** A self-signed certificate and its key, in PEM. */
export interface TestCertificate {
  readonly certificate: string;
  readonly privateKey: string;
}

/**
 * Makes a self-signed Ed25519 certificate for the domains, valid for 2026. It is written in DER by hand (RFC 5280), so
 * that no private key lies in the repository and no other program is needed.
 */
export function makeCertificate(domains: readonly string[]): TestCertificate {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const ed25519 = sequence(Buffer.from('06032b6570', 'hex'));
  const name = sequence();
  const alternativeNames = sequence(...domains.map((domain) => der(0x82, Buffer.from(domain, 'latin1'))));
  const body = sequence(
    der(0xa0, integer(2)),
    integer(1),
    ed25519,
    name,
    sequence(utcTime('260101000000Z'), utcTime('261231235959Z')),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(sequence(Buffer.from('0603551d11', 'hex'), der(0x04, alternativeNames)))),
  );
  const signature = der(0x03, Buffer.from([0]), sign(null, body, privateKey));
  return {
    certificate: pem(sequence(body, ed25519, signature)),
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const length = content.length < 128 ? [content.length] : [0x82, content.length >> 8, content.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}

const sequence = (...parts: readonly Buffer[]): Buffer => der(0x30, ...parts);
const integer = (value: number): Buffer => der(0x02, Buffer.from([value]));
const utcTime = (text: string): Buffer => der(0x17, Buffer.from(text, 'latin1'));

function pem(bytes: Buffer): string {
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}
