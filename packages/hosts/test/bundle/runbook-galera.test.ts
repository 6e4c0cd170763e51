import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { runbookCommands, runbookOf } from '@groundplan/hosts/bundle';
import { analyse } from '@groundplan/model';
import { after, before, describe, it } from 'mocha';
import { leaveOut, needs } from '../../../../test/support/needs.js';
import { bundleIn, hostIn } from './of-model.js';
import { openRegion, type Region } from './postgresql/region.js';
import { databaseSecrets, textsWith } from './postgresql/secrets.js';
import { runOn } from './run-on.js';
import { until } from './until.js';

const { model } = analyse(`topology: v1
name: shop
region: fsn1
dns: { provider: hetzner, zone: example.com }
load_balancers: { edge: { routes: { shop.example.com: app.web } } }
apps: { web: { port: 3000, run: { container: x }, env: { DATABASE_URL: "\${database.shelf.url}" } } }
databases: { shelf: { engine: mariadb, volume: { size: 10GB }, backup: bucket.dumps } }
buckets: { dumps: { location: hel1 } }
access: { ssh_keys: [ops.pub], ssh_from: [198.51.100.0/24] }
`);

/** Two servers, of which the second makes the backups, and a balancer that has a vote. */
const [one, two, voter] = ['fsn1_db_shelf_1', 'fsn1_db_shelf_2', 'fsn1_lb_edge_1'] as const;
const all = [one, two, voter];
const commands = runbookCommands(
  runbookOf(
    model,
    all.map((key) => bundleIn(model, key)),
    'topology.yaml',
  ),
);
const backup = 'runuser -u mysql -- /usr/local/lib/groundplan/backup';

describe('the commands of RUNBOOK.md on a Galera cluster: real MariaDB, mariadb-backup, restic and garbd', function () {
  this.timeout(180_000);

  let region: Region;
  let repository: string;

  before(async function () {
    if (process.platform !== 'linux' || process.getuid?.() !== 0) leaveOut(this, 'only root makes namespaces');
    for (const program of [
      'unshare',
      'nsenter',
      'ip',
      'mariadbd',
      'mariadb-backup',
      'garbd',
      'socat',
      'restic',
      'openssl',
    ])
      needs(this, program);
    // All hosts see it.
    repository = mkdtempSync('/dev/shm/groundplan-runbook-');
    const secrets = await databaseSecrets(model);
    region = await openRegion(
      (bundle) => new Map([...textsWith(secrets, bundle)].map(([path, text]) => [path, adapted(text, repository)])),
    );
    for (const key of all) await region.add(key, hostIn(model, key).address, bundleIn(model, key));
    for (const key of [one, two])
      await region.host(key).run(`systemd-sysusers /etc/sysusers.d/groundplan-galera.conf
install -d -o mysql /var/log/mysql
install -d -o mysql -g mysql /var/lib/groundplan/backups
chown mysql ${repository}`);
  });

  after(async () => {
    if (region !== undefined) assert.deepEqual(await region.close(), [], 'processes are left behind');
    if (repository !== undefined) rmSync(repository, { recursive: true });
  });

  const run = (title: string, key: string, inputs: Record<string, string> = {}) => {
    const command = commands.find((each) => each.title === title);
    assert.ok(command, `there is no command ${title}`);
    assert.ok(
      command.where.kind === 'hosts' && command.where.hosts.includes(hostIn(model, key)),
      `${title} is not for ${key}`,
    );
    return runOn(region.host(key), command, inputs);
  };

  const serve = (...keys: readonly string[]) =>
    until(
      async () => {
        const status = await run('How the members stand', one);
        for (const key of keys) assert.match(status, new RegExp(`^${key}: primary, ready`, 'm'));
      },
      () => [one, two].map((key) => `${key}:\n${region.host(key).said().slice(-6000)}`).join('\n'),
    );

  /** In the database of the apps, as the command for a session does it. */
  const sql = async (key: string, statement: string) => {
    const session = commands.find(({ title }) => title === 'A session as the superuser');
    assert.ok(session);
    return (await region.host(key).run(`${session.script} -BNe "${statement}"`)).trim();
  };

  it('show who serves, and take the database back to a moment, and the other member follows', async () => {
    await region.host(voter).start('garbd-shelf.service');
    for (const key of [one, two]) {
      for (const unit of ['groundplan-galera-check.service', 'mariadb.service', 'groundplan-galera-users.service'])
        await region.host(key).start(unit);
    }
    await serve(one, two);
    await until(
      () => sql(one, 'CREATE TABLE orders (what VARCHAR(20) PRIMARY KEY)'),
      () => region.host(one).said(),
    );
    await region.host(two).run(`${backup} prepare`);
    await sql(one, "INSERT INTO orders VALUES ('kept')");
    await pause(1500);
    const moment = await sql(one, 'SELECT UTC_TIMESTAMP() + INTERVAL 1 SECOND');
    await pause(2500);
    await sql(one, "INSERT INTO orders VALUES ('a mistake')");
    await region.host(two).run(`${backup} log`);

    const found = await run('What there is', one);
    const [, id = ''] = /^([0-9a-f]{8}) .* full\n/m.exec(found) ?? [];
    for (const key of [one, two]) await run('Stop the database', key);
    assert.match(await run('Put the backup beside the data', one, { backup: id }), /^changes\.\d+\s+\d+/m);
    await run('Start a server on it that nobody reaches, and play the log up to the moment', one, {
      maker: hostname(),
      moment,
    });
    const look = commands.find(({ title }) => title === 'Look whether it is what you want');
    assert.equal(
      await region.host(one).run(`${look?.script} -BNe 'SELECT GROUP_CONCAT(what) FROM shelf.orders'`),
      'kept\n',
    );
    await run('End that server', one);
    await run('Take it as the truth: it makes the cluster', one);
    await serve(one);
    await run('The others copy it', two);
    await serve(one, two);
    await sql(two, "INSERT INTO orders VALUES ('after')");
    for (const key of [one, two])
      assert.equal(await sql(key, 'SELECT GROUP_CONCAT(what ORDER BY what) FROM orders'), 'after,kept');
  });
});

/** Small memory and files, and backups where all hosts see them. */
function adapted(text: string, repository: string): string {
  return text
    .replace('innodb_log_file_size = 512M', 'innodb_log_file_size = 16M')
    .replace('"buffer_pool_percent": 60', '"buffer_pool_percent": 1')
    .replace(/gcache\.size=\d+M/, 'gcache.size=16M')
    .replace(/^export RESTIC_REPOSITORY=.*$/m, `export RESTIC_REPOSITORY=${repository}`);
}
