import assert from 'node:assert/strict';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { needs } from '../../../test/support/needs.js';
import { runProgram } from './support/groundplan.js';
import { filesIn } from './support/project.js';
import { giveAll, hetznerToken, keepingSecrets, keptTopology, made, versions } from './support/secrets.js';
import { project } from './support/topologies.js';

describe('groundplan keys', () => {
  it('makes what can be made, into a file for its owner alone, and says what is still to give and where to get it', () =>
    keepingSecrets(async (keeping) => {
      const { folder, ok, values } = keeping;
      const { stdout, stderr } = await ok(['keys']);
      assert.equal(stdout, '');
      assert.match(stderr, /^secrets\.age: 11 secrets made\n/);
      assert.match(
        stderr,
        /\n {2}hcloud_token +Token of the Hetzner Cloud project.*\n(?: +write\.\n)? +https:\/\/console\.hetzner\.com/,
      );
      assert.deepEqual([...(await values()).keys()].sort(), [...made, 'lock_key'].sort());
      assert.deepEqual(Object.keys(await versions(keeping)), made);
      assert.equal((await stat(join(folder, 'secrets.age'))).mode & 0o777, 0o600);
      assert.deepEqual(
        (await readdir(folder)).filter((name) => name.includes('secrets')),
        ['secrets.age', 'secrets.lock.yaml'],
      );
    }));

  it('leaves what is there: a second run changes no byte', () =>
    keepingSecrets(async (keeping) => {
      const { folder, ok } = keeping;
      await ok(['keys']);
      await giveAll(keeping);
      const before = await filesIn(folder);
      const { stderr } = await ok(['keys']);
      assert.equal(stderr, 'secrets.age has all that can be made\n');
      assert.deepEqual(await filesIn(folder), before);
    }));

  it('makes only what is new when the topology grows, and names what nothing needs any more', () =>
    keepingSecrets(async (keeping) => {
      const { ok, write, person, values } = keeping;
      await ok(['keys']);
      const before = await values();
      const grown = keptTopology(
        [person.recipient],
        ['main: { engine: postgresql,', 'main: { engine: postgresql, standby: 2,'],
      );
      await write({ 'topology.yaml': grown });
      const { stderr } = await ok(['keys']);
      assert.match(stderr, /^secrets\.age: 1 secret made\n {2}member_fsn1_db_main_3_tls\n/);
      // Three decide without another voter.
      assert.match(
        stderr,
        /nothing needs member_fsn1_lb_edge_1_tls any more: "groundplan keys remove member_fsn1_lb_edge_1_tls"/,
      );
      const after = await values();
      for (const [name, value] of before) assert.equal(after.get(name), value, name);
      assert.match((await ok(['keys', 'remove', 'member_fsn1_lb_edge_1_tls'])).stderr, /is removed/);
      assert.equal((await values()).has('member_fsn1_lb_edge_1_tls'), false);
    }));

  it('makes the certificate of a host anew that has another address', () =>
    keepingSecrets(async (keeping) => {
      const { ok, run, write, person } = keeping;
      await ok(['keys']);
      await write({
        'topology.yaml': keptTopology(
          [person.recipient],
          ['main: { engine: postgresql,', 'main: { slot: 3, engine: postgresql,'],
        ),
      });
      assert.match(
        (await run(['keys', '--check'])).stdout,
        /^member_fsn1_db_main_1_tls is not for the address 10\.10\.\d+\.\d+ that/m,
      );
      assert.match(
        (await ok(['keys'])).stderr,
        /2 secrets made anew.*\n {2}member_fsn1_db_main_1_tls member_fsn1_db_main_2_tls\n/,
      );
      const found = await versions(keeping);
      assert.deepEqual(
        [found.member_fsn1_db_main_1_tls, found.member_fsn1_lb_edge_1_tls, found.member_authority],
        ['2', '1', '1'],
      );
    }));

  it('certifies all members anew when the authority was lost', function () {
    const age = needs(this, 'age');
    return keepingSecrets(async (keeping) => {
      const { folder, ok, person, values } = keeping;
      await ok(['keys']);
      const script = `set -e
        "${age}" -d -i home/.config/groundplan/identity secrets.age | sed '/^member_authority/,/^$/d' > plain
        "${age}" -a -r ${person.recipient} -o secrets.age plain`;
      assert.equal((await runProgram('sh', ['-c', script], { folder })).code, 0);
      assert.equal((await values()).has('member_authority'), false);
      await ok(['keys']);
      const found = await versions(keeping);
      assert.deepEqual(
        [found.member_fsn1_db_main_1_tls, found.member_fsn1_lb_edge_1_tls, found.deploy_ssh_key],
        ['2', '2', '1'],
      );
    });
  });

  it('says which key was damaged by hand, and how to mend it', function () {
    const age = needs(this, 'age');
    return keepingSecrets(async ({ folder, ok, run, person }) => {
      await ok(['keys']);
      const script = `set -e
        "${age}" -d -i home/.config/groundplan/identity secrets.age | sed '/^deploy_ssh_key/,/^$/s/^  [a-z].*/  x/' > plain
        "${age}" -a -r ${person.recipient} -o secrets.age plain`;
      assert.equal((await runProgram('sh', ['-c', script], { folder })).code, 0);
      const { code, stderr } = await run(['keys']);
      assert.equal(code, 2);
      assert.match(
        stderr,
        /^groundplan: secrets\.age: deploy_ssh_key is damaged: "groundplan keys rotate deploy_ssh_key" makes it anew\n$/,
      );
      await ok(['keys', 'rotate', 'deploy_ssh_key']);
      await ok(['keys']);
    });
  });

  it('fits its lock file with either kind of line ends', () =>
    keepingSecrets(async ({ ok, run, read, write }) => {
      await ok(['keys']);
      await write({ 'secrets.age': (await read('secrets.age')).replaceAll('\n', '\r\n') });
      assert.doesNotMatch((await run(['keys', '--check'])).stdout, /is not of this/);
      await ok(['keys']);
    }));

  it('opens with age itself', function () {
    const age = needs(this, 'age');
    return keepingSecrets(async ({ folder, ok, values }) => {
      await ok(['keys']);
      const args = ['-d', '-i', 'home/.config/groundplan/identity', 'secrets.age'];
      const { stdout, code } = await runProgram(age, args, { folder });
      assert.equal(code, 0);
      assert.match(stdout, /^# Password of the apps' user of database\.main\.\ndatabase_main_app_password: \w{32}$/m);
      assert.ok(stdout.includes((await values()).get('database_main_app_password') ?? '?'));
    });
  });

  it('takes what was changed with age itself, and raises the version of that alone', function () {
    const age = needs(this, 'age');
    return keepingSecrets(async (keeping) => {
      const { folder, ok, run, person } = keeping;
      await ok(['keys']);
      const before = await versions(keeping);
      const script = `set -e
        "${age}" -d -i home/.config/groundplan/identity secrets.age | sed 's/^\\(database_main_app_password\\): .*/\\1: mine/' > plain
        "${age}" -a -r ${person.recipient} -o secrets.age plain`;
      assert.equal((await runProgram('sh', ['-c', script], { folder })).code, 0);
      const check = await run(['keys', '--check']);
      assert.match(check.stdout, /^secrets\.lock\.yaml is not of this secrets\.age: "groundplan keys" mends that\n/);
      await ok(['keys']);
      assert.deepEqual(await versions(keeping), { ...before, database_main_app_password: '2' });
    });
  });

  it('takes a topology with errors for what it is', () =>
    keepingSecrets(
      async ({ run, folder }) => {
        const { code, stderr } = await run(['keys']);
        assert.equal(code, 1);
        assert.match(stderr, /error reference\/unknown/);
        assert.equal((await readdir(folder)).includes('secrets.age'), false);
      },
      { 'topology.yaml': project(['app.web }', 'app.wbe }'])['topology.yaml'] ?? '' },
    ));

  it('keeps another topology apart, in files of its own beside it', () =>
    keepingSecrets(async ({ ok, folder, person, write }) => {
      await write({
        'ops/staging.topology.yaml': keptTopology([person.recipient], ['keys/ops.pub', '../keys/ops.pub']).replace(
          'secrets: {',
          'secrets: { file: staging.age,',
        ),
      });
      await ok(['keys', 'ops/staging.topology.yaml']);
      assert.deepEqual((await readdir(join(folder, 'ops'))).sort(), [
        'staging.age',
        'staging.lock.yaml',
        'staging.topology.yaml',
      ]);
      const { stderr } = await ok(['keys', 'set', 'hcloud_token', 'ops/staging.topology.yaml'], {
        input: hetznerToken,
      });
      assert.match(stderr, /^ops\/staging\.age: hcloud_token is set/);
    }));
});
