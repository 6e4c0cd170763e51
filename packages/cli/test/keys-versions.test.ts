import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { given, keepingSecrets, made, versions } from './support/secrets.js';

describe('groundplan keys list', () => {
  it('shows names, versions and places, and no value', () =>
    keepingSecrets(async ({ ok }) => {
      await ok(['keys']);
      await ok(['keys', 'set', 'cloudflare_api_token'], { input: 'hunter2' });
      await ok(['keys', 'rotate', 'database_main_app_password']);
      const { stdout } = await ok(['keys', 'list'], { variables: { HOME: '/nowhere' } });
      const rows = stdout
        .trim()
        .split('\n')
        .map((line) => line.split(/ {2,}/));
      assert.deepEqual(
        rows.map(([name]) => name),
        [...made, ...given].sort(),
      );
      const row = (name: string) => rows.find(([first]) => first === name);
      assert.deepEqual(row('hcloud_token')?.slice(1, 3), ['missing', 'given']);
      assert.deepEqual(row('cloudflare_api_token')?.slice(1, 3), ['v1', 'given']);
      assert.deepEqual(row('database_main_app_password')?.slice(1), [
        'v2',
        'password',
        "topology.yaml:10:3: Password of the apps' user of database.main.",
      ]);
    }));
});

describe('groundplan keys rotate', () => {
  it('makes new versions of what it names, and of nothing else', () =>
    keepingSecrets(async (keeping) => {
      const { ok, values } = keeping;
      await ok(['keys']);
      const before = await values();
      const names = ['database_main_app_password', 'deploy_ssh_key'];
      await ok(['keys', 'rotate', ...names]);
      const after = await values();
      const changed = [...before.keys()].filter((name) => before.get(name) !== after.get(name));
      assert.deepEqual(changed.sort(), names);
      assert.deepEqual(
        Object.entries(await versions(keeping)).flatMap(([name, version]) => (version === '2' ? [name] : [])),
        names,
      );
    }));

  it('refuses what cannot be rotated, and then changes nothing', () =>
    keepingSecrets(async ({ ok, run, read }) => {
      await ok(['keys']);
      const before = await read('secrets.age');
      for (const [name, problem] of [
        ['database_main_backup_passphrase', /can be read with nothing else/],
        ['hcloud_token', /"groundplan keys set hcloud_token"/],
        ['member_authority', /its members come after it/],
      ] as const) {
        const { code, stderr } = await run(['keys', 'rotate', 'member_fsn1_db_main_1_tls', name]);
        assert.equal(code, 2);
        assert.match(stderr, problem);
      }
      assert.equal(await read('secrets.age'), before);
    }));
});

describe('groundplan keys remove', () => {
  it('refuses what is needed, and what is not there', () =>
    keepingSecrets(async ({ ok, run }) => {
      await ok(['keys']);
      assert.match((await run(['keys', 'remove', 'deploy_ssh_key'])).stderr, /still needed at topology\.yaml:13:1$/m);
      assert.match((await run(['keys', 'remove', 'nothing'])).stderr, /secrets\.age holds no nothing$/m);
      assert.match((await run(['keys', 'remove', 'lock_key'])).stderr, /secrets\.age holds no lock_key$/m);
    }));
});
