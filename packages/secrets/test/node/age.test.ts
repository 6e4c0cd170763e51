import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { isRecipient, makeIdentity, type Opened, open, readIdentities, seal } from '@groundplan/secrets/node';
import { armor, Encrypter } from 'age-encryption';
import { describe, it } from 'mocha';
import { needs } from '../../../../test/support/needs.js';
import { runProcess } from '../../../../test/support/process.js';
import { accepts, withFiles } from '../support.js';

interface Pair {
  readonly identity: string;
  readonly recipient: string;
}

async function pair(): Promise<Pair> {
  const identity = await makeIdentity();
  const read = await readIdentities(identity);
  assert.equal(read.kind, 'read');
  return { identity, recipient: read.kind === 'read' ? (read.recipients[0] ?? '') : '' };
}

function textOf(opened: Opened): string {
  assert.equal(opened.kind, 'opened');
  return opened.kind === 'opened' ? opened.text : '';
}

async function opened(file: string | Uint8Array, ...identities: readonly string[]): Promise<Opened> {
  return open(Buffer.from(file), identities);
}

const secret = 'A: über\nB: |\n  two\n  lines\n';

describe('age', () => {
  it('opens for each recipient what was sealed, and for nobody else', async () => {
    const [ops, backup, other] = await Promise.all([pair(), pair(), pair()]);
    const file = await seal(secret, [ops.recipient, backup.recipient]);
    assert.match(file, /^-----BEGIN AGE ENCRYPTED FILE-----\n[\s\S]*\n-----END AGE ENCRYPTED FILE-----\n$/);
    assert.equal(textOf(await opened(file, ops.identity)), secret);
    assert.equal(textOf(await opened(file, other.identity, backup.identity)), secret);
    assert.deepEqual(await opened(file, other.identity), { kind: 'wrong-identity' });
    assert.deepEqual(await opened(file), { kind: 'wrong-identity' });
  });

  it('seals the same text differently each time', async () => {
    const { recipient } = await pair();
    assert.notEqual(await seal(secret, [recipient]), await seal(secret, [recipient]));
  });

  it('of Debian opens what Groundplan sealed', async function () {
    const age = needs(this, 'age');
    const { identity, recipient } = await pair();
    const file = await seal(secret, [recipient]);
    assert.equal(await accepts(age, ['-d', '-i', 'identity', 'file'], { identity, file }), secret);
  });

  for (const [form, options] of [
    ['armored', ['-a']],
    ['binary', []],
  ] as const) {
    it(`of Debian seals what Groundplan opens, ${form}`, async function () {
      const age = needs(this, 'age');
      const { identity, recipient } = await pair();
      const file = await withFiles({ plain: secret }, async (folder) => {
        const args = ['-e', ...options, '-r', recipient, '-o', 'file', 'plain'];
        const { exitCode, stderr } = await runProcess(age, args, {
          cwd: folder,
          env: { PATH: process.env.PATH ?? '' },
        });
        assert.equal(exitCode, 0, stderr);
        return readFile(`${folder}/file`);
      });
      assert.equal(textOf(await opened(file, identity)), secret);
    });
  }

  it('of Debian makes identities that Groundplan takes, and knows the same recipient of one', async function () {
    needs(this, 'age');
    const file = await accepts('age-keygen', [], {});
    const read = await readIdentities(file);
    const [, recipient] = /public key: (age1\w+)/.exec(file) ?? [];
    assert.deepEqual(read.kind === 'read' && read.recipients, [recipient]);
    const { identity, recipient: own } = await pair();
    assert.equal((await accepts('age-keygen', ['-y', 'identity'], { identity })).trim(), own);
  });

  const broken: readonly (readonly [title: string, change: (file: string) => string])[] = [
    ['cut off', (file) => file.slice(0, -60)],
    [
      'with another character in its last line',
      (file) => file.replace(/(.)(.=*\n-----END)/, (_, one, rest) => `${one === 'A' ? 'B' : 'A'}${rest}`),
    ],
    ['with a line less', (file) => file.replace(/\n[^\n]{64}\n/, '\n')],
    ['with the conflict of a merge', (file) => file.replace(/\n/, '\n<<<<<<< HEAD\n')],
    ['something else', () => 'hello\n'],
    ['empty', () => ''],
    ['of a later version of age', () => 'age-encryption.org/v9\n-> X25519 abc\n'],
  ];
  for (const [title, change] of broken) {
    it(`says that a file is damaged that is ${title}`, async () => {
      const { identity, recipient } = await pair();
      assert.deepEqual(await opened(change(await seal(secret, [recipient])), identity), { kind: 'damaged' });
    });
  }

  it('says that a file is encrypted with a passphrase', async () => {
    const { identity } = await pair();
    const encrypter = new Encrypter();
    encrypter.setPassphrase('hunter2');
    encrypter.setScryptWorkFactor(10);
    const file = armor.encode(await encrypter.encrypt(secret));
    assert.deepEqual(await opened(file, identity), { kind: 'passphrase' });
  });

  it('knows a recipient from what is none', async () => {
    const { recipient, identity } = await pair();
    assert.equal(isRecipient(recipient), true);
    const last = recipient.slice(-1);
    for (const wrong of [
      `${recipient.slice(0, -1)}${last === 'q' ? 'p' : 'q'}`,
      'age1',
      'age1yubikey1qwe',
      identity,
      '',
    ])
      assert.equal(isRecipient(wrong), false, wrong);
  });

  const files: readonly (readonly [title: string, text: string, problem: RegExp])[] = [
    ['empty', '# public key: age1x\n\n', /no identity/],
    ['something else', 'hunter2\n', /no age identity/],
    ['mistyped', 'AGE-SECRET-KEY-1HUNTER2\n', /no age identity/],
    ['encrypted', '-----BEGIN AGE ENCRYPTED FILE-----\nhunter2\n', /encrypted/],
    ['a key of SSH', '-----BEGIN OPENSSH PRIVATE KEY-----\nhunter2\n', /SSH/],
  ];
  for (const [title, text, problem] of files) {
    it(`refuses a file of identities that is ${title}, without a word of it`, async () => {
      const read = await readIdentities(text);
      assert.equal(read.kind, 'unusable');
      const said = read.kind === 'unusable' ? read.problem : '';
      assert.match(said, problem);
      assert.doesNotMatch(said, /hunter/i);
    });
  }
});
