import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Bundle, bundleOf, secretsIn } from '@groundplan/hosts/bundle';
import { analyse } from '@groundplan/model';
import { after, before, describe, it } from 'mocha';
import { parse } from 'yaml';
import { leaveOut, needs } from '../../../../test/support/needs.js';
import { runProcess } from '../../../../test/support/process.js';
import { archiving } from '../../src/backups/index.js';
import { change, commandsAs } from './backups/commands.js';
import { openStorage, type Storage } from './backups/storage.js';
import { fileOf, type Stage, stage } from './stage.js';

const topology = (database: string, image = 'debian-12') => {
  const { model, diagnostics } = analyse(`topology: v1
name: shop
image: ${image}
region: fsn1
databases: { main: { ${database} } }
buckets: { dumps: { location: hel1 } }
external:
  far: { type: s3, host: s3.example.net, port: 9000, user: shop, path: /kept/here }
  box: { type: sftp, host: box.example.net, user: u1, path: /backups/ }
access: { ssh_keys: [ops.pub], ssh_from: [198.51.100.0/24] }
`);
  assert.deepEqual(
    diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message),
    [],
  );
  return model;
};

function bundle(database: string, image?: string): Bundle {
  const model = topology(database, image);
  const host = model.hosts.find(({ key }) => key === 'fsn1_db_main_1');
  const made = host && bundleOf(model, host);
  assert.ok(made);
  return made;
}

const configuration = '/etc/pgbackrest/pgbackrest.conf';
const settingsOf = (made: Bundle) =>
  new Map(
    fileOf(made, configuration)
      .split('\n')
      .filter((line) => /^[a-z]/.test(line))
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );

describe('backups of PostgreSQL', () => {
  it('go to a bucket, encrypted, in a folder of their own', () => {
    const settings = settingsOf(bundle('backup: bucket.dumps, standby: 2'));
    assert.equal(settings.get('repo1-s3-endpoint'), 'hel1.your-objectstorage.com:443');
    assert.equal(settings.get('repo1-path'), '/shop/fsn1.main');
    assert.equal(settings.get('repo1-cipher-type'), 'aes-256-cbc');
    assert.equal(settings.get('repo1-retention-full'), '4');
  });

  it('go to an object storage elsewhere, in the bucket that its path begins with', () => {
    const settings = settingsOf(bundle('standby: 2, backup: { to: external.far, encrypt: false, keep_full: 9 }'));
    assert.equal(settings.get('repo1-s3-endpoint'), 's3.example.net:9000');
    assert.equal(settings.get('repo1-s3-bucket'), 'kept');
    assert.equal(settings.get('repo1-path'), '/here/shop/fsn1.main');
    assert.equal(settings.get('repo1-s3-key'), 'shop');
    assert.equal(settings.get('repo1-cipher-type'), undefined);
    assert.equal(settings.get('repo1-retention-full'), '9');
  });

  it('go to a server with SFTP, by a key that its user alone reads', () => {
    const made = bundle('standby: 2, backup: external.box', 'debian-13');
    const settings = settingsOf(made);
    assert.equal(settings.get('repo1-path'), '/backups/shop/fsn1.main');
    const key = made.files.find(({ path }) => path === settings.get('repo1-sftp-private-key-file'));
    assert.deepEqual([key?.mode, key?.owner], ['0600', 'postgres']);
    assert.deepEqual(key && secretsIn(key.content), ['external_box_ssh_key']);
  });

  it('give up what waits when it would fill a quarter of the volume', () => {
    const settings = settingsOf(bundle('standby: 2, backup: bucket.dumps, volume: { size: 200GB }'));
    assert.equal(settings.get('archive-push-queue-max'), '50000MB');
  });

  it('get the log of every change', () => {
    const { parameters } = parse(fileOf(bundle('standby: 2, backup: bucket.dumps'), '/etc/patroni/config.yml'))
      .bootstrap.dcs.postgresql;
    assert.deepEqual(
      [parameters.archive_mode, parameters.archive_command, parameters.archive_timeout],
      ['on', '/usr/local/lib/groundplan/pgbackrest-push %p', '60s'],
    );
  });

  for (const [status, code, expected] of [
    ['ready', 0, 0],
    ['ready', 82, 82],
    // More than 125 ends the archiver of PostgreSQL.
    ['ready', 139, 125],
    ['stopping', 0, 0],
    ['stopping', 82, 126],
  ] as const)
    it(`end with ${expected} for a segment where pgbackrest ends with ${code} and the server is ${status}`, async () => {
      const staged = stage(bundle('standby: 2, backup: bucket.dumps'), 'own-folders');
      try {
        writeFileSync(staged.at('/postmaster.pid'), `1\n/srv\n0\n5432\n/run\n*\n0\n${status.padEnd(8)}\n`);
        writeFileSync(staged.at('/pgbackrest'), `#!/bin/sh\necho "$*"\nexit ${code}\n`, { mode: 0o755 });
        const options = { cwd: staged.root, env: { PATH: `${staged.root}:${process.env.PATH}` } };
        const push = [staged.at('/usr/local/lib/groundplan/pgbackrest-push'), 'pg_wal/000000010000000000000007'];
        const { exitCode, stdout } = await runProcess('sh', push, options);
        assert.deepEqual(
          [exitCode, stdout],
          [expected, '--stanza=main archive-push pg_wal/000000010000000000000007\n'],
        );
      } finally {
        staged.remove();
      }
    });

  it('are made when the topology says, and looked at always', () => {
    const made = bundle(
      'standby: 2, backup: { to: bucket.dumps, full: "Sun 03:00", incremental: none, restore_test: none }',
    );
    assert.match(fileOf(made, '/etc/systemd/system/groundplan-backup@full.timer'), /^OnCalendar=Sun 03:00$/m);
    assert.deepEqual(
      made.units.map(({ name }) => name).filter((name) => /^groundplan-backup/.test(name)),
      ['groundplan-backup-prepare.service', 'groundplan-backup@full.timer', 'groundplan-backup@look.timer'],
    );
  });
});

/** A database of this machine's PostgreSQL, and an object storage, with the files of a host; no command leaves this machine. */
describe('backups of a real PostgreSQL', function () {
  this.timeout(120_000);
  // Each step needs what the one before has left.
  this.bail(true);

  let storage: Storage;
  let staged: Stage;
  let server: ChildProcess | undefined;

  const programs = '/usr/local/lib/groundplan';
  const data = '/srv/data/postgresql/15';

  before(async function () {
    if (process.getuid?.() !== 0) leaveOut(this, 'only root becomes postgres');
    for (const program of ['psql', 'pgbackrest', 'python3', 'openssl', 'setpriv']) needs(this, program);
    const major = readdirSync('/usr/lib/postgresql').sort().at(-1);
    if (major !== '15') leaveOut(this, `PostgreSQL is ${major} here, and the host's is 15`);
    const made = bundle('standby: 0, backup: { to: bucket.dumps, keep_full: 2 }, port: 5999');
    const bucket = settingsOf(made).get('repo1-s3-bucket') ?? '';
    storage = await openStorage(bucket);
    staged = stage(made, 'own-folders');
    adapt(made);
    for (const folder of ['/run', '/srv/data/postgresql', '/var/lib/groundplan/backups'])
      mkdirSync(staged.at(folder), { recursive: true });
    await shell(`chmod 755 ${staged.root} && chown -R postgres ${staged.root}`, 'root');
    await shell(`/usr/lib/postgresql/15/bin/initdb -k -E UTF8 --locale=C.UTF-8 -A peer -D ${staged.at(data)}`);
    await startServer();
  });

  after(async () => {
    if (server !== undefined) await stopServer();
    await storage?.close();
    staged?.remove();
  });

  /** Addresses of this machine instead of those of the topology. */
  function adapt(made: Bundle): void {
    assert.ok(made.files.some(({ path }) => path === configuration));
    change(staged, configuration, [
      [
        /^repo1-s3-endpoint=.*$/gm,
        `repo1-s3-endpoint=localhost:${storage.port}\nrepo1-storage-ca-file=${storage.authority}`,
      ],
      [/^repo1-s3-region=.*$/gm, 'repo1-s3-region=us-east-1'],
      [/^repo1-s3-key=.*$/gm, `repo1-s3-key=${storage.accessKey}`],
      [/^repo1-s3-key-secret=.*$/gm, `repo1-s3-key-secret=${storage.secretKey}`],
      ['/run/postgresql', staged.at('/run')],
      ['process-max=2', 'process-max=2\nio-timeout=5'],
      ['io-timeout=20', 'io-timeout=2'],
    ]);
    change(staged, `${programs}/backup`, [
      ['/run/postgresql', staged.at('/run')],
      ['RECENT, RECOVERY = 600', 'RECENT, RECOVERY = 0'],
      ['time.sleep(15)', 'time.sleep(0.3)'],
    ]);
    for (const program of [`${programs}/backups.py`])
      change(staged, program, [['MARGIN = 10, 2_000', 'MARGIN = 1, 0']]);
  }

  const environment = () => ({
    PATH: `${process.env.PATH ?? ''}:/usr/sbin`,
    PGBACKREST_CONFIG: staged.at(configuration),
    PYTHONDONTWRITEBYTECODE: '1',
    LC_ALL: 'C.UTF-8',
  });

  const { attempt, become, shell } = commandsAs('postgres', environment);

  const backup = (what: string) => shell(`${staged.at(`${programs}/backup`)} ${what}`);
  const sql = (statement: string) => shell(`psql -XAtq -h ${staged.at('/run')} -p 5999 -d postgres -c "${statement}"`);
  const recalled = (name: string) => JSON.parse(staged.read(`/var/lib/groundplan/backups/${name}.json`));
  const found = () => shell(staged.at(`${programs}/watch.d/backup`), 'root');
  const info = async () => JSON.parse(await shell('pgbackrest --output=json info'))[0];

  async function startServer(): Promise<void> {
    const model = topology('standby: 0, backup: bucket.dumps');
    const [database] = model.databases;
    assert.ok(database);
    const { archive_command, ...others } = archiving(database);
    const all = {
      ...others,
      archive_command: `${staged.root}${archive_command}`,
      listen_addresses: '',
      unix_socket_directories: staged.at('/run'),
      port: '5999',
      wal_keep_size: '512MB',
      fsync: 'off',
      shared_buffers: '16MB',
    };
    const words = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const program = '/usr/lib/postgresql/15/bin/postgres';
    server = spawn('setpriv', [...become, program, '-D', staged.at(data), ...words], {
      env: environment(),
      stdio: ['ignore', 'ignore', 'ignore'],
    });
    const deadline = Date.now() + 60_000;
    while ((await attempt(`pg_isready -q -h ${staged.at('/run')} -p 5999`)).exitCode !== 0) {
      assert.ok(Date.now() < deadline, 'PostgreSQL starts');
      await sleep(100);
    }
  }

  async function stopServer(): Promise<void> {
    const running = server;
    server = undefined;
    if (running === undefined || running.exitCode !== null) return;
    const ended = new Promise((resolve) => running.once('exit', resolve));
    running.kill('SIGQUIT');
    await ended;
  }

  /** Until nothing of the log waits. */
  async function sent(meant = 'the log is archived'): Promise<void> {
    const deadline = Date.now() + 60_000;
    while ((await sql("SELECT count(*) FROM pg_ls_archive_statusdir() WHERE name LIKE '%.ready'")) !== '0') {
      assert.ok(Date.now() < deadline, meant);
      await sleep(100);
    }
  }

  it('begin as soon as there is a primary, and the log is archived from then on', async () => {
    await sql('CREATE TABLE orders AS SELECT generate_series(1, 1000) AS number');
    await backup('prepare');
    const { backup: made, status } = await info();
    assert.equal(status.code, 0);
    assert.deepEqual(
      made.map(({ type }: { type: string }) => type),
      ['full'],
    );
    assert.ok(recalled('look').makes_backups);
    assert.equal(await found(), '');
    await backup('prepare');
    assert.equal((await info()).backup.length, 1, 'and not once more');
  });

  it('are encrypted before they leave the host', async () => {
    const text = await shell(`cat $(find ${storage.objects} -name 'backup.info')`, 'root');
    assert.ok(text.length > 100 && !/\[backup/.test(text));
  });

  it('restore to what was there a moment ago, and what that took is gone afterwards', async () => {
    await sql('INSERT INTO orders SELECT generate_series(1, 500)');
    await backup('look');
    await sql('SELECT pg_switch_wal()');
    await sql('CHECKPOINT');
    await sent();
    const said = await backup('restore-test');
    assert.match(said, /the restore test has passed: 1501 rows in 2 tables, as of 20/);
    assert.ok(!existsSync(staged.at('/var/lib/groundplan/backups/restore-test')));
    assert.ok(recalled('restore-test').passed > 0);
  });

  it('keep as many full ones as the topology says, with what is based on them', async () => {
    await backup('incremental');
    for (let count = 0; count < 2; count += 1) await backup('full');
    const { backup: made } = await info();
    assert.deepEqual(
      made.map(({ type }: { type: string }) => type),
      ['full', 'full'],
    );
  });

  it('say when the storage is away for long, and when the log has a gap', async () => {
    const path = staged.at(configuration);
    const whole = readFileSync(path, 'utf8');
    storage.reachable(false);
    writeFileSync(path, whole.replace(/^archive-push-queue-max=.*$/m, 'archive-push-queue-max=32MB'));
    try {
      for (let count = 0; count < 4; count += 1)
        await sql('CREATE TABLE IF NOT EXISTS gap (); SELECT pg_switch_wal(); DROP TABLE gap');
      await sent('what waits is given up');
      assert.match(await backup('look'), /^nothing was seen: pgbackrest/);
      assert.ok(recalled('look').failing > 0);
      assert.equal(await found(), '', 'a moment is no reason');
      alter('look', { failing: Date.now() / 1000 - 7200 });
      assert.match(await found(), /^unseen\tthe backups of database\.main cannot be looked at\t/);
    } finally {
      writeFileSync(path, whole);
      storage.reachable(true);
    }
    await backup('look');
    assert.match(await found(), /^gap\tthe log of database\.main has a gap/);
    await backup('full');
    assert.equal(await found(), '');
  });

  /** As a host whose primary has died, and which has received everything from it: what it did not send is marked as sent here. */
  async function takeOver(): Promise<void> {
    await stopServer();
    const marks = join(staged.at(data), 'pg_wal/archive_status');
    for (const mark of readdirSync(marks)) renameSync(join(marks, mark), join(marks, mark.replace('.ready', '.done')));
    writeFileSync(join(staged.at(data), 'standby.signal'), '');
    await shell(`chown postgres ${staged.at(data)}/standby.signal`, 'root');
    await startServer();
    assert.equal(await backup('full'), 'left to the primary');
    await sql('SELECT pg_promote()');
  }

  it('go on after a failover with what the former primary had no time to send', async () => {
    storage.reachable(false);
    await sql('INSERT INTO orders SELECT generate_series(1, 200)');
    for (let count = 0; count < 2; count += 1)
      await sql("SELECT pg_logical_emit_message(true, '', ''), pg_switch_wal()");
    await takeOver();
    storage.reachable(true);
    const rows = await sql('SELECT count(*) FROM orders');
    await backup('look');
    await sql('INSERT INTO orders VALUES (0)');
    await sql('SELECT pg_switch_wal()');
    await backup('look');
    await sent();
    const said = (await backup('restore-test')).split('\n').at(-1) ?? '';
    assert.match(said, new RegExp(`: ${Number(rows) + 2} rows`));
    assert.equal(await found(), '');
  });

  it('say after a failover when nobody has what the former primary had no time to send', async () => {
    storage.reachable(false);
    await sql("SELECT pg_logical_emit_message(true, '', '')");
    const segment = await sql('SELECT pg_walfile_name(pg_current_wal_lsn())');
    await sql('SELECT pg_switch_wal()');
    await sql('CHECKPOINT');
    await takeOver();
    rmSync(join(staged.at(data), 'pg_wal', segment));
    storage.reachable(true);
    await backup('look');
    assert.match(await found(), /^gap\tthe log of database\.main has a gap/);
    await backup('full');
    assert.equal(await found(), '');
  });

  it('say when they are too old, and when no restore test has passed', async () => {
    const now = Date.now() / 1000;
    alter('look', { newest: now - 30 * 3600 });
    assert.match(await found(), /^old\tthe newest backup of database\.main is 30 h old\tmade 20.*\tBackups are old$/);
    alter('look', { newest: null, first: now - 30 * 3600 });
    assert.match(await found(), /^old\tdatabase\.main has no backup\t/);
    alter('look', { newest: now, first: now });
    alter('restore-test', { passed: now - 20 * 86_400, why: 'no disk has room' });
    assert.match(
      await found(),
      /^untested\tno restore test of database\.main has passed for 20 days\tno disk has room\tA restore/,
    );
    alter('look', { makes_backups: false, tests_restores: false, newest: 0 });
    assert.equal(await found(), '', 'it is for another host to say');
  });

  it('fail their test when they are not there', async () => {
    for (const folder of readdirSync(join(storage.objects, 'shop/fsn1.main/backup/main')))
      if (/^\d/.test(folder)) rmSync(join(storage.objects, 'shop/fsn1.main/backup/main', folder), { recursive: true });
    const { exitCode, stderr } = await attempt(`${staged.at(`${programs}/backup`)} restore-test`);
    assert.equal(exitCode, 1);
    assert.match(stderr, /pgbackrest ended with \d+/);
    assert.ok(recalled('restore-test').failed > 0);
    assert.ok(!existsSync(staged.at('/var/lib/groundplan/backups/restore-test')));
  });

  function alter(name: string, changes: object): void {
    const path = staged.at(`/var/lib/groundplan/backups/${name}.json`);
    writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), ...changes }));
    chmodSync(path, 0o666);
  }
});
