import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { describe, it } from 'mocha';
import { keepingSecrets } from './support/secrets.js';

describe('groundplan keys set', () => {
  const prompt = 'cloudflare_api_token (does not show): ';

  it('takes a value from standard input, without the end of a single line', () =>
    keepingSecrets(async ({ ok, values }) => {
      const { stdout, stderr } = await ok(['keys', 'set', 'cloudflare_api_token'], { input: 'hunter2\n' });
      assert.equal(stdout, '');
      assert.equal(stderr, 'secrets.age: cloudflare_api_token is set (version 1)\n');
      assert.equal((await values()).get('cloudflare_api_token'), 'hunter2');
      assert.match(
        (await ok(['keys', 'set', 'cloudflare_api_token'], { input: 'other' })).stderr,
        /is set \(version 2\)/,
      );
      assert.match(
        (await ok(['keys', 'set', 'cloudflare_api_token'], { input: 'other' })).stderr,
        /is that already \(version 2\)/,
      );
    }));

  it('asks at a terminal, where what is typed does not show', () =>
    keepingSecrets(async ({ ok, values }) => {
      const { stdout } = await ok(['keys', 'set', 'cloudflare_api_token'], {
        typed: 'huntre\u007f\u007fer2\r',
        awaits: prompt,
      });
      assert.match(stdout, /cloudflare_api_token \(does not show\): /);
      assert.doesNotMatch(stdout, /hunt/);
      assert.equal((await values()).get('cloudflare_api_token'), 'hunter2');
    }));

  it('refuses several lines at a terminal, which are better given by a file', () =>
    keepingSecrets(async ({ run }) => {
      const { code, stdout } = await run(['keys', 'set', 'cloudflare_api_token'], {
        typed: 'uno\rdue\r',
        awaits: prompt,
      });
      assert.equal(code, 2);
      assert.match(stdout, /these are several lines: give them by standard input/);
      assert.doesNotMatch(stdout, /uno|due/);
    }));

  it('writes nothing over what somebody else wrote meanwhile', () =>
    keepingSecrets(async ({ ok, run, values }) => {
      await ok(['keys']);
      const { code, stdout } = await run(['keys', 'set', 'cloudflare_api_token'], {
        typed: 'mine\r',
        awaits: prompt,
        meanwhile: () => ok(['keys', 'set', 'cloudflare_api_token'], { input: 'theirs' }),
      });
      assert.equal(code, 2);
      assert.match(stdout, /secrets\.age was changed meanwhile: nothing was written; run it again\n$/);
      assert.equal((await values()).get('cloudflare_api_token'), 'theirs');
    }));

  it('takes Ctrl-C for what it is', () =>
    keepingSecrets(async ({ run, folder }) => {
      const { code, stdout } = await run(['keys', 'set', 'cloudflare_api_token'], {
        typed: 'abc\u0003',
        awaits: prompt,
      });
      assert.equal(code, 2);
      assert.match(stdout, /groundplan: interrupted\n$/);
      assert.equal((await readdir(folder)).includes('secrets.age'), false);
    }));

  const refused: readonly (readonly [
    title: string,
    args: readonly string[],
    input: string | Uint8Array,
    problem: RegExp,
  ])[] = [
    ['a name that nothing needs', ['hcloud_tokn'], 'x', /needs no "hcloud_tokn": did you mean hcloud_token\?$/m],
    [
      'a token of another length',
      ['hcloud_token'],
      'hunter2',
      /this cannot be hcloud_token: it has 7 characters, not 64$/m,
    ],
    ['nothing', ['cloudflare_api_token'], '\n', /it is empty$/m],
    ['what is no text', ['cloudflare_api_token'], Buffer.from([0xff, 0xfe, 0x41]), /it is no text in UTF-8$/m],
    ['a value on the command line', ['cloudflare_api_token', 'hunter2'], '', /keys set takes one NAME/],
    ['no name', [], '', /keys set needs NAME/],
    ['what is made', ['deploy_ssh_key'], 'hunter2', /made by Groundplan/],
    ['the topology from standard input', ['cloudflare_api_token', '-'], '', /cannot both be standard input/],
  ];
  for (const [title, args, input, problem] of refused) {
    it(`refuses ${title}`, () =>
      keepingSecrets(async ({ run, folder }) => {
        const { code, stdout, stderr } = await run(['keys', 'set', ...args], { input });
        assert.equal(code, 2);
        assert.equal(stdout, '');
        assert.match(stderr, problem);
        assert.equal((await readdir(folder)).includes('secrets.age'), false);
      }));
  }

  it('leaves a passphrase alone, since backups can be read with nothing else', () =>
    keepingSecrets(async ({ ok, run }) => {
      await ok(['keys', 'set', 'database_main_backup_passphrase'], { input: 'of an earlier system' });
      const { code, stderr } = await run(['keys', 'set', 'database_main_backup_passphrase'], { input: 'another' });
      assert.equal(code, 2);
      assert.match(stderr, /stays as it is/);
    }));
});
