import assert from 'node:assert/strict';
import { type Bundle, bundleOf } from '@groundplan/hosts/bundle';
import { analyse, type Model } from '@groundplan/model';
import { describe, it } from 'mocha';
import { parse } from 'yaml';
import { leaveOut, needs } from '../../../../test/support/needs.js';
import { runProcess } from '../../../../test/support/process.js';
import { fileOf, stage } from './stage.js';

interface Options {
  readonly databases?: string;
  readonly apps?: string;
  readonly more?: string;
  readonly place?: string;
}

const shop = ({ databases, apps, more, place }: Options = {}) => `topology: v1
name: shop
${place ?? 'region: fsn1'}
${more ?? ''}
dns: { provider: cloudflare, zone: example.com }
load_balancers: { edge: { slot: 0, routes: { shop.example.com: app.web } } }
apps: { ${apps ?? 'web: { slot: 0, port: 3000, run: { container: x }, env: { URL: "${database.main.url}" } }'} }
databases: { ${databases ?? 'main: { slot: 0, backup: bucket.dumps }'} }
buckets: { dumps: { location: hel1 } }
access: { ssh_keys: [ops.pub], ssh_from: [198.51.100.0/24] }
`;

function modelOf(text: string): Model {
  const { model, diagnostics } = analyse(text);
  const errors = diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message);
  assert.deepEqual(errors, []);
  return model;
}

function bundle(model: Model, key: string): Bundle {
  const host = model.hosts.find((candidate) => candidate.key === key);
  const made = host && bundleOf(model, host);
  assert.ok(made, key);
  return made;
}

const primary = 'fsn1_db_main_1';
const patroniOf = (text: string, key = primary) => parse(fileOf(bundle(modelOf(text), key), '/etc/patroni/config.yml'));

/** The settings of etcd on a host, by cluster. */
function etcdOn(model: Model, key: string): Record<string, Record<string, string>> {
  const { files } = bundle(model, key);
  const found = files.filter(({ path }) => /^\/etc\/groundplan\/etcd-.*\/settings$/.test(path));
  return Object.fromEntries(
    found.map(({ path }) => {
      const lines = fileOf(bundle(model, key), path).matchAll(/^(\w+)=(.*)$/gm);
      const name = path.replace(/^.*\/etcd-/, '').replace('/settings', '');
      return [name, Object.fromEntries([...lines].map(([, variable, value]) => [variable, value]))];
    }),
  );
}

/** Who is asked for a vote: the members of etcd that a database server knows. */
const votersOf = (text: string) =>
  [
    ...fileOf(bundle(modelOf(text), primary), '/usr/local/lib/groundplan/etcd-fsn1.main').matchAll(/^ {4}\("(\w+)",/gm),
  ].map(([, name]) => name);

describe('a PostgreSQL cluster', () => {
  const sizes: Readonly<Record<number, readonly string[]>> = {
    0: ['fsn1_db_main_1'],
    1: ['fsn1_db_main_1', 'fsn1_db_main_2', 'fsn1_lb_edge_1'],
    2: ['fsn1_db_main_1', 'fsn1_db_main_2', 'fsn1_db_main_3'],
    3: ['fsn1_db_main_1', 'fsn1_db_main_2', 'fsn1_db_main_3', 'fsn1_db_main_4', 'fsn1_lb_edge_1'],
  };
  for (const [standby, voters] of Object.entries(sizes))
    it(`with ${standby} standbys has the votes of ${voters.length}`, () => {
      const text = shop({ databases: `main: { slot: 0, standby: ${standby}, backup: bucket.dumps }` });
      assert.deepEqual(votersOf(text), voters);
    });

  it('gives the extra voter etcd and nothing of the database', () => {
    const { packages, units, files } = bundle(modelOf(shop()), 'fsn1_lb_edge_1');
    assert.ok(packages.includes('etcd-server') && !packages.includes('patroni'));
    assert.ok(units.some(({ name }) => name === 'groundplan-etcd-fsn1.main.service'));
    assert.ok(!files.some(({ path }) => path.includes('patroni')));
    assert.ok(!bundle(modelOf(shop()), 'fsn1_lb_edge_2').packages.includes('etcd-server'));
  });

  it('keeps its names when the topology renames it, and the database inside', () => {
    const before = patroniOf(shop());
    const renamed = shop({
      databases: 'primary: { renamed_from: main, slot: 0, backup: bucket.dumps }',
      apps: 'web: { slot: 0, port: 3000, run: { container: x }, env: { URL: "${database.primary.url}" } }',
    });
    assert.deepEqual(patroniOf(renamed), before);
    assert.equal(before.scope, 'fsn1.main');
    assert.equal(before.name, primary);
  });

  it('never takes a name that PostgreSQL or we have for ourselves', () => {
    const users = Object.fromEntries(
      ['main', 'web-shop', 'postgres', 'pg-main', 'groundplan-rewind'].map((name) => {
        const apps = `web: { slot: 0, port: 3000, run: { container: x }, env: { URL: "\${database.${name}.user}" } }`;
        const databases = `${name}: { slot: 0, backup: bucket.dumps }`;
        const model = modelOf(shop({ databases, apps }));
        const hba: string[] = patroniOf(shop({ databases, apps }), `fsn1_db_${name}_1`).postgresql.pg_hba;
        const environment = fileOf(bundle(model, 'fsn1_app_web_1'), '/etc/groundplan/app.env');
        const user = /URL="(.*)"/.exec(environment)?.[1] ?? '';
        assert.ok(
          hba.some((line) => line.startsWith(`hostssl "${user}" "${user}" `)),
          'apps and database agree',
        );
        return [name, user];
      }),
    );
    assert.deepEqual(users, {
      main: 'main',
      'web-shop': 'web_shop',
      postgres: 'app_postgres',
      'pg-main': 'app_pg_main',
      'groundplan-rewind': 'app_groundplan_rewind',
    });
  });

  it('lets nobody in but its members and the apps that refer to it', () => {
    const text = shop({
      apps: `web: { slot: 0, port: 3000, run: { container: x }, env: { URL: "\${database.main.url}" } },
        other: { slot: 1, port: 3001, run: { container: x } }`,
    });
    assert.deepEqual(patroniOf(text).postgresql.pg_hba, [
      'local all postgres peer',
      'hostssl replication groundplan_replication 127.0.0.1/32 scram-sha-256 clientcert=verify-ca',
      'hostssl postgres groundplan_rewind 127.0.0.1/32 scram-sha-256 clientcert=verify-ca',
      'hostssl replication groundplan_replication 10.10.192.0/28 scram-sha-256 clientcert=verify-ca',
      'hostssl postgres groundplan_rewind 10.10.192.0/28 scram-sha-256 clientcert=verify-ca',
      'hostssl "main" "main" 10.10.0.0/25 scram-sha-256',
      'host all all all reject',
    ]);
  });

  const opened = (model: Model, key: string) =>
    fileOf(bundle(model, key), '/etc/nftables.conf')
      .split('\n')
      .filter((line) => /tcp dport/.test(line) && !/dport 22|DNS checkers/.test(line))
      .map((line) => line.trim().replace(/ accept comment (".*")/, ' $1'));

  it('opens its ports to whom they are for', () => {
    const model = modelOf(shop());
    const { ETCD_LISTEN_CLIENT_URLS = '' } = etcdOn(model, 'fsn1_lb_edge_1')['fsn1.main'] ?? {};
    const port = Number(/:(\d+),/.exec(ETCD_LISTEN_CLIENT_URLS)?.[1]);
    assert.deepEqual(opened(model, primary), [
      'ip saddr { 10.10.0.0/25 } tcp dport { 5432, 8008 } "apps"',
      'ip saddr { 10.10.192.0/28 } tcp dport { 5432, 8008 } "other members"',
      'ip saddr { 10.10.128.0/28 } tcp dport 8008 "checks of the balancers"',
      'ip saddr { 10.10.192.0/28 } tcp dport { 2379, 2380 } "members of etcd"',
      'ip saddr { 10.10.128.2 } tcp dport { 2379, 2380 } "the extra voter of etcd"',
    ]);
    assert.deepEqual(opened(model, 'fsn1_lb_edge_1'), [
      'tcp dport { 80 } "users"',
      `ip saddr { 10.10.192.0/28 } tcp dport { ${port}, ${port + 1} } "members of etcd"`,
    ]);
  });

  it('is asked by no balancer whose region is not sick without it', () => {
    const model = modelOf(shop({ databases: 'main: { slot: 0, on_failure: alert, backup: bucket.dumps }' }));
    assert.doesNotMatch(opened(model, primary).join('\n'), /balancers/);
  });
});

describe('a voter of several clusters', () => {
  const two = `main: { slot: 0, backup: bucket.dumps }, orders: { slot: 1, port: 5433, backup: bucket.dumps }`;

  const portsOf = ({ ETCD_LISTEN_CLIENT_URLS = '', ETCD_LISTEN_PEER_URLS = '' }: Record<string, string>) =>
    [ETCD_LISTEN_CLIENT_URLS, ETCD_LISTEN_PEER_URLS].map((urls) => Number(/:(\d+)(,|$)/.exec(urls)?.[1]));

  it('has an etcd of its own for each, which share no port, folder or name', () => {
    const found = etcdOn(modelOf(shop({ databases: two })), 'fsn1_lb_edge_1');
    assert.deepEqual(Object.keys(found), ['fsn1.main', 'fsn1.orders']);
    const ports = Object.values(found).flatMap(portsOf);
    assert.equal(new Set(ports).size, 4);
    for (const port of ports) assert.ok(port >= 2400 && port < 3300, `port ${port}`);
    const folders = Object.values(found).map(({ ETCD_DATA_DIR }) => ETCD_DATA_DIR);
    assert.deepEqual(folders, ['/var/lib/etcd/fsn1.main', '/var/lib/etcd/fsn1.orders']);
  });

  it('keeps the ports of one when another comes', () => {
    const alone = etcdOn(modelOf(shop()), 'fsn1_lb_edge_1');
    const both = etcdOn(modelOf(shop({ databases: two })), 'fsn1_lb_edge_1');
    assert.deepEqual(both['fsn1.main'], alone['fsn1.main']);
  });

  it('is the arbiter for both regions, and allows for the way there', () => {
    const model = modelOf(
      shop({
        place: 'regions: { fsn1: { location: fsn1 }, hel1: { location: hel1 } }',
        more: 'arbiter: { location: nbg1 }',
        databases: 'main: { slot: 0, backup: bucket.dumps, replication: { between_regions: none } }',
      }).replace('location: hel1 } }\naccess', 'location: nbg1 } }\naccess'),
    );
    const found = etcdOn(model, 'arbiter');
    assert.deepEqual(Object.keys(found), ['fsn1.main', 'hel1.main']);
    assert.equal(new Set(Object.values(found).flatMap(portsOf)).size, 4);
    assert.equal(found['fsn1.main']?.ETCD_ELECTION_TIMEOUT, '3000');
    assert.equal(etcdOn(modelOf(shop()), primary)['fsn1.main']?.ETCD_ELECTION_TIMEOUT, '1000');
  });
});

describe("a PostgreSQL server's Patroni", () => {
  const image = (name: string, type = '') =>
    patroniOf(shop({ more: `image: ${name}`, databases: `main: { slot: 0, ${type} backup: bucket.dumps }` }));

  for (const [name, major, ttl] of [
    ['debian-12', 15, 12],
    ['debian-13', 17, 20],
    ['ubuntu-24.04', 16, 20],
  ] as const)
    it(`runs PostgreSQL ${major} of ${name}, and is patient for as long as it can be told to`, () => {
      const { postgresql, bootstrap } = image(name);
      assert.equal(postgresql.bin_dir, `/usr/lib/postgresql/${major}/bin`);
      assert.equal(postgresql.data_dir, `/srv/data/postgresql/${major}`);
      const { ttl: found, loop_wait, retry_timeout } = bootstrap.dcs;
      assert.equal(found, ttl);
      assert.ok(loop_wait + 2 * retry_timeout <= ttl, "Patroni's own rule");
    });

  it('confirms on a standby what it acknowledges where that is wanted, and goes on when there is none', () => {
    const modes = ['async', 'sync'].map((durability) => {
      const { dcs } = patroniOf(
        shop({ databases: `main: { slot: 0, durability: ${durability}, backup: bucket.dumps }` }),
      ).bootstrap;
      return [dcs.synchronous_mode, dcs.synchronous_mode_strict];
    });
    assert.deepEqual(modes, [
      [false, undefined],
      [true, false],
    ]);
  });

  it('takes its share of the memory that the server has', () => {
    const memory = (type: string) => {
      const { postgresql, bootstrap } = image('debian-12', `type: ${type},`);
      return [postgresql.parameters.shared_buffers, bootstrap.dcs.postgresql.parameters.max_connections];
    };
    assert.deepEqual(memory('ccx13'), ['2048MB', 200]);
    assert.deepEqual(memory('ccx33'), ['8192MB', 500]);
  });

  it('asks the etcd of its own host only, whose death it notices', () => {
    const { etcd3, restapi } = patroniOf(shop());
    assert.deepEqual(etcd3.hosts, ['10.10.192.2:2379']);
    assert.equal(etcd3.use_proxies, true);
    assert.equal(restapi.verify_client, 'optional');
  });

  it('starts after its volume and its etcd, and has few rights', () => {
    const unit = fileOf(bundle(modelOf(shop()), primary), '/etc/systemd/system/patroni.service.d/groundplan.conf');
    for (const line of [
      'RequiresMountsFor=/srv/data',
      'After=groundplan-etcd-fsn1.main.service network-online.target',
      'ExecStartPre=+/usr/local/lib/groundplan/postgresql-folder',
      'CapabilityBoundingSet=',
      'ReadWritePaths=/srv/data /run/postgresql /var/lib/postgresql',
    ])
      assert.ok(unit.split('\n').includes(line), line);
  });

  it('is the only one to make a database, and no package starts one by itself', () => {
    const { files, units } = bundle(modelOf(shop()), primary);
    const created = files.find(({ path }) => path === '/etc/postgresql-common/createcluster.conf');
    assert.equal(created?.beforePackages, true);
    for (const name of ['postgresql.service', 'etcd.service'])
      assert.deepEqual(
        units.find((unit) => unit.name === name),
        { name, state: 'off' },
      );
  });

  it('does not start where the volume is not mounted', async function () {
    needs(this, 'openssl');
    const staged = stage(bundle(modelOf(shop()), primary), 'own-folders');
    try {
      const program = staged.at('/usr/local/lib/groundplan/postgresql-folder');
      const { exitCode, stderr } = await runProcess('sh', [program], {
        cwd: '/',
        env: { PATH: process.env.PATH ?? '' },
      });
      assert.equal(exitCode, 1);
      assert.match(stderr, /the volume is not mounted at .*: PostgreSQL does not start/);
    } finally {
      staged.remove();
    }
  });

  it("takes the lock when it is its own or nobody's, and never from another primary", async function () {
    const patroni = needs(this, 'patroni');
    needs(this, 'openssl');
    const env = { PATH: process.env.PATH ?? '' };
    const { stdout: version } = await runProcess(patroni, ['--version'], { cwd: '/', env });
    if (!/ 3\.0\./.test(version)) leaveOut(this, 'what it corrects is in Patroni 3.0 only');
    const staged = stage(bundle(modelOf(shop()), primary), 'own-folders');
    try {
      const program = staged.at('/usr/local/lib/groundplan/patroni');
      const { exitCode, stdout, stderr } = await runProcess('/usr/bin/python3', ['-c', lockTrial, program], {
        cwd: '/',
        env,
      });
      assert.equal(exitCode, 0, stderr);
      assert.deepEqual(JSON.parse(stdout), {
        'its lease lives': [true, 'me'],
        'its lease ended and the lock is still its own': [true, 'me'],
        'its lease ended and nobody has the lock': [true, 'me'],
        'its lease ended and another has the lock, which it has not heard of': [false, 'other'],
      });
    } finally {
      staged.remove();
    }
  });
});

/** Runs the program's own step on a lock in memory; prints whether it holds the lock then, and who does. */
const lockTrial = `
import base64, importlib.machinery, importlib.util, json, sys, time
from types import SimpleNamespace
from patroni.dcs import Leader
loader = importlib.machinery.SourceFileLoader("own", sys.argv[1])
sys.dont_write_bytecode = True
module = importlib.util.module_from_spec(importlib.util.spec_from_loader("own", loader))
loader.exec_module(module)


class Retry:
    stoptime = deadline = time.time() + 60

    def copy(self):
        return self

    def __call__(self, function, *args, **kwargs):
        return function(*args, **kwargs)


def trial(holder, lives):
    lock = [holder]

    def txn(compare, put, retry=None):
        if compare["target"] == "VALUE":
            fits = lock[0] is not None and base64.b64decode(compare["value"]).decode() == lock[0]
        else:
            fits = lock[0] is None
        if fits:
            lock[0] = base64.b64decode(put["request_put"]["value"]).decode()
        return fits

    def refresh(force, retry=None):
        server._lease = "old" if lives else "new"

    server = SimpleNamespace(
        _retry=Retry(),
        _lease="old",
        _name="me",
        leader_path="/leader",
        cluster=SimpleNamespace(leader=Leader(1, "old", SimpleNamespace(name="me"))),
        _client=SimpleNamespace(txn=txn),
        _do_refresh_lease=refresh,
        _run_and_handle_exceptions=lambda function, *args, retry=None: function(*args, retry=retry),
    )
    return [module.update_leader(server), lock[0]]


print(json.dumps({
    "its lease lives": trial("me", True),
    "its lease ended and the lock is still its own": trial("me", False),
    "its lease ended and nobody has the lock": trial(None, False),
    "its lease ended and another has the lock, which it has not heard of": trial("other", False),
}))
`;
