import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Bundle, bundleOf, secretsIn } from '@groundplan/hosts/bundle';
import { analyse } from '@groundplan/model';
import { after, before, describe, it } from 'mocha';
import { leaveOut, needs } from '../../../../test/support/needs.js';
import { runProcess } from '../../../../test/support/process.js';
import { change, commandsAs } from './backups/commands.js';
import { openStorage, type Storage } from './backups/storage.js';
import { fileOf, type Stage, stage } from './stage.js';

function bundle(backup: string): Bundle {
  const { model, diagnostics } = analyse(`topology: v1
name: shop
region: fsn1
databases: { shelf: { engine: mariadb, standby: 2, backup: ${backup} } }
buckets: { dumps: { location: hel1 } }
external: { box: { type: sftp, host: box.example.net, user: u1, port: 23, path: /backups } }
access: { ssh_keys: [ops.pub], ssh_from: [198.51.100.0/24] }
`);
  assert.deepEqual(
    diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message),
    [],
  );
  const host = model.hosts.find(({ key }) => key === 'fsn1_db_shelf_1');
  const made = host && bundleOf(model, host);
  assert.ok(made);
  return made;
}

const restic = '/usr/local/sbin/groundplan-restic';

describe('backups of MariaDB', () => {
  it('go to a bucket, with their keys in files that root and the server alone read', () => {
    const made = bundle('bucket.dumps');
    assert.match(
      fileOf(made, restic),
      /^export RESTIC_REPOSITORY=s3:https:\/\/hel1\.your-objectstorage\.com:443\/shop-dumps-\w+\/shop\/fsn1\.shelf$/m,
    );
    const holders = made.files.filter(({ content }) => secretsIn(content).some((name) => /backup/.test(name)));
    assert.deepEqual(
      holders.map(({ path, mode, group }) => [path, mode, group]),
      [
        ['/etc/groundplan/backups/passphrase', '0640', 'mysql'],
        ['/etc/groundplan/backups/s3', '0640', 'mysql'],
      ],
    );
  });

  it('go to a server with SFTP', () => {
    const made = bundle('external.box');
    assert.match(
      fileOf(made, restic),
      /^export RESTIC_REPOSITORY=sftp:u1@box\.example\.net:\/backups\/shop\/fsn1\.shelf$/m,
    );
    assert.match(fileOf(made, restic), /sftp\.command='ssh -p 23 .* u1@box\.example\.net -s sftp' "\$@"$/m);
    assert.ok(made.packages.includes('openssh-client'));
  });
});

describe('the member of a cluster whose turn the backups of MariaDB are', function () {
  this.timeout(20_000);

  /** What the program does on the first member, whose server says this of the cluster. */
  async function done(state: Readonly<Record<string, string>>) {
    const staged = stage(bundle('bucket.dumps'), 'own-folders');
    try {
      const rows = Object.entries(state).map(([name, value]) => `${name}\\t${value}\\n`);
      mkdirSync(staged.at('/bin'));
      const shown = `case "$(cat)" in "SHOW GLOBAL STATUS"*) printf '${rows.join('')}' ;; *) exit 9 ;; esac`;
      writeFileSync(staged.at('/bin/mariadb'), `#!/bin/sh\n${shown}\n`, { mode: 0o755 });
      writeFileSync(staged.at('/bin/restic'), '#!/bin/sh\necho "[]"\n', { mode: 0o755 });
      const library = staged.at('/usr/local/lib/groundplan/repository.py');
      writeFileSync(library, readFileSync(library, 'utf8').replace(`"${restic}"`, '"restic"'));
      mkdirSync(staged.at('/var/lib/groundplan/backups'), { recursive: true });
      const env = { PATH: `${staged.at('/bin')}:${process.env.PATH ?? ''}`, PYTHONDONTWRITEBYTECODE: '1' };
      const program = staged.at('/usr/local/lib/groundplan/backup');
      const ended = await runProcess('python3', [program, 'look'], { cwd: '/', env });
      const path = '/var/lib/groundplan/backups/look.json';
      return { ...ended, look: existsSync(staged.at(path)) ? JSON.parse(staged.read(path)) : {} };
    } finally {
      staged.remove();
    }
  }

  const own = '10.10.194.210';
  for (const [title, addresses, isMine] of [
    ['is the last by address', `10.10.194.209:3306,${own}:3306`, true],
    ['is the last by address as numbers', `10.10.194.9:3306,${own}:3306`, true],
    ['is another one, where another one is last', `${own}:3306,,10.10.194.211:3306`, false],
  ] as const)
    it(title, async function () {
      needs(this, 'python3');
      assert.equal((await done({ wsrep_ready: 'ON', wsrep_incoming_addresses: addresses })).look.makes_backups, isMine);
    });

  it('is none that is cut off', async function () {
    needs(this, 'python3');
    const { exitCode, stdout } = await done({ wsrep_ready: 'OFF', wsrep_incoming_addresses: `${own}:3306` });
    assert.equal(exitCode, 0);
    assert.match(stdout, /nothing was seen: this member is not part of the cluster/);
  });
});

/** A server of this machine's MariaDB, and an object storage, with the files of a host; no command leaves this machine. */
describe('backups of a real MariaDB', function () {
  this.timeout(120_000);

  let storage: Storage;
  let staged: Stage;
  let server: ChildProcess | undefined;

  const programs = '/usr/local/lib/groundplan';
  const data = '/srv/data/mysql/data';

  before(async function () {
    if (process.getuid?.() !== 0) leaveOut(this, 'only root becomes mysql');
    for (const program of ['mariadbd', 'mariadb-backup', 'restic', 'python3', 'openssl', 'setpriv'])
      needs(this, program);
    const made = bundle('{ to: bucket.dumps, keep_full: 2 }');
    const bucket = /your-objectstorage\.com:443\/([^/]+)/.exec(fileOf(made, restic))?.[1] ?? '';
    storage = await openStorage(bucket);
    staged = stage(made, 'own-folders');
    adapt();
    for (const folder of ['/run', data, '/srv/data/mysql/binlog', '/var/lib/groundplan/backups'])
      mkdirSync(staged.at(folder), { recursive: true });
    await shell(`chmod 755 ${staged.root} && chown -R mysql ${staged.root}`, 'root');
    await shell(
      `mariadb-install-db --no-defaults --datadir=${staged.at(data)} --skip-test-db --auth-root-authentication-method=socket --auth-root-socket-user=mysql`,
    );
    await startServer();
  });

  after(async () => {
    if (server !== undefined) await stopServer(server);
    await storage?.close();
    staged?.remove();
  });

  /** Addresses and places of this machine instead of those of the topology. */
  function adapt(): void {
    change(staged, restic, [
      ['hel1.your-objectstorage.com:443', `localhost:${storage.port}`],
      ['s3.region=hel1', 's3.region=us-east-1'],
    ]);
    writeFileSync(
      staged.at('/etc/groundplan/backups/s3'),
      readFileSync(staged.at('/etc/groundplan/backups/s3'), 'utf8')
        .replace('id = dummy', `id = ${storage.accessKey}`)
        .replace('access_key = dummy', `access_key = ${storage.secretKey}`),
    );
    change(staged, `${programs}/backup`, [
      ['/run/mysqld', staged.at('/run')],
      ['RECENT, LATE = 600', 'RECENT, LATE = 0'],
      ['time.sleep(15)', 'time.sleep(0.3)'],
    ]);
    change(staged, `${programs}/repository.py`, [[restic, staged.at(restic)]]);
    change(staged, `${programs}/backups.py`, [['MARGIN = 10, 2_000_000_000', 'MARGIN = 1, 0']]);
  }

  const environment = () => ({
    PATH: `${process.env.PATH ?? ''}:/usr/sbin`,
    SSL_CERT_FILE: storage.authority,
    PYTHONDONTWRITEBYTECODE: '1',
  });

  const { attempt, become, shell } = commandsAs('mysql', environment);

  const backup = (what: string) => shell(`${staged.at(`${programs}/backup`)} ${what}`);
  const sql = (statement: string) =>
    shell(`mariadb --no-defaults --socket=${staged.at('/run/mysqld.sock')} -N -e "${statement}"`);
  const recalled = (name: string) => JSON.parse(staged.read(`/var/lib/groundplan/backups/${name}.json`));
  const found = () => shell(staged.at(`${programs}/watch.d/backup`), 'root');
  const snapshots = async (): Promise<{ readonly tags: readonly string[] }[]> =>
    JSON.parse(await shell(`${staged.at(restic)} snapshots --json`));
  const tags = async () => (await snapshots()).map((each) => each.tags.join(' '));

  async function startServer(): Promise<void> {
    const options = [
      `--datadir=${staged.at(data)}`,
      `--socket=${staged.at('/run/mysqld.sock')}`,
      `--pid-file=${staged.at('/run/pid')}`,
      `--log-bin=${staged.at('/srv/data/mysql/binlog/changes')}`,
      '--skip-networking',
      '--innodb-buffer-pool-size=32M',
      '--innodb-log-file-size=8M',
      '--innodb-flush-log-at-trx-commit=0',
    ];
    server = spawn('setpriv', [...become, 'mariadbd', '--no-defaults', ...options], {
      env: environment(),
      stdio: 'ignore',
    });
    const deadline = Date.now() + 60_000;
    const ping = `mariadb-admin --no-defaults --socket=${staged.at('/run/mysqld.sock')} --silent ping`;
    while ((await attempt(ping)).exitCode !== 0) {
      assert.ok(Date.now() < deadline, 'MariaDB starts');
      await sleep(100);
    }
  }

  async function stopServer(running: ChildProcess): Promise<void> {
    if (running.exitCode !== null) return;
    const ended = new Promise((resolve) => running.once('exit', resolve));
    running.kill('SIGKILL');
    await ended;
  }

  it('begin as soon as there is a server, in a repository that is made for them', async () => {
    await sql(
      'CREATE DATABASE shop; CREATE TABLE shop.orders (number INT); INSERT INTO shop.orders VALUES (1), (2), (3)',
    );
    await backup('prepare');
    assert.deepEqual(await tags(), ['full complete']);
    assert.ok(recalled('look').makes_backups);
    assert.equal(await found(), '');
    await backup('prepare');
    assert.equal((await snapshots()).length, 1, 'and not once more');
  });

  it('have the log of changes, when there are any', async () => {
    await sql('INSERT INTO shop.orders VALUES (4)');
    await backup('log');
    await backup('log');
    assert.deepEqual(await tags(), ['full complete', 'log']);
    const listed = await shell(`${staged.at(restic)} ls latest`);
    assert.match(listed, /binlog\/changes\.000001\n/);
  });

  it('restore in a server of their own, of which nothing is left', async () => {
    const said = await backup('restore-test');
    assert.match(said, /the restore test has passed: 4 rows in 2 tables, as of 20/);
    assert.ok(!existsSync(staged.at('/var/lib/groundplan/backups/restore-test')));
    assert.ok(recalled('restore-test').passed > 0);
  });

  it('keep as many full ones as the topology says, with what is based on them', async () => {
    await backup('incremental');
    assert.deepEqual(
      (await tags()).filter((each) => each !== 'log'),
      ['full complete', 'incremental complete'],
    );
    for (let count = 0; count < 2; count += 1) await backup('full');
    assert.deepEqual(
      (await tags()).filter((each) => each !== 'log'),
      ['full complete', 'full complete'],
    );
  });

  it('keep nothing of a backup that did not get to its end', async () => {
    const path = staged.at(`${programs}/backup`);
    const whole = readFileSync(path, 'utf8');
    const count = (await snapshots()).length;
    writeFileSync(path, whole.replace('["mariadb-backup", "--backup",', '["sh", "-c", "echo half; exit 1",'));
    try {
      const { exitCode, stderr } = await attempt(`${path} full`);
      assert.equal(exitCode, 1);
      assert.match(stderr, /nothing was kept: sh ended with 1/);
    } finally {
      writeFileSync(path, whole);
    }
    assert.equal((await snapshots()).length, count);
  });

  it('are told as old, and as not to be seen', async () => {
    const path = staged.at('/var/lib/groundplan/backups/look.json');
    const look = recalled('look');
    const now = Date.now() / 1000;
    const alter = (changes: object) => {
      writeFileSync(path, JSON.stringify({ ...look, ...changes }));
      chmodSync(path, 0o666);
    };
    alter({ newest: now - 5 * 86_400 });
    assert.match(await found(), /^old\tthe newest backup of database\.shelf is 5 days old\t/);
    alter({ failing: now - 7200, error: 'restic ended with 1' });
    assert.match(await found(), /^unseen\tthe backups of database\.shelf cannot be looked at\trestic ended with 1\t/);
    alter({});
  });

  it('fail their test when what they need is gone', async () => {
    for (const folder of ['data', 'index']) {
      const path = join(storage.objects, 'shop/fsn1.shelf', folder);
      for (const name of readdirSync(path)) rmSync(join(path, name), { recursive: true });
    }
    const { exitCode, stderr } = await attempt(`${staged.at(`${programs}/backup`)} restore-test`);
    assert.equal(exitCode, 1);
    assert.match(stderr, /the backup cannot be read|restic ended with/);
    assert.ok(recalled('restore-test').failed > 0);
    assert.ok(!existsSync(staged.at('/var/lib/groundplan/backups/restore-test')));
  });
});
