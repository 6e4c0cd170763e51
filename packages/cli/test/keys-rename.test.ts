import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { keepingSecrets, keptTopology, versions } from './support/secrets.js';

describe('groundplan keys rename', () => {
  it('keeps a value and its version under the name that the topology has for it now', () =>
    keepingSecrets(async (keeping) => {
      const { ok, run, write, person, values, read } = keeping;
      const named = (name: string, ...more: readonly string[]) =>
        keptTopology(
          [person.recipient],
          ['env: {', `env: { ${[name, ...more].map((each) => `${each}: "\${secret.${each}}"`).join(', ')},`],
        );
      await write({ 'topology.yaml': named('OLD_KEY', 'OTHER') });
      await ok(['keys']);
      await ok(['keys', 'set', 'OLD_KEY'], { input: 'first\n' });
      await ok(['keys', 'set', 'OLD_KEY'], { input: 'a value\n' });
      await ok(['keys', 'set', 'OTHER'], { input: 'another\n' });
      assert.match(
        (await run(['keys', 'rename', 'OTHER', 'OLD_KEY'])).stderr,
        /OTHER is still needed at topology\.yaml:/,
      );

      await write({ 'topology.yaml': named('NEW_KEY', 'OTHER') });
      assert.match(
        (await ok(['keys'])).stderr,
        /nothing needs OLD_KEY any more: "groundplan keys remove OLD_KEY", or "groundplan keys rename OLD_KEY NEW_KEY" if it has another name now$/m,
      );
      const before = await values();
      assert.equal(
        (await ok(['keys', 'rename', 'secret.OLD_KEY', 'secret.NEW_KEY'])).stderr,
        'secrets.age: OLD_KEY is now NEW_KEY (version 2)\n',
      );
      const after = await values();
      assert.deepEqual([after.get('NEW_KEY'), after.has('OLD_KEY'), after.size], ['a value', false, before.size]);
      assert.equal((await versions(keeping))['NEW_KEY'], '2');
      const lock = await read('secrets.lock.yaml');
      assert.equal((await ok(['keys'])).stderr.includes('NEW_KEY'), false);
      assert.equal(await read('secrets.lock.yaml'), lock);
    }));

  it('renames nothing that is not there, not called so, or there under both names', () =>
    keepingSecrets(async ({ ok, run, write, person }) => {
      const text = keptTopology([person.recipient], ['env: {', 'env: { KEY: "${secret.NEW_KEY}",']);
      await write({ 'topology.yaml': text.replace('NEW_KEY', 'OLD_KEY') });
      await ok(['keys']);
      await ok(['keys', 'set', 'OLD_KEY'], { input: 'a\n' });
      await write({ 'topology.yaml': text });
      for (const [words, problem] of [
        [['NONE', 'NEW_KEY'], /secrets\.age holds no NONE$/m],
        [['OLD_KEY', 'NEW_KYE'], /topology\.yaml needs no "NEW_KYE": did you mean NEW_KEY\?$/m],
        [['OLD_KEY', 'hcloud_token'], /hcloud_token is a secret of Groundplan's own, which always has that name$/m],
        [['deploy_ssh_key', 'NEW_KEY'], /deploy_ssh_key is a secret of Groundplan's own, which always has that name$/m],
        [['OLD_KEY'], /keys rename takes OLD and NEW/],
        [['OLD_KEY', 'OLD_KEY'], /OLD_KEY is called that already$/m],
      ] as const) {
        const { code, stderr } = await run(['keys', 'rename', ...words]);
        assert.equal(code, 2, words.join(' '));
        assert.match(stderr, problem);
      }
      await ok(['keys', 'set', 'NEW_KEY'], { input: 'b\n' });
      assert.match(
        (await run(['keys', 'rename', 'OLD_KEY', 'NEW_KEY'])).stderr,
        /holds a NEW_KEY already: "groundplan keys remove OLD_KEY" removes the other$/m,
      );
    }));
});
