import assert from 'node:assert/strict';
import { chmod, mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { needs } from '../../../test/support/needs.js';
import { groundplan, runProgram } from './support/groundplan.js';
import { filesIn, inProject } from './support/project.js';
import { hetznerToken, type Keeping, keepingSecrets, keptTopology, newPerson } from './support/secrets.js';
import { project } from './support/topologies.js';
import { giveAway, unprivileged } from './support/unprivileged.js';

const made = [
  'database_main_app_password',
  'database_main_backup_passphrase',
  'database_main_replication_password',
  'database_main_rewind_password',
  'database_main_superuser_password',
  'deploy_ssh_key',
  'dns_checker_key',
  'member_authority',
  'member_fsn1_db_main_1_tls',
  'member_fsn1_db_main_2_tls',
  'member_fsn1_lb_edge_1_tls',
];
const given = [
  'backups_object_storage_access_key',
  'backups_object_storage_secret_key',
  'cloudflare_api_token',
  'hcloud_token',
  'object_storage_access_key',
  'object_storage_secret_key',
];

/** Sets everything that the smallest topology asks for. */
async function giveAll({ ok }: Keeping): Promise<void> {
  for (const name of given)
    await ok(['keys', 'set', name], { input: name === 'hcloud_token' ? hetznerToken : `value of ${name}\n` });
}

async function versions({ read }: Keeping): Promise<Record<string, string | undefined>> {
  const found = (await read('secrets.lock.yaml')).matchAll(/^ {2}(\w+):\n {4}version: (\d+)$/gm);
  return Object.fromEntries([...found].map(([, name, version]) => [name, version]));
}

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

describe('groundplan keys recipients', () => {
  it('lets in who was added, and shuts out who was removed', () =>
    keepingSecrets(async ({ ok, run, write, person, folder }) => {
      const other = await newPerson();
      await write({ 'other/.config/groundplan/identity': other.identity });
      const asOther = { variables: { HOME: join(folder, 'other') } };
      await ok(['keys']);
      const shut = await run(['keys'], asOther);
      assert.equal(shut.code, 2);
      assert.match(
        shut.stderr,
        new RegExp(`is not encrypted for ${other.recipient} \\(from ~/\\.config/groundplan/identity\\)`),
      );

      await write({ 'topology.yaml': keptTopology([person.recipient, other.recipient]) });
      assert.match(
        (await ok(['keys', 'recipients'])).stderr,
        new RegExp(`now encrypted for ${other.recipient} as well`),
      );
      await ok(['keys'], asOther);

      await write({ 'topology.yaml': keptTopology([other.recipient]) });
      const { stderr } = await ok(['keys', 'recipients']);
      assert.match(stderr, new RegExp(`no longer encrypted for ${person.recipient}, who may have read`));
      assert.match(stderr, /you cannot open it/);
      assert.equal((await run(['keys'])).code, 2);
      await ok(['keys'], asOther);
    }));

  it('says what to write when the topology names nobody', async () => {
    const person = await newPerson();
    const home = { HOME: '/nowhere' };
    await inProject({ ...project(), identity: person.identity }, async (folder) => {
      const without = await groundplan(['keys'], { folder, variables: home });
      assert.equal(without.code, 2);
      assert.match(
        without.stderr,
        /does not say who may open the secrets: "groundplan keys identity" makes you an identity/,
      );
      const withOne = await groundplan(['keys', '-i', 'identity'], { folder, variables: home });
      assert.match(withOne.stderr, new RegExp(`add "secrets: \\{ recipients: \\[${person.recipient}\\] \\}"`));
      assert.equal((await readdir(folder)).includes('secrets.age'), false);
    });
  });

  it('shows a mistyped recipient at its place', () =>
    keepingSecrets(async ({ run, write, person }) => {
      const mistyped = `${person.recipient.slice(0, -1)}${person.recipient.endsWith('q') ? 'p' : 'q'}`;
      await write({ 'topology.yaml': keptTopology([mistyped]) });
      const { code, stderr } = await run(['keys']);
      assert.equal(code, 2);
      assert.match(stderr, /topology\.yaml:14:\d+: this is no recipient/);
    }));
});

describe('groundplan keys identity', () => {
  it('makes one for its owner alone, shows its public half, and leaves it from then on', () =>
    inProject(project(), async (folder) => {
      const variables = { HOME: folder };
      const first = await groundplan(['keys', 'identity'], { folder, variables });
      assert.equal(first.code, 0);
      assert.match(first.stdout, /^age1[0-9a-z]{58}\n$/);
      assert.match(first.stderr, /^made ~\/\.config\/groundplan\/identity/);
      const file = join(folder, '.config/groundplan/identity');
      assert.equal((await stat(file)).mode & 0o777, 0o600);
      const second = await groundplan(['keys', 'identity'], { folder, variables });
      assert.deepEqual([second.stdout, second.stderr], [first.stdout, '']);
    }));

  it('is said to be open to others where it is', () =>
    keepingSecrets(async ({ folder, ok }) => {
      await chmod(join(folder, 'home/.config/groundplan/identity'), 0o644);
      assert.match(
        (await ok(['keys'])).stderr,
        /^~\/\.config\/groundplan\/identity can be read by others: "chmod 600 /,
      );
    }));

  it('takes the file that is named, or what the environment holds', () =>
    keepingSecrets(async ({ folder, person, write, ok, run }) => {
      await write({ 'my identity': person.identity });
      const elsewhere = (more: Record<string, string>) => ({ variables: { HOME: join(folder, 'nowhere'), ...more } });
      for (const [args, variables] of [
        [['--identity', 'my identity'], {}],
        [[], { GROUNDPLAN_AGE_IDENTITY: 'my identity' }],
        [[], { GROUNDPLAN_AGE_IDENTITY: person.identity }],
      ] as const) {
        assert.equal((await ok(['keys', 'identity', ...args], elsewhere(variables))).stdout, `${person.recipient}\n`);
        await ok(['keys', ...args], elsewhere(variables));
      }
      const none = await run(['keys'], elsewhere({}));
      assert.equal(none.code, 2);
      assert.match(
        none.stderr,
        /cannot be opened without an identity: name its file by --identity or GROUNDPLAN_AGE_IDENTITY/,
      );
      const wrong = await run(['keys', '-i', 'topology.yaml'], elsewhere({}));
      assert.match(wrong.stderr, /^groundplan: topology\.yaml: it holds a line that is no age identity/);
      assert.match(
        (await run(['keys', '-i', 'gone'], elsewhere({}))).stderr,
        /^groundplan: gone: there is no such file$/m,
      );
    }));
});

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

describe('groundplan keys, by its words', () => {
  const cases: readonly (readonly [args: readonly string[], problem: RegExp])[] = [
    [['lst'], /"lst" is no topology, and nothing that keys does: did you mean list\?/],
    [['list', 'hcloud_token'], /keys list takes no "hcloud_token"/],
    [['rotate'], /keys rotate needs NAME/],
    [['gone.yaml'], /gone\.yaml: there is no such file/],
    [['set', 'a', 'x.yaml', 'y.yaml'], /keys takes one FILE, not 2/],
    [['list', '--check'], /keys list takes no --check/],
    [['identity', 'x.yaml'], /keys identity takes no topology/],
  ];
  for (const [args, problem] of cases) {
    it(`refuses ${args.join(' ')}`, () =>
      inProject(project(), async (folder) => {
        const { code, stderr } = await groundplan(['keys', ...args], { folder });
        assert.equal(code, 2);
        assert.match(stderr, problem);
      }));
  }

  it('takes secret.NAME for NAME, as the topology writes it', () =>
    keepingSecrets(async ({ ok, write, person, values }) => {
      await write({ 'topology.yaml': keptTopology([person.recipient], ['env: {', 'env: { KEY: "${secret.MASTER}",']) });
      await ok(['keys', 'set', 'secret.MASTER'], { input: 'hunter2' });
      assert.equal((await values()).get('MASTER'), 'hunter2');
    }));
});
