import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { publicKey } from '../../../test/support/smallest-topology.js';
import { publicKeyProblem } from '../src/examine/ssh-public-key.js';

/** A key as OpenSSH writes it: its type and its fields, each with its length in front. */
function keyLine(type: string, fields: readonly Uint8Array[]): string {
  const parts = [Buffer.from(type), ...fields].flatMap((field) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(field.length);
    return [length, field];
  });
  return `${type} ${Buffer.concat(parts).toString('base64')} ops@example.com\n`;
}

const bytes = (length: number) => new Uint8Array(length).fill(7);

describe('a file of an SSH key', () => {
  for (const [title, text] of [
    ['an Ed25519 key', publicKey],
    ['a key without a comment', publicKey.replace(' ops@example.com\n', '')],
    ['a key with Windows line ends and empty lines', `\r\n${publicKey.trim()}\r\n\r\n`],
    ['an RSA key', keyLine('ssh-rsa', [bytes(3), bytes(257)])],
    ['an ECDSA key', keyLine('ecdsa-sha2-nistp256', [Buffer.from('nistp256'), bytes(65)])],
    ['a key on a security token', keyLine('sk-ssh-ed25519@openssh.com', [bytes(32), Buffer.from('ssh:')])],
  ] as const) {
    it(`may hold ${title}`, () => assert.equal(publicKeyProblem(text), undefined));
  }

  // Divided, so that nothing takes this file for one that holds a key.
  const privateKey = (kind: string) => ['-----BEGIN ', `${kind}PRIVATE KEY-----\nAAAA\n`].join('');

  for (const [title, text, says] of [
    ['an OpenSSH private key', privateKey('OPENSSH '), /^it is a PRIVATE key/],
    ['an RSA private key', privateKey('RSA '), /^it is a PRIVATE key/],
    ['a PKCS #8 private key', privateKey(''), /^it is a PRIVATE key/],
    ['an encrypted private key', privateKey('ENCRYPTED '), /^it is a PRIVATE key/],
    ['a private key behind a public one', `${publicKey}${privateKey('OPENSSH ')}`, /^it is a PRIVATE key/],
    ['a private key of PuTTY', 'PuTTY-User-Key-File-3: ssh-ed25519\n', /^it is a PRIVATE key/],
    ['nothing', ' \n', /^it is empty/],
    ['something else', 'hello\n', /^it is no OpenSSH public key/],
    ['a key with options in front', `no-pty ${publicKey}`, /^it is no OpenSSH public key/],
    ['two keys', `${publicKey}${publicKey}`, /^it has 2 lines/],
    [
      'a key in the format of RFC 4716',
      '---- BEGIN SSH2 PUBLIC KEY ----\nAAAA\n---- END SSH2 PUBLIC KEY ----\n',
      /RFC 4716/,
    ],
    ['a DSA key', keyLine('ssh-dss', [bytes(1), bytes(1), bytes(1), bytes(1)]), /^it is a DSA key/],
    ['a key that was cut off', publicKey.replace(/.{8} ops/, ' ops'), /^its ssh-ed25519 key is damaged/],
    ['a key with a wrong letter', publicKey.replace('AAAAC3', 'AAA*C3'), /^its ssh-ed25519 key is damaged/],
    ['a key of another type than it says', publicKey.replace('ssh-ed25519', 'ssh-rsa'), /^its ssh-rsa key is damaged/],
    ['a key with a field too many', keyLine('ssh-ed25519', [bytes(32), bytes(1)]), /^its ssh-ed25519 key is damaged/],
    ['a type alone', 'ssh-ed25519\n', /^its ssh-ed25519 key is damaged/],
  ] as const) {
    it(`may not hold ${title}`, () => assert.match(publicKeyProblem(text) ?? '', says));
  }
});
