import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { type Bundle, bundleOf } from '@groundplan/hosts/bundle';
import { analyse, type Host, type Model } from '@groundplan/model';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { arbitraryTopology } from '../../../../test/support/arbitrary-topology.js';
import { sampleNames, sampleText } from '../../../../test/support/compile-text.js';
import { needs } from '../../../../test/support/needs.js';
import { fileOf, stage } from './stage.js';

const configuration = '/etc/mysql/mariadb.conf.d/90-groundplan.cnf';

/** A topology with one database by default, and whatever else. */
const topology = ({ main = '', more = '', regions = 'region: fsn1', arbiter = '' } = {}) => `topology: v1
name: shop
${regions}
${arbiter}
dns: { provider: hetzner, zone: example.com }
load_balancers: { edge: { slot: 0, routes: { shop.example.com: app.web } } }
apps: { web: { slot: 0, port: 3000, run: { container: x }, env: { DATABASE_URL: "\${database.main.url}" } }, other: { slot: 1, run: { container: x } } }
databases:
  main: { slot: 0, engine: mariadb, backup: bucket.dumps, ${main} }
  ${more}
buckets: { dumps: { location: hel1 } }
access: { ssh_keys: [ops.pub], ssh_from: [198.51.100.0/24] }
`;

const twoRegions = 'regions: { one: { location: fsn1 }, two: { location: hel1 } }';
const arbiter = 'arbiter: { location: nbg1 }';

describe('the configuration of a MariaDB server', function () {
  this.timeout(120_000);

  it('is taken by mariadbd: of every sample, and of topologies that nobody thought of', function () {
    const mariadbd = needs(this, 'mariadbd');
    const texts = [
      ...sampleNames().map(sampleText),
      ...fc.sample(arbitraryTopology({ servers: 2 }), { numRuns: 40, seed: 5 }),
    ];
    const taken = new Set<string>();
    for (const text of texts) {
      const { model, diagnostics } = analyse(text);
      if (diagnostics.some(({ severity }) => severity === 'error')) continue;
      for (const bundle of model.hosts.flatMap((host) => bundleOf(model, host) ?? [])) {
        if (!bundle.files.some(({ path }) => path === configuration)) continue;
        const own = fileOf(bundle, configuration).replaceAll(bundle.host.address, '').replaceAll(bundle.host.name, '');
        if (taken.has(own)) continue;
        taken.add(own);
        const staged = stage(bundle, 'none');
        try {
          const said = execFileSync(mariadbd, [`--defaults-file=${staged.at(configuration)}`, '--verbose', '--help'], {
            encoding: 'utf8',
            stdio: ['ignore', 'pipe', 'pipe'],
            maxBuffer: 1 << 24,
          });
          assert.match(said, /^wsrep-on +TRUE$/m);
        } finally {
          staged.remove();
        }
      }
    }
    assert.ok(taken.size > 3, 'some have MariaDB');
  });

  const settingOf = (text: string, key: string, name: string) => {
    const found = new RegExp(`^${name} = (.*)$`, 'm').exec(fileOf(bundleAt(text, key), configuration));
    return found?.[1];
  };
  const optionOf = (text: string, key: string, name: string) => {
    const [, value] = new RegExp(`[";]${name}=([^;"]*)`).exec(fileOf(bundleAt(text, key), configuration)) ?? [];
    return value;
  };

  it('is the same with one more server, so that none restarts', () => {
    const [two, three] = ['standby: 1', 'standby: 2'].map((main) =>
      fileOf(bundleAt(topology({ main }), 'fsn1_db_main_1'), configuration),
    );
    assert.equal(two, three);
  });

  it('keeps the name of the cluster when the database is renamed', () => {
    const renamed = topology({ main: 'renamed_from: before' });
    assert.equal(settingOf(renamed, 'fsn1_db_before_1', 'wsrep_cluster_name'), 'before');
  });

  it('answers a commit when it is on the disk with sync, and a second earlier without', () => {
    for (const [durability, flush, binlog] of [
      ['sync', '1', '1'],
      ['async', '2', '0'],
    ] as const) {
      const text = topology({ main: `durability: ${durability}` });
      assert.equal(settingOf(text, 'fsn1_db_main_1', 'innodb_flush_log_at_trx_commit'), flush);
      assert.equal(settingOf(text, 'fsn1_db_main_1', 'sync_binlog'), binlog);
    }
  });

  it('keeps changes for members that come back, as many as the volume has room for', () => {
    for (const [size, gcache] of [
      ['10GB', '256M'],
      ['50GB', '1000M'],
      ['200GB', '4000M'],
      ['2000GB', '8192M'],
    ] as const)
      assert.equal(optionOf(topology({ main: `volume: { size: ${size} }` }), 'fsn1_db_main_1', 'gcache.size'), gcache);
  });

  it('lets changes cross to another region once, and waits longer between regions', () => {
    const text = topology({
      regions: twoRegions,
      arbiter,
      main: 'standby: 1, replication: { between_regions: galera }',
    });
    const segment = (key: string) => optionOf(text, key, 'gmcast.segment');
    assert.equal(segment('one_db_main_1'), segment('one_db_main_2'));
    assert.notEqual(segment('one_db_main_1'), segment('two_db_main_1'));
    assert.equal(optionOf(text, 'one_db_main_1', 'evs.suspect_timeout'), 'PT10S');
    assert.equal(optionOf(topology(), 'fsn1_db_main_1', 'evs.suspect_timeout'), 'PT5S');
  });
});

describe('the voter of a Galera cluster', () => {
  const units = ({ units: all }: Bundle) => all.map(({ name }) => name).filter((name) => name.startsWith('garbd-'));
  const ports = (bundle: Bundle, all: readonly string[]) =>
    all.map((unit) => /listen_addr=ssl:\/\/[\d.]+:(\d+)/.exec(fileOf(bundle, `/etc/systemd/system/${unit}`))?.[1]);

  it('is the balancer, for each database with a port of its own', () => {
    const bundle = bundleAt(
      topology({ more: 'orders: { slot: 1, engine: mariadb, port: 3307, backup: bucket.dumps }' }),
      'fsn1_lb_edge_1',
    );
    assert.deepEqual(units(bundle), ['garbd-main.service', 'garbd-orders.service']);
    assert.deepEqual(ports(bundle, units(bundle)), ['4600', '4601']);
    assert.deepEqual(openedOn(bundle, /46../), [
      'ip saddr { 10.10.192.0/28 } tcp dport 4600',
      'ip saddr { 10.10.192.16/28 } tcp dport 4601',
    ]);
  });

  it('is the arbiter, also of clusters that are one in each region', () => {
    const together = bundleAt(
      topology({ regions: twoRegions, arbiter, main: 'standby: 0, replication: { between_regions: galera }' }),
      'arbiter',
    );
    assert.deepEqual(units(together), ['garbd-main.service']);
    assert.match(fileOf(together, '/etc/systemd/system/garbd-main.service'), /gmcast\.segment=255/);
    const apart = bundleAt(
      topology({ regions: twoRegions, arbiter, main: 'standby: 1, replication: { between_regions: none }' }),
      'arbiter',
    );
    assert.deepEqual(units(apart), ['garbd-main.one.service', 'garbd-main.two.service']);
    assert.equal(new Set(ports(apart, units(apart))).size, 2);
  });

  it('is nobody where the members are odd in number', () => {
    assert.deepEqual(units(bundleAt(topology({ main: 'standby: 2' }), 'fsn1_lb_edge_1')), []);
  });
});

describe('the firewall of a MariaDB server', () => {
  it('lets in the apps that use it, who looks at it, and the other members', () => {
    assert.deepEqual(openedOn(bundleAt(topology(), 'fsn1_db_main_1'), /3306|9200|45|44/), [
      'ip saddr { 10.10.0.0/25 } tcp dport 3306',
      'ip saddr { 10.10.0.0/25, 10.10.128.0/28 } tcp dport 9200',
      'ip saddr { 10.10.128.0/28, 10.10.192.0/28 } tcp dport 4567',
      'ip saddr { 10.10.192.0/28 } tcp dport { 4444, 4568, 9201 }',
    ]);
  });
});

describe('the password of the apps’ user', () => {
  /** The stored forms that are to be valid; nothing when all is left as it is. */
  const wanted = (
    current: readonly string[],
    mine: string,
    stamped: string | null,
    days: number,
    test: Mocha.Context,
  ) => {
    const python = needs(test, 'python3');
    const staged = stage(bundleAt(topology(), 'fsn1_db_main_1'), 'none');
    try {
      const folder = staged.at('/usr/local/lib/groundplan/galera');
      const call = `import json, runpy, sys; sys.path.insert(0, ${JSON.stringify(folder)})
print(json.dumps(runpy.run_path(${JSON.stringify(`${folder}/users`)})["wanted"](*json.loads(sys.argv[1]))))`;
      const said = execFileSync(python, ['-B', '-c', call, JSON.stringify([current, mine, stamped, days * 86_400])]);
      return JSON.parse(String(said)) as string[] | null;
    } finally {
      staged.remove();
    }
  };

  it('is set where there is none, and a new one is added to the one before', function () {
    assert.deepEqual(wanted([], 'a', null, 0, this), ['a']);
    assert.deepEqual(wanted(['a'], 'b', 'a', 9, this), ['b', 'a']);
    assert.deepEqual(wanted(['b', 'a'], 'c', 'b', 9, this), ['c', 'b']);
  });

  it('is left as it is by the other members, whether they know the new one or not', function () {
    assert.equal(wanted(['b', 'a'], 'b', 'a', 9, this), null);
    assert.equal(wanted(['b', 'a'], 'b', 'b', 0, this), null);
    assert.equal(wanted(['b', 'a'], 'a', 'a', 9, this), null);
  });

  it('is the only one after a day', function () {
    assert.deepEqual(wanted(['b', 'a'], 'b', 'b', 2, this), ['b']);
    assert.equal(wanted(['b'], 'b', 'b', 2, this), null);
  });
});

function bundleAt(text: string, key: string): Bundle {
  const { model, diagnostics } = analyse(text);
  assert.deepEqual(
    diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message),
    [],
  );
  const made = bundleOf(model, hostAt(model, key));
  assert.ok(made);
  return made;
}

function hostAt(model: Model, key: string): Host {
  const host = model.hosts.find((candidate) => candidate.key === key);
  assert.ok(host, `there is no ${key}: ${model.hosts.map((each) => each.key).join(' ')}`);
  return host;
}

/** The rules of the firewall about these ports. */
function openedOn(bundle: Bundle, ports: RegExp): string[] {
  return fileOf(bundle, '/etc/nftables.conf')
    .split('\n')
    .map((line) => line.trim().replace(/ accept .*/, ''))
    .filter((line) => new RegExp(`tcp dport [{ ]*(${ports.source})`).test(line));
}
