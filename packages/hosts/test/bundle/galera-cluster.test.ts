import assert from 'node:assert/strict';
import { type Bundle, bundleOf } from '@groundplan/hosts/bundle';
import { analyse } from '@groundplan/model';
import { after, before, describe, it } from 'mocha';
import { leaveOut, needs } from '../../../../test/support/needs.js';
import { hostIn } from './of-model.js';
import { openRegion, type Region } from './postgresql/region.js';
import { databaseSecrets, textWith } from './postgresql/secrets.js';
import { until } from './until.js';

/** Two servers, and a balancer that has a vote. */
const { model } = analyse(`topology: v1
name: shop
region: fsn1
dns: { provider: hetzner, zone: example.com }
load_balancers: { edge: { routes: { shop.example.com: app.web } } }
apps: { web: { port: 3000, run: { container: x }, env: { DATABASE_URL: "\${database.the-orders.url}" } } }
databases: { the-orders: { engine: mariadb, durability: sync, volume: { size: 10GB }, backup: bucket.dumps } }
buckets: { dumps: { location: hel1 } }
access: { ssh_keys: [ops.pub], ssh_from: [198.51.100.0/24] }
`);

const [one, two, voter, app] = [
  'fsn1_db_the-orders_1',
  'fsn1_db_the-orders_2',
  'fsn1_lb_edge_1',
  'fsn1_app_web_1',
] as const;
const operator = '/usr/local/sbin/groundplan-galera';
const member = '/usr/local/lib/groundplan/galera/member';
const servers = [one, two] as const;
const unitsOf: Readonly<Record<string, readonly string[]>> = {
  [voter]: ['garbd-the-orders.service'],
  [one]: ['groundplan-galera-check.service', 'mariadb.service', 'groundplan-galera-users.service'],
  [two]: ['groundplan-galera-check.service', 'mariadb.service', 'groundplan-galera-users.service'],
};

describe('a Galera cluster from its bundles, with real MariaDB, mariadb-backup and garbd', function () {
  this.timeout(180_000);
  // Each test goes on from where the one before ended.
  this.bail(true);

  let region: Region;
  let password: string;

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
      'curl',
      'openssl',
    ])
      needs(this, program);
    const secrets = await databaseSecrets(model);
    password = secrets.get('database_the_orders_app_password') ?? '';
    region = await openRegion(
      ({ files }) => new Map(files.map(({ path, content }) => [path, smaller(textWith(secrets, content))])),
    );
    await region.add(app, hostIn(model, app).address);
    for (const key of [one, two, voter]) await region.add(key, hostIn(model, key).address, bundle(key));
    for (const key of servers)
      await region
        .host(key)
        .run('systemd-sysusers /etc/sysusers.d/groundplan-galera.conf && install -d -o mysql /var/log/mysql');
  });

  after(async () => {
    if (region === undefined) return;
    assert.deepEqual(await region.close(), [], 'nothing is left behind');
  });

  const start = async (...keys: readonly string[]) => {
    for (const key of keys) for (const unit of unitsOf[key] ?? []) await region.host(key).start(unit);
  };

  const check = async (key: string) =>
    (await region.at(app, `curl -s -m 2 -o /dev/null -w '%{http_code}' http://${hostIn(model, key).address}:9200/`))
      .stdout;

  /** Statements of the apps' user, from an app's host over TLS; what the server said, a line for each row. */
  const asApp = (key: string, statements: string, newer = password) =>
    region.at(
      app,
      `echo "${statements}" | MYSQL_PWD=${newer} timeout 10 mariadb --no-defaults --ssl --host=${hostIn(model, key).address} \
        --user=the_orders --batch --skip-column-names --unbuffered the_orders`,
    );

  const answer = async (key: string, statements: string) => {
    const { exitCode, stdout, stderr } = await asApp(key, statements);
    assert.equal(exitCode, 0, stderr);
    return stdout.trimEnd();
  };

  const ready = (...keys: readonly string[]) =>
    until(
      async () =>
        assert.deepEqual(
          await Promise.all(keys.map(check)),
          keys.map(() => '200'),
        ),
      () => keys.map((key) => `${key}:\n${region.host(key).said().slice(-6000)}`).join('\n'),
    );

  const members = async (count: number) =>
    until(
      async () =>
        assert.equal(await answer(one, "show status like 'wsrep_cluster_size'"), `wsrep_cluster_size\t${count}`),
      () => region.host(voter).said().slice(-3000),
    );

  it('forms by itself, whoever is there first, and makes the apps’ database', async () => {
    await start(two);
    await until(async () => assert.equal(await check(two), '503'), 'nobody answers checks');
    const gate = '/usr/local/lib/groundplan/gate';
    await assert.rejects(region.host(two).run(`timeout 5 ${gate}`), /ended with 124/, 'the gate is closed');
    await start(voter, one);
    // What it misses until then depends on when it looks.
    const said = await region.host(two).run(`timeout 110 ${gate}`);
    assert.match(said, /(?:^|\n)all members/, 'the gate opens');
    assert.deepEqual(await Promise.all(servers.map(check)), ['200', '200']);
    assert.equal(await answer(two, 'select current_user()'), 'the_orders@%');
    await members(3);
    assert.match(await answer(one, "show status like 'Ssl_version'"), /TLSv1\.3/);
    assert.match(region.host(two).said(), /Decrypting with cert=.*member\.pem/, 'the copy came over TLS');
  });

  it('says how it stands', async () => {
    const wanted = servers.map((key) => `${key}: primary, ready, data: in use\n`).join('');
    await until(async () => assert.equal(await region.host(one).run(operator), wanted), 'it says something else');
  });

  it('loses nothing that was acknowledged when all lose their power, in whatever order they return', async () => {
    await answer(one, 'create table ledger (id int primary key)');
    const writing = region.at(
      app,
      `for id in $(seq 20000); do echo "insert into ledger values ($id); select $id;"; done |
        MYSQL_PWD=${password} timeout 4 mariadb --no-defaults --ssl --host=${hostIn(model, one).address} \
        --user=the_orders --batch --skip-column-names --unbuffered the_orders`,
    );
    await new Promise((resolve) => setTimeout(resolve, 2000));
    await Promise.all([one, two, voter].map((key) => region.host(key).cut()));
    const acknowledged = (await writing).stdout.trimEnd().split('\n').map(Number);
    assert.ok(acknowledged.length > 50, `only ${acknowledged.length} were written`);
    for (const key of [two, voter, one]) await region.host(key).boot();
    await start(two, voter, one);
    await ready(one, two);
    const kept = new Set((await answer(two, 'select id from ledger')).split('\n').map(Number));
    assert.deepEqual(
      acknowledged.filter((id) => !kept.has(id)),
      [],
    );
    await members(3);
  });

  it('goes on when a server dies, and takes it back', async () => {
    await region.host(one).cut();
    await until(
      async () => assert.equal((await asApp(two, 'insert into ledger values (-1)')).exitCode, 0),
      'it stands still',
    );
    await region.host(one).boot();
    await start(one);
    await ready(one, two);
    assert.equal(await answer(one, 'select count(*) from ledger where id = -1'), '1');
  });

  it('takes new certificates while it serves', async () => {
    await region.host(one).run(`${member} new-certificates`);
    await members(3);
  });

  it('gives the apps’ user a new password, with the one before still good', async () => {
    await region.host(one).write('/etc/groundplan/galera/app-password', 'another\n');
    await region.host(one).stop('groundplan-galera-users.service');
    await region.host(one).start('groundplan-galera-users.service');
    await until(async () => assert.equal((await asApp(two, 'select 1', 'another')).exitCode, 0), 'it is not taken');
    assert.equal((await asApp(two, 'select 1')).exitCode, 0);
    assert.equal((await asApp(two, 'select 1', 'neither')).exitCode, 1);
  });

  it('lets another server take over before it stops', async () => {
    const began = Date.now();
    await region.host(one).run(`${member} hand-over`);
    assert.ok(Date.now() - began < 15_000, 'the other one was ready');
    assert.deepEqual(await Promise.all([one, two].map(check)), ['503', '200']);
    assert.equal(await answer(one, 'select 1'), '1', 'open connections go on until it stops');
  });

  it('is whole again, with the voter, after all servers have stopped in good order', async () => {
    await Promise.all(servers.map((key) => region.host(key).run('kill $(pidof mariadbd)')));
    await until(
      async () => assert.deepEqual(await Promise.all(servers.map(check)), ['503', '503']),
      'they do not stop',
    );
    await ready(one, two);
    await until(
      async () => assert.match(region.host(voter).said(), /alone, though members are/),
      () => region.host(voter).said().slice(-3000),
    );
    await members(3);
  });

  it('goes on from what one server has, once an operator says that the others are lost', async () => {
    await Promise.all([one, voter].map((key) => region.host(key).cut()));
    await until(async () => assert.equal(await check(two), '503'), 'it goes on without a majority');
    await region.host(two).run('kill -9 $(pidof mariadbd)');
    await until(
      async () => assert.match(await region.host(two).run(operator), /_1: no answer\n.*_2: waiting/),
      'it starts alone',
    );
    await region.host(two).run(`${operator} bootstrap`);
    await ready(two);
    await answer(two, 'insert into ledger values (-2)');
    await region.host(one).boot();
    await start(one);
    await ready(one, two);
    assert.equal(await answer(one, 'select count(*) from ledger where id = -2'), '1');
  });
});

/** Memory and files of a size for a test; the rest is what hosts get. */
function smaller(text: string): string {
  return text
    .replace('"buffer_pool_percent": 60', '"buffer_pool_percent": 1')
    .replace('innodb_log_file_size = 512M', 'innodb_log_file_size = 32M')
    .replace(/gcache\.size=\d+M/, 'gcache.size=32M');
}

function bundle(key: string): Bundle {
  const made = bundleOf(model, hostIn(model, key));
  assert.ok(made);
  return made;
}
