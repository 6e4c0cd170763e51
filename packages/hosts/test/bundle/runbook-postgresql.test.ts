import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { type PlacedCommand, runbookCommands, runbookOf } from '@groundplan/hosts/bundle';
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
apps: { web: { port: 3000, run: { container: x }, env: { DATABASE_URL: "\${database.main.url}" } } }
databases: { main: { backup: { to: bucket.dumps, encrypt: false } } }
buckets: { dumps: { location: hel1 } }
access: { ssh_keys: [ops.pub], ssh_from: [198.51.100.0/24] }
`);

const [first, second, voter] = ['fsn1_db_main_1', 'fsn1_db_main_2', 'fsn1_lb_edge_1'] as const;
const etcdUnit = 'groundplan-etcd-fsn1.main.service';
const commands = runbookCommands(
  runbookOf(
    model,
    [first, second, voter].map((key) => bundleIn(model, key)),
    'topology.yaml',
  ),
);

describe('the commands of RUNBOOK.md on a PostgreSQL cluster: real etcd, Patroni, PostgreSQL and pgBackRest', function () {
  this.timeout(300_000);
  // Each step needs what the one before has left.
  this.bail(true);

  let region: Region;

  before(async function () {
    if (process.platform !== 'linux' || process.getuid?.() !== 0) leaveOut(this, 'only root makes namespaces');
    for (const program of ['unshare', 'nsenter', 'ip', 'psql', 'etcd', 'etcdctl', 'patroni', 'pgbackrest', 'openssl'])
      needs(this, program);
    const secrets = await databaseSecrets(model);
    region = await openRegion(
      (bundle) => new Map([...textsWith(secrets, bundle)].map(([path, text]) => [path, adapted(text)])),
    );
    for (const key of [first, second, voter]) await region.add(key, hostIn(model, key).address, bundleIn(model, key));
    for (const key of [first, second])
      await region.host(key).run('install -d -o postgres -g postgres /var/lib/groundplan/backups');
  });

  after(async () => {
    if (region !== undefined) assert.deepEqual(await region.close(), [], 'processes are left behind');
  });

  /** Runs a command of a section, on one of the hosts that it is for. */
  const run = (title: string | RegExp, key: string, inputs: Record<string, string> = {}) => {
    const found = commands.filter((each) =>
      typeof title === 'string' ? each.title === title : title.test(each.title),
    );
    const [command] = found as [PlacedCommand];
    assert.ok(command, `there is no command ${title}`);
    assert.ok(
      command.where.kind === 'hosts' && command.where.hosts.includes(hostIn(model, key)),
      `${title} is not for ${key}`,
    );
    return runOn(region.host(key), command, inputs);
  };

  const list = async (key: string) => {
    const rows = (await run('Who is what', key)).split('\n').filter((line) => /^\| fsn1/.test(line));
    return new Map(
      rows
        .map((row) => row.split('|').map((cell) => cell.trim()))
        .map(([, name = '', , role = '', state = '']) => [name, `${role} ${state}`]),
    );
  };

  /** Once it does not throw; after that hosts say what they said. */
  const whenever = (work: () => Promise<unknown>) =>
    until(work, () =>
      [first, second, voter].map((key) => `${key}:\n${region.host(key).said().slice(-3000)}`).join('\n'),
    );

  const stands = (key: string, wanted: Record<string, RegExp>) =>
    whenever(async () => {
      const found = await list(key);
      for (const [name, state] of Object.entries(wanted)) assert.match(found.get(name) ?? '', state);
    });

  /** In the database of the apps, as the command for a session does it. */
  const sql = async (key: string, statement: string) => {
    const session = commands.find(({ title }) => title === 'A session as the superuser');
    assert.ok(session);
    return (await region.host(key).run(`${session.script} -XAtqc "${statement}"`)).trim();
  };

  it('show who the primary is, and make another one it', async () => {
    for (const key of [first, second, voter]) await region.host(key).start(etcdUnit);
    for (const key of [first, second]) await region.host(key).start('patroni.service');
    await region.host(first).run('timeout 100 /usr/local/lib/groundplan/gate');
    const primary = (await list(first)).get(first)?.startsWith('Leader') ? first : second;
    const other = primary === first ? second : first;
    assert.match(await run('Another member becomes the primary', primary), /Successfully switched over/);
    await stands(first, { [other]: /^Leader running/, [primary]: /^Replica (?:running|streaming)/ });
    if (other !== first) {
      await whenever(() => run('Another member becomes the primary', second));
      await stands(first, { [first]: /^Leader running/, [second]: /^Replica (?:running|streaming)/ });
    }
  });

  it('take the database back to a moment, and the other member follows', async () => {
    await region.host(first).run(asPostgres('/usr/local/lib/groundplan/backup prepare'));
    // A backup is known by the second in which it ended, and the moment must lie after that.
    await pause(1500);
    await sql(first, 'CREATE TABLE orders (what text)');
    await sql(first, "INSERT INTO orders VALUES ('kept')");
    const moment = await sql(first, 'SELECT clock_timestamp()');
    await pause(1500);
    await sql(first, "INSERT INTO orders VALUES ('a mistake')");
    assert.match(await run('What there is', first), /wal archive min\/max/);
    for (const key of [second, first]) await run('Stop the database', key);
    const restored = await run(/^Put back the newest backup/, first, { moment });
    assert.match(restored, /completed successfully/);
    assert.match(
      await run(/^Play the log up to the moment/, first),
      /recovery stopping before commit[\s\S]*archive recovery complete/,
    );
    assert.equal(await sql(first, 'SELECT string_agg(what, chr(44)) FROM orders'), 'kept');
    await run('Take it as the truth: the cluster forgets what it knew', first);
    await stands(first, { [first]: /^Leader running/ });
    await run('The others follow again', second);
    await stands(first, { [second]: /^Replica (?:running|streaming)/ });
    await sql(first, "INSERT INTO orders VALUES ('after')");
    await whenever(async () =>
      assert.equal(await sql(second, 'SELECT string_agg(what, chr(44) ORDER BY what) FROM orders'), 'after,kept'),
    );
    const config = JSON.parse(
      await region
        .host(first)
        .run(
          'patronictl -c /etc/patroni/config.yml show-config | python3 -c "import json, sys, yaml; print(json.dumps(yaml.safe_load(sys.stdin)))"',
        ),
    );
    assert.equal(config.failsafe_mode, true, 'settings for all members are what they were');
  });

  it('copy a member anew that does not follow', async () => {
    await run('The last resort: copy all of its data anew from the primary', first, { member: second });
    await stands(first, { [second]: /^Replica (?:running|streaming)/ });
  });

  it('begin anew with one member of etcd when the others are lost for good, and new ones join', async () => {
    for (const key of [second, voter]) await region.host(key).cut();
    await whenever(async () => assert.notEqual(await sql(first, 'SELECT pg_is_in_recovery()').catch(String), 'f'));
    await run('etcd begins anew with this member, and keeps what it knows', first);
    await stands(first, { [first]: /^Leader running/ });
    await whenever(() => sql(first, "INSERT INTO orders VALUES ('alone')"));
    for (const key of [second, voter]) {
      await region.host(key).boot();
      await region.host(key).run('rm -rf /var/lib/etcd/fsn1.main');
      await region.host(key).start(etcdUnit);
    }
    await region.host(second).start('patroni.service');
    await region.host(first).run('timeout 100 /usr/local/lib/groundplan/gate');
    // Who votes only joins last, and nobody waits for it.
    await whenever(async () =>
      assert.equal([...(await run('Who answers', first)).matchAll(/https:/g)].length, 3, 'three members answer'),
    );
  });
});

const asPostgres = (command: string) => `runuser -u postgres -- ${command}`;

/** Backups on the volume of the host, since nothing else can be reached. */
function adapted(text: string): string {
  return text
    .replace(/^repo1-type=s3\nrepo1-path=.*$/m, 'repo1-type=posix\nrepo1-path=/srv/data/postgresql/repository')
    .replace(/^repo1-s3-.*\n/gm, '');
}
