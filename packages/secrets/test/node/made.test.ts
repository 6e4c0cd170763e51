import assert from 'node:assert/strict';
import { createPublicKey } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import type { Lock, NeededSecret } from '@groundplan/secrets';
import {
  lockedOf,
  makeValues,
  rotationProblem,
  type SecretValues,
  spoilt,
  valueProblem,
  withLockKey,
} from '@groundplan/secrets/node';
import { describe, it } from 'mocha';
import { needs } from '../../../../test/support/needs.js';
import { runProcess } from '../../../../test/support/process.js';
import { thumbprintOf } from '../../src/node/public-part.js';
import { accepts, secretOf, withFiles } from '../support.js';

const now = new Date('2026-11-24T12:00:00Z');
const authority = secretOf({ kind: 'authority' }, 'authority');
const one = secretOf({ kind: 'member', address: '10.10.199.146', authority: 'authority' }, 'one');
const two = secretOf({ kind: 'member', address: '10.10.199.147', authority: 'authority' }, 'two');

async function made(...secrets: readonly NeededSecret[]): Promise<SecretValues> {
  return makeValues(withLockKey(new Map()), secrets, now);
}

async function madeOne(form: NeededSecret['form']): Promise<string> {
  const secret = secretOf(form);
  return (await made(secret)).get(secret.name) ?? '';
}

/** Tells OpenSSL which time it is, in seconds. */
const atNow = ['-attime', String(now.getTime() / 1000)];

function publicOf(values: SecretValues, secret: NeededSecret): string {
  return lockedOf(values, [secret], undefined).get(secret.name)?.public ?? '';
}

describe('what is made', () => {
  it('is a password of 190 bits that needs no quotes anywhere', async () => {
    const password = await madeOne({ kind: 'password' });
    assert.match(password, /^[A-Za-z0-9]{32}$/);
    assert.notEqual(await madeOne({ kind: 'password' }), password);
  });

  it('is an SSH key that ssh-keygen takes, with the public half and the fingerprint that it shows', async function () {
    const keygen = needs(this, 'ssh-keygen');
    const secret = secretOf({ kind: 'ssh-key' });
    for (let round = 0; round < 8; round++) {
      const values = await made(secret);
      const key = values.get(secret.name) ?? '';
      const locked = lockedOf(values, [secret], undefined).get(secret.name);
      assert.equal(await accepts(keygen, ['-y', '-f', 'key'], { key }), `${locked?.public} ${secret.name}\n`);
      const shown = await accepts(keygen, ['-l', '-f', 'key'], { key });
      assert.equal(shown.split(' ')[1], locked?.fingerprint);
    }
  });

  it('is an RSA key that OpenSSL takes, with its public half in the form that stands in a host file of tinc', async function () {
    const openssl = needs(this, 'openssl');
    const secret = secretOf({ kind: 'rsa-key' });
    const values = await made(secret);
    const key = values.get(secret.name) ?? '';
    assert.match(key, /^-----BEGIN RSA PRIVATE KEY-----\n/);
    assert.match(await accepts(openssl, ['rsa', '-check', '-noout', '-in', 'key'], { key }), /RSA key ok/);
    assert.equal(await accepts(openssl, ['rsa', '-in', 'key', '-RSAPublicKey_out'], { key }), publicOf(values, secret));
  });

  it('is a key for certificates that OpenSSL takes', async function () {
    const openssl = needs(this, 'openssl');
    const secret = secretOf({ kind: 'ec-key' });
    const values = await made(secret);
    const key = values.get(secret.name) ?? '';
    const files = { key };
    assert.match(await accepts(openssl, ['pkey', '-check', '-noout', '-in', 'key'], files), /Key is valid/);
    assert.equal(await accepts(openssl, ['pkey', '-in', 'key', '-pubout'], files), publicOf(values, secret));
    const request = ['req', '-new', '-key', 'key', '-subj', '/CN=shop.example.com', '-verify', '-noout'];
    await accepts(openssl, request, files);
  });

  it('has the thumbprint of RFC 7638 for its fingerprint', () => {
    // The key of the example in section 3.1, as far as the thumbprint is concerned: the public half.
    const n =
      '0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw';
    const key = createPublicKey({ key: { kty: 'RSA', n, e: 'AQAB' }, format: 'jwk' });
    assert.equal(thumbprintOf(key), 'NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs');
  });

  it('is an RSA key that tinc 1.0 starts with, beside its public half', async function () {
    const tincd = needs(this, 'tincd');
    const secret = secretOf({ kind: 'rsa-key' });
    const values = await made(secret);
    const start = (key: string, shown: string) =>
      withFiles(
        { 'tinc.conf': 'Name = one\nDeviceType = dummy\nBindToAddress = 127.0.0.1 0\n', 'rsa_key.priv': key },
        async (folder) => {
          await mkdir(`${folder}/hosts`);
          await writeFile(`${folder}/hosts/one`, `Subnet = 10.10.0.1/32\n${shown}`);
          // It runs until it is stopped; with a key that it cannot use it ends by itself.
          const args = ['-k', '1', '1', tincd, '-c', folder, '-D', '-d3', `--pidfile=${folder}/pid`];
          return runProcess('timeout', args, { cwd: folder, env: { PATH: process.env.PATH ?? '' } });
        },
      );
    const good = await start(values.get(secret.name) ?? '', publicOf(values, secret));
    assert.match(good.stderr, /Ready/, good.stderr);
    const bad = await start('no key\n', publicOf(values, secret));
    assert.doesNotMatch(bad.stderr, /Ready/);
  });

  it('is an authority and certificates by it that OpenSSL verifies, for server and client, at their addresses alone', async function () {
    const openssl = needs(this, 'openssl');
    const values = await made(one, authority, two);
    const files = { ca: publicOf(values, authority), one: publicOf(values, one), two: values.get('two') ?? '' };
    const verify = (...args: readonly string[]) =>
      accepts(openssl, ['verify', '-x509_strict', ...atNow, '-CAfile', 'ca', ...args], files);
    for (const purpose of ['sslserver', 'sslclient']) {
      await verify('-purpose', purpose, '-verify_ip', '10.10.199.146', 'one');
      await verify('-purpose', purpose, '-verify_ip', '127.0.0.1', 'two');
    }
    await assert.rejects(verify('-verify_ip', '10.10.199.147', 'one'), /IP address mismatch/i);
    await assert.rejects(verify('-purpose', 'crlsign', 'one'), /unsuitable|purpose/i);
    // The key beside a certificate is its own.
    const ofCertificate = await accepts(openssl, ['x509', '-in', 'two', '-noout', '-pubkey'], files);
    assert.equal(await accepts(openssl, ['pkey', '-in', 'two', '-pubout'], files), ofCertificate);
  });

  it('says when a certificate ends, and never after its authority', async () => {
    const values = await made(authority, one);
    const locked = lockedOf(values, [authority, one], undefined);
    assert.deepEqual([locked.get('authority')?.ends, locked.get('one')?.ends], ['2036-11-21', '2028-11-23']);
    assert.equal(locked.get('one')?.address, '10.10.199.146');
    const later = await makeValues(values, [one], new Date('2036-01-01T00:00:00Z'));
    assert.equal(lockedOf(later, [one], undefined).get('one')?.ends, '2036-11-21');
  });

  it('can be dated after 2049', async function () {
    const openssl = needs(this, 'openssl');
    const values = await makeValues(new Map(), [authority, one], new Date('2055-03-01T00:00:00Z'));
    const files = { ca: publicOf(values, authority), one: publicOf(values, one) };
    const time = String(Date.parse('2056-01-01') / 1000);
    await accepts(openssl, ['verify', '-x509_strict', '-attime', time, '-CAfile', 'ca', 'one'], files);
  });

  it('shows nothing of a password, and of a key its public half alone', async () => {
    const all = [
      secretOf({ kind: 'password' }, 'password'),
      secretOf({ kind: 'rsa-key' }, 'rsa'),
      secretOf({ kind: 'ssh-key' }, 'ssh'),
      authority,
      one,
    ];
    const values = await made(...all);
    const shown = JSON.stringify([...lockedOf(values, all, undefined)]);
    assert.doesNotMatch(shown, /PRIVATE/);
    for (const [name, value] of values) {
      const lines = value.split('\n').filter((line) => line.length > 20);
      const secrets = value.includes('-----BEGIN CERTIFICATE')
        ? lines.slice(
            0,
            lines.findIndex((line) => line.startsWith('-----END')),
          )
        : lines;
      for (const line of secrets.filter((each) => !each.startsWith('-----')))
        assert.ok(!shown.includes(line), `${name}: ${line}`);
    }
  });
});

describe('a change of the authority', () => {
  it('keeps what the key before certified trusted, so that members change one by one', async function () {
    const openssl = needs(this, 'openssl');
    const before = await made(authority, one, two);
    const both = await makeValues(before, [authority], new Date('2027-01-01T00:00:00Z'));
    const half = await makeValues(both, [one], new Date('2027-01-02T00:00:00Z'));
    const time = String(Date.parse('2027-06-01') / 1000);
    const files = { ca: publicOf(half, authority), one: publicOf(half, one), two: publicOf(half, two) };
    for (const member of ['one', 'two'])
      await accepts(openssl, ['verify', '-x509_strict', '-attime', time, '-CAfile', 'ca', member], files);
    // Who knows the old key alone does not know the new certificate.
    const old = { ...files, ca: publicOf(before, authority) };
    await assert.rejects(accepts(openssl, ['verify', '-attime', time, '-CAfile', 'ca', 'one'], old));
  });

  it('goes in steps: the authority alone, its members, and only then again', async () => {
    const needed = [authority, one, two];
    const before = await made(...needed);
    const problem = (values: SecretValues, ...rotated: NeededSecret[]) =>
      rotationProblem(authority, rotated, values, needed);
    assert.match(problem(before, authority, one) ?? '', /members come after it/);
    assert.equal(problem(before, authority), undefined);
    const both = await makeValues(before, [authority], now);
    assert.match(problem(both, authority) ?? '', /one is still certified by the key before/);
    assert.match(problem(await makeValues(both, [one], now), authority) ?? '', /two is still certified/);
    assert.equal(problem(await makeValues(both, [one, two], now), authority), undefined);
  });
});

describe('rotation', () => {
  const cases: readonly (readonly [form: NeededSecret['form'], problem: RegExp | undefined])[] = [
    [{ kind: 'password' }, undefined],
    [{ kind: 'ssh-key' }, undefined],
    [{ kind: 'rsa-key' }, undefined],
    [{ kind: 'passphrase' }, /can be read with nothing else/],
    [{ kind: 'text' }, /given, not made: "groundplan keys set some_secret"/],
    [{ kind: 'member', address: '10.0.0.1', authority: 'gone' }, /gone is missing or damaged/],
  ];
  for (const [form, problem] of cases) {
    it(`of a ${form.kind} ${problem === undefined ? 'goes' : 'is refused'}`, () => {
      const secret = secretOf(form);
      const said = rotationProblem(secret, [secret], new Map(), [secret]);
      if (problem === undefined) assert.equal(said, undefined);
      else assert.match(said ?? '', problem);
    });
  }
});

describe('a version', () => {
  const password = secretOf({ kind: 'password' }, 'p');
  const lockOf = (values: SecretValues, before: Lock | undefined): Lock => ({
    sealed: '',
    recipients: [],
    secrets: lockedOf(values, [password], before),
  });
  const versionOf = (lock: Lock) => lock.secrets.get('p')?.version;

  it('begins at 1, goes up with each other value, and stays with the same', async () => {
    const first = await made(password);
    const lock = lockOf(first, undefined);
    assert.equal(versionOf(lock), 1);
    assert.deepEqual(lockOf(first, lock), lock);
    const second = await makeValues(first, [password], now);
    assert.equal(versionOf(lockOf(second, lock)), 2);
    assert.equal(versionOf(lockOf(first, lockOf(second, lock))), 3);
  });

  it('has a mark that is another one under another key, so that nobody can try out what a value is', async () => {
    const values = new Map([['p', 'hunter2']]);
    const mark = () => lockOf(withLockKey(values), undefined).secrets.get('p')?.mark;
    assert.match(mark() ?? '', /^[\w-]{22}$/);
    assert.notEqual(mark(), mark());
  });
});

describe('a value that was edited by hand', () => {
  it('is noticed where it is no key any more', async () => {
    const needed = [
      authority,
      one,
      secretOf({ kind: 'rsa-key' }, 'rsa'),
      secretOf({ kind: 'ssh-key' }, 'ssh'),
      secretOf({ kind: 'text' }, 'T'),
    ];
    const values = await made(...needed.filter(({ form }) => form.kind !== 'text'));
    assert.deepEqual(spoilt(values, needed), []);
    for (const name of ['authority', 'one', 'rsa', 'ssh']) {
      const edited = new Map([...values, [name, (values.get(name) ?? '').replace(/\n.{30}/, '\nx')]]);
      assert.deepEqual(
        spoilt(edited, needed).map((secret) => secret.name),
        [name],
      );
    }
  });

  it('is noticed where an authority has the certificate of another', async () => {
    const [some, others] = await Promise.all([made(authority), made(authority)]);
    const mixed = `${some.get('authority')?.split('-----BEGIN CERTIFICATE')[0]}${publicOf(others, authority)}`;
    assert.deepEqual(spoilt(new Map([['authority', mixed]]), [authority]), [authority]);
  });
});

describe('a value that is given', () => {
  const certificate = { kind: 'certificate-file' } as const;
  const cases: readonly (readonly [form: NeededSecret['form'], value: string, problem: RegExp | undefined])[] = [
    [{ kind: 'text' }, 'x', undefined],
    [{ kind: 'text' }, '', /empty/],
    [{ kind: 'text' }, ' \n', /empty/],
    [{ kind: 'text' }, 'a\0b', /NUL/],
    [{ kind: 'text' }, 'ü'.repeat(32_769), /64 KiB/],
    [{ kind: 'text' }, 'ü'.repeat(32_768), undefined],
    [{ kind: 'token', length: 4 }, 'abc', /3 characters, not 4/],
    [{ kind: 'token', length: 4 }, 'abcd', undefined],
    [{ kind: 'token', length: 4 }, 'ab d', /white space/],
    [{ kind: 'password' }, 'mine', undefined],
    [{ kind: 'rsa-key' }, 'mine', /made by Groundplan/],
    [certificate, 'mine', /no certificate/],
    [certificate, '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n', /no certificate/],
    [{ kind: 'key-file' }, 'mine', /no private key/],
  ];
  for (const [form, value, problem] of cases) {
    it(`${problem === undefined ? 'can' : 'cannot'} be ${JSON.stringify(value.slice(0, 30))} as a ${form.kind}`, () => {
      const said = valueProblem(secretOf(form), value);
      if (problem === undefined) assert.equal(said, undefined);
      else assert.match(said ?? '', problem);
      assert.doesNotMatch(said ?? '', /mine|abc/);
    });
  }

  it('can be a chain of certificates, and the key of it', async () => {
    const values = await made(authority, one);
    assert.equal(
      valueProblem(secretOf(certificate), `${publicOf(values, one)}${publicOf(values, authority)}`),
      undefined,
    );
    assert.equal(valueProblem(secretOf({ kind: 'key-file' }), values.get('one') ?? ''), undefined);
  });
});
