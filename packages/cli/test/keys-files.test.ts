import assert from 'node:assert/strict';
import { chmod, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { filesIn } from './support/project.js';
import { keepingSecrets } from './support/secrets.js';
import { giveAway, unprivileged } from './support/unprivileged.js';

describe('groundplan keys, with files that are not as they should be', () => {
  const broken: readonly (readonly [title: string, file: string, change: (text: string) => string, problem: RegExp])[] =
    [
      [
        'a damaged file',
        'secrets.age',
        (text) => text.replace(/\n[^\n]{64}\n/, '\n'),
        /secrets\.age is damaged, or was not encrypted by age: restore it/,
      ],
      [
        'the conflict of a merge',
        'secrets.age',
        (text) => `<<<<<<< HEAD\n${text}=======\n${text}>>>>>>> other\n`,
        /secrets\.age holds the conflict of a merge/,
      ],
      [
        'a lock file of a later version',
        'secrets.lock.yaml',
        (text) => text.replace('format: 1', 'format: 7'),
        /secrets\.lock\.yaml has format 7, which this version of Groundplan does not know/,
      ],
      [
        'a damaged lock file',
        'secrets.lock.yaml',
        (text) => text.slice(0, 100),
        /secrets\.lock\.yaml cannot be read: .*; restore it, or remove it and run/,
      ],
    ];
  for (const [title, file, change, problem] of broken) {
    it(`refuses ${title}, and leaves it as it is`, () =>
      keepingSecrets(async ({ folder, ok, run, read, write }) => {
        await ok(['keys']);
        await write({ [file]: change(await read(file)) });
        const before = await filesIn(folder);
        const { code, stderr } = await run(['keys']);
        assert.equal(code, 2);
        assert.match(stderr, problem);
        assert.equal(stderr.split('\n').length, 2, stderr);
        assert.deepEqual(await filesIn(folder), before);
      }));
  }

  it('does not begin anew when the encrypted file is gone', () =>
    keepingSecrets(async ({ folder, ok, run }) => {
      await ok(['keys']);
      await rm(join(folder, 'secrets.age'));
      const { code, stderr } = await run(['keys']);
      assert.equal(code, 2);
      assert.match(stderr, /secrets\.age is not there, but secrets\.lock\.yaml knows of secrets in it: restore it/);
    }));

  it('makes the lock file again from the encrypted one', () =>
    keepingSecrets(async ({ folder, ok, read }) => {
      await ok(['keys']);
      const before = await read('secrets.lock.yaml');
      await rm(join(folder, 'secrets.lock.yaml'));
      await ok(['keys']);
      const withoutHash = (text: string) => text.replace(/^sealed: .*$/m, '');
      assert.equal(withoutHash(await read('secrets.lock.yaml')), withoutHash(before));
    }));

  it('says in one line that a folder cannot be written', () =>
    keepingSecrets(async ({ folder, run, person }) => {
      await giveAway(folder, 0o755);
      await chmod(folder, 0o555);
      const { code, stderr } = await run(['keys'], {
        ...unprivileged,
        variables: { GROUNDPLAN_AGE_IDENTITY: person.identity },
      });
      assert.equal(code, 2);
      assert.match(stderr, /^groundplan: secrets\.age: permission denied\n$/);
    }));

  it('says in one line that a folder stands in the way', () =>
    keepingSecrets(async ({ folder, run }) => {
      await mkdir(join(folder, 'secrets.age'));
      const { code, stderr } = await run(['keys']);
      assert.equal(code, 2);
      assert.match(stderr, /^groundplan: secrets\.age: it is a folder\n$/);
    }));
});
