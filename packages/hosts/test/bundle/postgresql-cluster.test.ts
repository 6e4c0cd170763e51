import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { analyse } from '@groundplan/model';
import { after, before, describe, it } from 'mocha';
import { leaveOut, needs } from '../../../../test/support/needs.js';
import { bundleIn, hostIn } from './of-model.js';
import { openRegion, type Region, type TestHost } from './postgresql/region.js';
import { databaseSecrets, publicPart, textsWith, textWith } from './postgresql/secrets.js';
import { until } from './until.js';

const { model } = analyse(`topology: v1
name: shop
region: fsn1
dns: { provider: hetzner, zone: example.com }
load_balancers: { edge: { routes: { shop.example.com: app.web } } }
apps: { web: { port: 3000, run: { container: x }, env: { DATABASE_URL: "\${database.main.url}" } } }
databases: { main: { durability: sync, backup: bucket.dumps } }
buckets: { dumps: { location: hel1 } }
access: { ssh_keys: [ops.pub], ssh_from: [198.51.100.0/24] }
`);

/** Two servers, a balancer that has a vote, and an app's host, of which only the place in the network counts. */
const [first, second, voter, app] = ['fsn1_db_main_1', 'fsn1_db_main_2', 'fsn1_lb_edge_1', 'fsn1_app_web_1'] as const;
const servers = [first, second] as const;
const etcdUnit = 'groundplan-etcd-fsn1.main.service';
const authority = '/run/authority.pem';
const programs = '/usr/local/lib/groundplan';

describe('a PostgreSQL cluster as its bundles make it: real etcd, Patroni and PostgreSQL in namespaces', function () {
  this.timeout(180_000);
  // Each step needs what the one before has left.
  this.bail(true);

  let region: Region;
  let secrets: Map<string, string>;

  before(async function () {
    if (process.platform !== 'linux' || process.getuid?.() !== 0) leaveOut(this, 'only root makes namespaces');
    for (const program of ['unshare', 'nsenter', 'ip', 'curl', 'psql', 'etcd', 'etcdctl', 'patroni', 'openssl'])
      needs(this, program);
    secrets = await databaseSecrets(model);
    region = await openRegion((bundle) => textsWith(secrets, bundle));
    await region.add(app, hostIn(model, app).address);
    await region.at(app, `echo '${publicPart(secrets.get('member_authority') ?? '')}' >${authority}`);
    for (const key of [...servers, voter]) await region.add(key, hostIn(model, key).address, bundleIn(model, key));
  });

  after(async () => {
    if (region !== undefined) assert.deepEqual(await region.close(), [], 'processes are left behind');
  });

  /** What balancers see of a server: they have no certificate. */
  const is = async (key: string, role: 'primary' | 'sync') => {
    const url = `https://${hostIn(model, key).address}:8008/${role}`;
    const ask = `curl -s -m 2 --cacert ${authority} -X OPTIONS -o /dev/null -w '%{http_code}' ${url}`;
    return (await region.at(app, ask)).stdout === '200';
  };

  const primary = async () => {
    const found = [];
    for (const key of servers) if (await is(key, 'primary')) found.push(key);
    assert.equal(found.length, 1, `${found.length} primaries`);
    return found[0] as string;
  };

  const other = (key: string) => (key === first ? second : first);

  /** As the superuser on a server's own socket. */
  const sql = async (key: string, statement: string, database = 'postgres') => {
    const command = `setpriv --reuid=postgres --regid=postgres --clear-groups psql -XAtc "${statement}" ${database}`;
    return (await region.host(key).run(command)).trim();
  };

  /** That the other server could take over now, with everything. */
  const streams = async (key: string) => {
    assert.equal(await sql(key, 'SELECT state, sync_state FROM pg_stat_replication'), 'streaming|sync');
    assert.ok(await is(other(key), 'sync'), 'agreed on');
  };

  /** Exit code and output of psql at a place in the network. */
  const connect = async (
    place: string,
    settings: { user?: string; password?: string | undefined; mode?: string; to?: string },
    statement = 'SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()',
  ) => {
    const { user = 'main', password = secrets.get('database_main_app_password'), mode = 'verify-ca' } = settings;
    const host = hostIn(model, settings.to ?? (await primary())).address;
    const database = user === 'main' ? 'main' : 'postgres';
    const words = `host=${host} user=${user} dbname=${database} sslmode=${mode} sslrootcert=${authority} connect_timeout=5`;
    return region.at(place, `PGPASSWORD=${password} psql -XAtc "${statement}" "${words}"`);
  };

  it('finds a primary, and a standby that has everything it has', async () => {
    for (const key of [...servers, voter]) await region.host(key).start(etcdUnit);
    await assert.rejects(region.host(first).run(`timeout 5 ${programs}/gate`), /ended with 124/, 'the gate is closed');
    for (const key of servers) await region.host(key).start('patroni.service');
    // What it misses until then depends on when it looks.
    const said = await region.host(first).run(`timeout 110 ${programs}/gate`);
    assert.match(said, /(?:^|\n)database\.main is whole\n$/, 'the gate opens');
    const found = await primary();
    await soon(() => streams(found));
    for (const key of servers) assert.equal(await region.host(key).run(`${programs}/watch.d/postgresql`), '');
    assert.equal(await sql(found, 'SHOW data_checksums'), 'on');
    assert.equal(await sql(other(found), 'SELECT pg_is_in_recovery()'), 't');
  });

  it('lets apps in with their password over TLS, and nobody else', async () => {
    const allowed = await connect(app, {});
    assert.deepEqual([allowed.exitCode, allowed.stdout], [0, 't\n'], allowed.stderr);
    const refused = [
      [app, { mode: 'disable' }, /rejects connection|no pg_hba\.conf entry/],
      [app, { password: 'wrong' }, /password authentication failed/],
      [app, { user: 'postgres', password: secrets.get('database_main_superuser_password') }, /pg_hba\.conf/],
      [voter, {}, /pg_hba\.conf/],
    ] as const;
    for (const [place, settings, reason] of refused) {
      const { exitCode, stderr } = await connect(place, settings);
      assert.equal(exitCode, 2);
      assert.match(stderr, reason);
    }
    const kept = await sql(first, `SELECT DISTINCT left(rolpassword, 13) FROM pg_authid WHERE rolcanlogin`);
    assert.equal(kept, 'SCRAM-SHA-256');
  });

  it('gives the apps their own database and nothing more', async () => {
    const created = await connect(app, {}, 'CREATE TABLE written (id int PRIMARY KEY)');
    assert.equal(created.exitCode, 0, created.stderr);
    assert.equal(
      await sql(first, `SELECT rolsuper OR rolcreatedb OR rolcreaterole FROM pg_roles WHERE rolname = 'main'`),
      'f',
    );
  });

  it('does nothing for whoever has no certificate of a member', async () => {
    const { address } = hostIn(model, first);
    const restart = await region.at(
      app,
      `curl -s -m 5 --cacert ${authority} -X POST -o /dev/null -w '%{http_code}' https://${address}:8008/restart`,
    );
    assert.equal(restart.stdout, '403');
    for (const port of [2379, 2380]) {
      const { exitCode } = await region.at(
        app,
        `curl -s -m 5 --cacert ${authority} https://${address}:${port}/version`,
      );
      assert.notEqual(exitCode, 0, `port ${port} of etcd answers`);
    }
  });

  it('checks a new file of Patroni while Patroni runs', async () => {
    const check = `${programs}/patroni-check`;
    await region.host(first).run(`${check} /etc/patroni/config.yml`);
    await assert.rejects(
      region
        .host(first)
        .run(`sed 's/listen: .*:5432/listen: nonsense/' /etc/patroni/config.yml >/run/c; ${check} /run/c`),
      /postgresql.listen/,
    );
  });

  it('takes new passwords and settings, whichever server is told first, with nobody cut off', async () => {
    const found = await primary();
    const before = await sql(found, 'SELECT pid FROM pg_stat_replication');
    const old = secrets.get('database_main_app_password');
    for (const name of secrets.keys())
      if (name.endsWith('_password')) secrets.set(name, randomBytes(12).toString('hex'));
    const settled = new Map<string, Promise<void>>();
    for (const key of [other(found), found]) {
      const host = region.host(key);
      await rewrite(host, key, '/etc/groundplan/postgresql/app-password');
      await rewrite(host, key, '/etc/patroni/config.yml', (text) =>
        text.replace('lag_on_failover: 16777216', 'lag_on_failover: 33554432'),
      );
      await host.run('pkill -HUP -o -x patroni');
      settled.set(key, host.finish('groundplan-postgresql-settle.service'));
    }
    await Promise.all(settled.values());
    assert.equal((await connect(app, { password: old })).exitCode, 2);
    assert.equal((await connect(app, {})).exitCode, 0);
    const config = `curl -s --cacert ${authority} https://${hostIn(model, first).address}:8008/config`;
    assert.equal(JSON.parse((await region.at(app, config)).stdout).maximum_lag_on_failover, 33554432);
    assert.equal(await sql(found, 'SELECT pid FROM pg_stat_replication'), before, 'the standby went on');
  });

  it('restarts one server after the other where a setting needs it, and the primary hands over before', async () => {
    const found = await primary();
    // The object storage of the backups is away: nothing that happens here may wait for it.
    assert.notEqual(await sql(found, "SELECT count(*) FROM pg_ls_archive_statusdir() WHERE name LIKE '%.ready'"), '0');
    const settled = [];
    for (const key of [found, other(found)]) {
      const host = region.host(key);
      const change = (text: string) => text.replace('max_connections: 200', 'max_connections: 210');
      await rewrite(host, key, '/etc/patroni/config.yml', change);
      await host.run('pkill -HUP -o -x patroni');
      settled.push(host.finish('groundplan-postgresql-settle.service'));
    }
    await Promise.all(settled);
    assert.equal(await primary(), other(found));
    assert.match(region.host(found).said(), /the log is sent after the next start\n.*exit code 126/);
    for (const key of servers) assert.equal(await sql(key, 'SHOW max_connections'), '210');
    await soon(() => streams(other(found)));
  });

  it('has another primary after a power cut, and everything that was acknowledged', async () => {
    const dying = await primary();
    const hosts = servers.map((key) => hostIn(model, key).address).join(',');
    const url = `host=${hosts} user=main dbname=main target_session_attrs=read-write connect_timeout=2`;
    const writing = region.at(
      app,
      `export PGPASSWORD=${secrets.get('database_main_app_password')}
for id in $(seq 1 400); do
  timeout 4 psql -XAtqc "INSERT INTO written VALUES ($id) RETURNING id" "${url}" 2>/dev/null
  [ ! -e /run/enough ] || break
  sleep 0.1
done`,
    );
    await pause(2500);
    await region.host(dying).cut();
    await soon(async () => assert.ok(await is(other(dying), 'primary')));
    await pause(3500);
    await region.at(app, 'touch /run/enough');
    const acknowledged = (await writing).stdout.trim().split('\n');
    const there = new Set((await sql(other(dying), 'SELECT id FROM written', 'main')).split('\n'));
    assert.ok(acknowledged.length > 5, `${acknowledged.length} rows were acknowledged`);
    assert.deepEqual(
      acknowledged.filter((id) => !there.has(id)),
      [],
      'rows are lost',
    );
  });

  it('tells an operator what is missing, once', async () => {
    const left = await primary();
    const lines = (await region.host(left).run(`${programs}/watch.d/postgresql`)).trim().split('\n');
    assert.deepEqual(
      lines.map((line) => line.split('\t')[0]),
      [`server ${other(left)}`, 'sync', `voter ${other(left)}`],
    );
  });

  it('takes the old primary back as a standby', async () => {
    const returning = other(await primary());
    await region.host(returning).boot();
    await region.host(returning).start(etcdUnit);
    await region.host(returning).start('patroni.service');
    await soon(async () => streams(other(returning)));
  });

  /** Until it does not throw; else it says what the hosts have said. */
  const soon = (work: () => Promise<unknown>) =>
    until(work, () => [...servers, voter].map((key) => `${key}:\n${region.host(key).said().slice(-3000)}`).join('\n'));

  const rewrite = async (host: TestHost, key: string, path: string, change = (text: string) => text) => {
    const content = bundleIn(model, key).files.find((file) => file.path === path)?.content ?? [];
    await host.write(path, change(textWith(secrets, content)));
  };
});
