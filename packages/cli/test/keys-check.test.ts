import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { giveAll, given, keepingSecrets, keptTopology, newPerson } from './support/secrets.js';

describe('groundplan keys --check', () => {
  it('lists what is missing and fails, without an identity', () =>
    keepingSecrets(async (keeping) => {
      const { ok, run, folder } = keeping;
      const stranger = { variables: { HOME: '/nowhere' } };
      const empty = await run(['keys', '--check'], stranger);
      assert.equal(empty.code, 1);
      assert.match(empty.stdout, /^.*\nsecrets\.age is not there|^secrets\.age is not there/);
      await ok(['keys']);
      const { code, stdout } = await run(['keys', '--check'], stranger);
      assert.equal(code, 1);
      assert.deepEqual(
        stdout
          .trim()
          .split('\n')
          .map((line) => line.split(' is ')[0]),
        given,
      );
      await giveAll(keeping);
      assert.deepEqual(await run(['keys', '--check'], stranger), {
        code: 0,
        signal: undefined,
        stdout: '',
        stderr: '',
      });
      await rm(join(folder, 'secrets.age'));
      assert.match((await run(['keys', '--check'], stranger)).stdout, /^secrets\.age is not there/);
    }));

  it('tells when the file is for others than the topology says', () =>
    keepingSecrets(async ({ ok, run, write, person }) => {
      await ok(['keys']);
      const other = await newPerson();
      await write({ 'topology.yaml': keptTopology([person.recipient, other.recipient]) });
      assert.match(
        (await run(['keys', '--check'])).stdout,
        /^secrets\.age is encrypted for others than secrets\.recipients/,
      );
    }));
});
