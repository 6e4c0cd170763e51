import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyse } from '@groundplan/model';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { leaveOut, needs } from '../../../../test/support/needs.js';
import { runProcess } from '../../../../test/support/process.js';
import { fileBackups } from '../../src/backups/index.js';
import { type Stage, stage } from './stage.js';
import { freePort } from './traffic/program.js';

const { model } = analyse(`topology: v1
name: shop
region: fsn1
apps: { web: { port: 3000, run: { container: x }, mounts: { /srv/shared: storage.media } } }
shared_storage: { media: { backup: { to: external.box, every: 6h, keep: { daily: 3, weekly: 2 } } } }
external: { box: { type: sftp, host: box.example.net, user: u1, path: /backups } }
access: { ssh_keys: [ops.pub], ssh_from: [198.51.100.0/24] }
`);

/** The files of a host with a storage, whose repository is a folder. */
function staged(turn: readonly string[] = [], place: 'folder' | 'server' = 'folder'): Stage {
  const [storage] = model.storages;
  const host = model.hosts.find(({ tier }) => tier === 'sto');
  assert.ok(storage && host);
  const parts = fileBackups(model, { storage, region: 'fsn1', path: '/srv/media', turn });
  const files = parts.flatMap((part) => part.files ?? []);
  const made = stage({ host, packages: [], files, units: [] }, 'own-folders');
  const change = (path: string, from: string | RegExp, to: string) => {
    const whole = readFileSync(made.at(path), 'utf8');
    assert.notEqual(whole.replace(from, to), whole, `${from} is in ${path}`);
    writeFileSync(made.at(path), whole.replace(from, to));
  };
  const restic = '/usr/local/sbin/groundplan-restic';
  if (place === 'folder') {
    change(restic, /^export RESTIC_REPOSITORY=.*$/m, `export RESTIC_REPOSITORY=${made.at('/repository')}`);
    change(restic, / -o sftp\.command='.*'/, '');
  } else {
    change(restic, /:\/backups\//, `:${made.at('/backups')}/`);
  }
  change('/usr/local/lib/groundplan/repository.py', restic, made.at(restic));
  change('/usr/local/lib/groundplan/backups.py', 'MARGIN = 10, 2_000_000_000', 'MARGIN = 1, 0');
  // A folder here, and no mount point.
  change('/usr/local/lib/groundplan/backup', 'import backups\n', 'os.path.ismount = os.path.isdir\nimport backups\n');
  mkdirSync(made.at('/var/lib/groundplan/backups'), { recursive: true });
  mkdirSync(made.at('/srv/media/folder'), { recursive: true });
  writeFileSync(made.at('/srv/media/folder/one'), 'one');
  return made;
}

/** A public key that is not the server's. */
function readKey(host: Stage): string {
  return readFileSync(host.at('/etc/groundplan/backups/ssh-key.pub'), 'utf8').split(' ')[1] ?? '';
}

/** A server with SFTP on loopback, which lets this machine's user in by the key of a host's backups. */
async function openSftp(sshd: string, host: Stage): Promise<{ readonly port: number; close(): Promise<void> }> {
  const folder = host.at('/sshd');
  mkdirSync(folder);
  const key = host.at('/etc/groundplan/backups/ssh-key');
  rmSync(key);
  for (const path of [key, join(folder, 'host')])
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', path], { stdio: 'ignore' });
  mkdirSync('/run/sshd', { recursive: true });
  const port = await freePort();
  const options = [
    `HostKey=${join(folder, 'host')}`,
    `AuthorizedKeysFile=${key}.pub`,
    'ListenAddress=127.0.0.1',
    `Port=${port}`,
    'StrictModes=no',
    'PermitRootLogin=yes',
    'UsePAM=no',
    'Subsystem=sftp internal-sftp',
    'PidFile=none',
  ];
  const server = spawn(sshd, ['-D', '-f', '/dev/null', ...options.flatMap((option) => ['-o', option])], {
    stdio: 'ignore',
  });
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  return {
    port,
    close: async () => {
      server.kill();
      await ended;
    },
  };
}

describe('backups of files', function () {
  this.timeout(60_000);

  let host: Stage;

  beforeEach(function () {
    for (const program of ['restic', 'python3', 'openssl']) needs(this, program);
    host = staged();
  });

  afterEach(() => host.remove());

  const attempt = (program: string, ...args: string[]) => {
    const env = { PATH: process.env.PATH ?? '', PYTHONDONTWRITEBYTECODE: '1' };
    return runProcess(host.at(program), args, { cwd: '/', env });
  };
  const run = async (program: string, ...args: string[]) => {
    const { exitCode, stdout, stderr } = await attempt(program, ...args);
    assert.equal(exitCode, 0, stdout + stderr);
    return stdout;
  };
  const backup = (what: string) => run('/usr/local/lib/groundplan/backup', what);

  it('begin by themselves, and can be restored', async () => {
    await backup('prepare');
    writeFileSync(host.at('/srv/media/two'), 'two');
    await backup('files');
    assert.match(await backup('restore-test'), /the restore test has passed: 2 files with 0\.0 GB, as of 20/);
    assert.ok(!existsSync(host.at('/var/lib/groundplan/backups/restore-test')));
    assert.equal(await run('/usr/local/lib/groundplan/watch.d/backup'), '');
  });

  it('are kept as the topology says: of a day the newest', async () => {
    await backup('prepare');
    for (let count = 0; count < 2; count += 1) await backup('files');
    const found = JSON.parse(await run('/usr/local/sbin/groundplan-restic', 'snapshots', '--json'));
    assert.equal(found.length, 1);
  });

  it('are not made of a folder on which nothing is mounted', async () => {
    await backup('prepare');
    rmSync(host.at('/srv/media'), { recursive: true });
    const { exitCode, stderr } = await attempt('/usr/local/lib/groundplan/backup', 'files');
    assert.deepEqual([exitCode, stderr], [1, `${host.at('/srv/media')} is not mounted\n`]);
  });

  it('are left to another host where it is not the turn of this one', async () => {
    host.remove();
    host = staged(['false']);
    assert.match(await backup('files'), /left to another host/);
    assert.ok(!existsSync(host.at('/repository')));
  });

  it('go to a server by SFTP, whose key is remembered: another one is refused', async function () {
    if (process.getuid?.() !== 0) leaveOut(this, 'only root starts a server for itself');
    const sshd = needs(this, 'sshd');
    needs(this, 'ssh-keygen');
    host.remove();
    host = staged([], 'server');
    mkdirSync(host.at('/backups'));
    const server = await openSftp(sshd, host);
    try {
      const path = host.at('/usr/local/sbin/groundplan-restic');
      const local = readFileSync(path, 'utf8')
        .replaceAll('u1@box.example.net', 'root@127.0.0.1')
        .replace('ssh -p 22', `ssh -p ${server.port}`);
      writeFileSync(path, local);
      await backup('prepare');
      assert.match(await backup('restore-test'), /the restore test has passed: 1 files/);
      assert.ok(existsSync(host.at('/backups/shop/fsn1.media/config')));
      const known = host.at('/var/lib/groundplan/backups/known_hosts');
      writeFileSync(known, readFileSync(known, 'utf8').replace(/AAAA\S+/, readKey(host)));
      assert.equal((await attempt('/usr/local/sbin/groundplan-restic', 'snapshots')).exitCode, 1);
    } finally {
      await server.close();
    }
  });

  it('fail their test when what they need is gone', async () => {
    await backup('prepare');
    for (const folder of ['data', 'index']) rmSync(host.at(`/repository/${folder}`), { recursive: true });
    const { exitCode, stderr } = await attempt('/usr/local/lib/groundplan/backup', 'restore-test');
    assert.equal(exitCode, 1);
    assert.match(stderr, /restic|groundplan-restic ended with 1/);
  });

  it('are made as often as the topology says', () => {
    assert.match(host.read('/etc/systemd/system/groundplan-backup@files.timer'), /^OnUnitInactiveSec=21600s$/m);
  });
});
