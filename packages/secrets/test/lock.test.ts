import assert from 'node:assert/strict';
import { type Lock, lockFileOf, readLock, shortfalls } from '@groundplan/secrets';
import { writeLock } from '@groundplan/secrets/node';
import { describe, it } from 'mocha';
import { secretOf } from './support.js';

const sealed = 'ab'.repeat(32);
const lock: Lock = {
  sealed,
  recipients: ['age1b', 'age1a'],
  secrets: new Map([
    [
      'tls',
      {
        version: 3,
        mark: 'm',
        public: '-----BEGIN-----\nx\n-----END-----\n',
        fingerprint: 'AB:CD',
        ends: '2030-01-01',
        address: '10.10.0.1',
      },
    ],
    ['B', { version: 1, mark: 'n' }],
  ]),
};

const text = `# What may be known of the secrets in secrets.age without opening it: versions and public keys, no value.
# "groundplan keys" writes it; commit both.
format: 1
sealed: ${sealed}
recipients:
  - age1a
  - age1b
secrets:
  B:
    version: 1
    mark: n
  tls:
    version: 3
    mark: m
    address: 10.10.0.1
    ends: 2030-01-01
    fingerprint: AB:CD
    public: |
      -----BEGIN-----
      x
      -----END-----
`;

describe('the lock file', () => {
  it('is sorted, and reads like a list', () => assert.equal(writeLock(lock, 'secrets.age'), text));

  it('comes back as it was', () => {
    const read = readLock(text);
    assert.deepEqual(read, { kind: 'read', lock: { ...lock, recipients: ['age1a', 'age1b'] } });
  });

  it('stands beside the encrypted file, under its name', () => {
    assert.deepEqual(['secrets.age', 'ops/prod.age', 'secrets'].map(lockFileOf), [
      'secrets.lock.yaml',
      'ops/prod.lock.yaml',
      'secrets.lock.yaml',
    ]);
  });

  it('of another format is told from a damaged one', () => {
    assert.deepEqual(readLock(text.replace('format: 1', 'format: 2')), { kind: 'other-format', format: 2 });
  });

  const damaged: readonly (readonly [title: string, text: string])[] = [
    ['empty', ''],
    ['no YAML', 'a: "b'],
    ['a list', '- a'],
    ['without a format', text.replace('format: 1\n', '')],
    ['cut off', text.slice(0, 200)],
    ['with a wrong hash', text.replace(sealed, 'abc')],
    ['with a wrong version', text.replace('version: 3', 'version: 0')],
    ['with a version that is no number', text.replace('version: 3', 'version: three')],
    ['with a name that no secret has', text.replace('  tls:', '  "a b":')],
    ['with the conflict of a merge', text.replace('  tls:', '<<<<<<< HEAD\n  tls:')],
    ['with a list of secrets', text.replace(/secrets:[\s\S]*/, 'secrets: []\n')],
    ['with an alias bomb', `a: &a [x,x]\n${'b: &b [*a,*a]\n'.repeat(3)}`],
  ];
  for (const [title, broken] of damaged) {
    it(`is refused when it is ${title}`, () => assert.equal(readLock(broken).kind, 'damaged'));
  }

  it('tells what is missing, is for another address, or ends soon', () => {
    const needed = [
      secretOf({ kind: 'password' }, 'gone'),
      secretOf({ kind: 'member', address: '10.10.0.2', authority: 'a' }, 'moved'),
      secretOf({ kind: 'certificate-file' }, 'OLD'),
      secretOf({ kind: 'certificate-file' }, 'YOUNG'),
      secretOf({ kind: 'text' }, 'THERE'),
    ];
    const there = new Map([
      ['moved', { version: 1, mark: 'm', address: '10.10.0.1' }],
      ['OLD', { version: 1, mark: 'm', ends: '2026-12-31' }],
      ['YOUNG', { version: 1, mark: 'm', ends: '2027-01-31' }],
      ['THERE', { version: 1, mark: 'm' }],
    ]);
    assert.deepEqual(
      shortfalls(needed, there, '2026-11-24').map(({ kind, secret, given }) => [kind, secret.name, given]),
      [
        ['missing', 'gone', false],
        ['other-address', 'moved', false],
        ['ends', 'OLD', true],
      ],
    );
  });
});
