import assert from 'node:assert/strict';
import { bundleOf } from '@groundplan/hosts/bundle';
import { analyse } from '@groundplan/model';
import { after, before, describe, it } from 'mocha';
import { leaveOut, needs } from '../../../../test/support/needs.js';
import { openRegion, type Region } from './postgresql/region.js';
import { databaseSecrets, textsWith } from './postgresql/secrets.js';
import { until } from './until.js';

const { model } = analyse(`topology: v1
name: shop
region: fsn1
dns: { provider: hetzner, zone: example.com }
load_balancers: { edge: { routes: {} } }
databases: { main: { backup: bucket.dumps } }
buckets: { dumps: { location: hel1 } }
access: { ssh_keys: [ops.pub], ssh_from: [198.51.100.0/24] }
`);

const [first, second, voter] = ['fsn1_db_main_1', 'fsn1_db_main_2', 'fsn1_lb_edge_1'] as const;
const unit = 'groundplan-etcd-fsn1.main.service';
const data = '/var/lib/etcd/fsn1.main';

describe('the etcd of a database as the bundles make it', function () {
  this.timeout(180_000);
  // Each step needs what the one before has left.
  this.bail(true);

  let region: Region;

  before(async function () {
    if (process.platform !== 'linux' || process.getuid?.() !== 0) leaveOut(this, 'only root makes namespaces');
    for (const program of ['unshare', 'nsenter', 'ip', 'etcd', 'etcdctl', 'openssl']) needs(this, program);
    const secrets = await databaseSecrets(model);
    region = await openRegion((bundle) => textsWith(secrets, bundle));
    for (const host of model.hosts) await region.add(host.key, host.address, bundleOf(model, host));
  });

  after(async () => {
    if (region !== undefined) assert.deepEqual(await region.close(), [], 'processes are left behind');
  });

  const etcdctl = (key: string, words: string) =>
    region.host(key).run(`set -a; . /etc/groundplan/etcd-fsn1.main/settings; etcdctl --command-timeout=3s ${words}`);

  /** The numbers of the members that have joined, by name, as one of them sees them. */
  const members = async (key: string) => {
    const lines = (await etcdctl(key, 'member list')).trim().split('\n');
    const fields = lines.map((line) => line.split(', '));
    return Object.fromEntries(
      fields.filter(([, state]) => state === 'started').map(([number, , name]) => [name, number]),
    );
  };

  const healthy = async (key: string) => {
    assert.deepEqual(Object.keys(await members(key)).sort(), [first, second, voter]);
    await etcdctl(key, 'endpoint health');
  };

  /** The version that all members agree on; Patroni does not work with the oldest, 3.0. */
  const agreedVersion = async (): Promise<string> => {
    const login = '--cacert "$ETCDCTL_CACERT" --cert "$ETCDCTL_CERT" --key "$ETCDCTL_KEY"';
    const script = `set -a; . /etc/groundplan/etcd-fsn1.main/settings; curl -s ${login} "\${ETCDCTL_ENDPOINTS%%,*}/version"`;
    return JSON.parse(await region.host(first).run(script)).etcdcluster;
  };

  const start = (key: string) => region.host(key).start(unit);

  it('begins with those who are there, and takes in who comes late', async () => {
    await start(first);
    await start(second);
    await until(async () => assert.ok((await members(first))[second]));
    await until(async () => assert.match(await agreedVersion(), /^3\.[4-9]/));
    await start(voter);
    await until(() => healthy(voter));
    assert.match(region.host(first).said(), /nobody has been in a cluster: beginning one/);
    assert.match(region.host(voter).said(), /joining as number/);
  });

  it('goes on after a restart of all, under the same numbers', async () => {
    const before = await members(first);
    for (const key of [first, second, voter]) await region.host(key).stop(unit);
    for (const key of [first, second, voter]) await start(key);
    await until(() => healthy(second));
    assert.deepEqual(await members(first), before);
  });

  it('takes a member back that has nothing on its disk any more, under another number', async () => {
    const before = await members(first);
    await region.host(voter).stop(unit);
    await region.host(voter).run(`rm -rf ${data}`);
    await start(voter);
    await until(async () => {
      await healthy(first);
      assert.notEqual((await members(first))[voter], before[voter]);
    });
  });

  it('takes a member back that was taken out, and keeps what it had', async () => {
    await region.host(voter).stop(unit);
    await etcdctl(first, `member remove ${(await members(first))[voter]}`);
    await start(voter);
    await until(() => healthy(voter));
    await region.host(voter).run(`test -d ${data}/member.before`);
  });

  it('never begins another cluster while there is no majority: it waits for one', async () => {
    await region.host(second).stop(unit);
    await region.host(voter).stop(unit);
    await region.host(voter).run(`rm -rf ${data}`);
    await start(voter);
    await until(async () => assert.match(region.host(voter).said(), /do not agree to remove \w+ yet/));
    await region.host(voter).run(`test ! -e ${data}/member`);
    await start(second);
    await until(() => healthy(voter));
  });
});
