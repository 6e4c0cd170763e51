import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { type RunningApi, startApi } from '@groundplan/hetzner-api';
import { type Host, type Outsider, openRehearsal, places, type Rehearsal, untilSettled } from '@groundplan/rehearsal';
import { after, before, describe, it } from 'mocha';
import { compileText } from '../../../../test/support/compile-text.js';
import { assertSucceeded } from '../../../../test/support/expect.js';
import {
  hetznerToken,
  openWorkspace,
  prepareTools,
  type S3Server,
  startS3,
  type Tool,
  toolsTimeout,
  type Workspace,
} from '../../../../test/support/terraform.js';
import { leftOf, needsHosts } from './support/here.js';

/** Three hosts, one of each tier. */
const topology = `topology: v1
name: shop
region: fsn1
dns: { provider: hetzner, zone: example.com }
load_balancers:
  edge: { count: 1, routes: { shop.example.com: app.web } }
apps:
  web: { count: 1, port: 3000, run: { container: "ghcr.io/acme/shop:1" } }
databases:
  main: { engine: postgresql, standby: 0, volume: { size: 10GB }, backup: bucket.dumps }
buckets:
  dumps: { location: hel1 }
access: { ssh_keys: [keys/ops.pub], ssh_from: [198.51.100.0/24], bastion: edge }
`;

const balancer = 'shop-fsn1-lb-edge-1';
const app = 'shop-fsn1-app-web-1';
const database = 'shop-fsn1-db-main-1';

/** Booting takes seconds; the limit is for a machine that does other things besides. */
const bootTimeout = 5 * 60_000;

describe('a compiled topology on real hosts', function () {
  this.timeout(bootTimeout);
  let rehearsal: Rehearsal;
  let api: RunningApi;
  let s3: S3Server;
  let workspace: Workspace;
  let tool: Tool;

  before(async function () {
    this.timeout(toolsTimeout);
    await needsHosts(this);
    const [first, second] = (await prepareTools()).tools;
    tool = second ?? first ?? assert.fail('there is no tool');
    rehearsal = await openRehearsal();
    s3 = await startS3();
    api = await startApi({ driver: rehearsal.driver, zones: ['example.com'], quotas: { requestsPerHour: 1_000_000 } });
    const { mainTfJson } = compileText(topology);
    workspace = await openWorkspace({ tool, mainTfJson, hetznerUrl: api.url, s3, localBackend: true });
    assertSucceeded(await workspace.init());
    assertSucceeded(await workspace.apply());
  });

  after(async () => {
    await api?.close();
    await rehearsal?.close();
    await s3?.close();
    await workspace?.dispose();
  });

  const host = (name: string): Host => rehearsal.host(name);
  const pings = async (from: string, to: string): Promise<boolean> =>
    (await host(from).exec(['ping', '-c', '1', '-W', '1', to])).code === 0;
  const privateIp = (name: string): string => {
    const server = api.snapshot(hetznerToken).servers.find((each) => each.name === name);
    assert.ok(server?.private_net[0], name);
    return server.private_net[0].ip;
  };

  it('has a host for each server, and cloud-init is done on each without an error', async () => {
    assert.deepEqual(
      rehearsal
        .hosts()
        .map(({ name }) => name)
        .sort(),
      [app, database, balancer],
    );
    for (const each of rehearsal.hosts()) {
      assert.match(await each.must(['cloud-init', 'status', '--wait']), /^\.*\n?status: done/m, each.name);
      assert.equal(await untilSettled(each), 'running', each.name);
      assert.equal((await each.must(['hostname'])).trim(), each.name);
    }
  });

  it('gives hosts the user-data as Terraform sent it, to the byte', async () => {
    const { values } = (await workspace.show()) as {
      values: { root_module: { resources: { address: string; values: { name: string } }[] } };
    };
    assert.ok(values.root_module.resources.some((resource) => resource.values.name === app));
    const sent = JSON.parse(compileText(topology).mainTfJson) as {
      resource: { hcloud_server: Record<string, { name: string; user_data: string }> };
    };
    const order = Object.values(sent.resource.hcloud_server).find(({ name }) => name === app);
    assert.equal(await host(app).readFile('/var/lib/cloud/instance/user-data.txt'), order?.user_data);
  });

  it('loads the firewall of the first boot: the bastion lets SSH in from the allow list, and nobody else', async () => {
    assert.match(await host(app).must(['nft', 'list', 'ruleset']), /table inet groundplan .*policy drop/s);
    const operator = await rehearsal.addOutsider('operator', '198.51.100.10');
    const stranger = await rehearsal.addOutsider('stranger', '192.0.2.10');
    const server = api.snapshot(hetznerToken).servers.find(({ name }) => name === balancer);
    const address = server?.public_net.ipv4?.ip ?? '';
    assert.match(await greeting(operator, address), /^SSH-2\.0-OpenSSH/);
    assert.equal(await greeting(stranger, address), '');
  });

  it('is the same for Terraform that runs where only the internet of the rehearsal is', async () => {
    const operator = await rehearsal.addOutsider('terraform', '198.51.100.11');
    for (const url of [api.url, s3.endpoint]) {
      const port = Number(new URL(url).port);
      await operator.expose('127.0.0.1', port, { port });
    }
    const args = [`-chdir=${workspace.dir}`, 'plan', '-input=false', '-no-color', '-detailed-exitcode'];
    const { code, stdout, stderr } = await operator.run(tool.path, args, { env: workspace.environment() });
    assert.equal(code, 0, stdout + stderr);
  });

  it('joins the hosts of a region by their private network, until they are parted', async () => {
    assert.ok(await pings(app, privateIp(database)));
    await rehearsal.partition(app, database, 'private networks');
    assert.equal(await pings(app, privateIp(database)), false);
    assert.ok(await pings(balancer, privateIp(database)));
    await rehearsal.isolate(balancer);
    assert.equal(await pings(balancer, privateIp(database)), false);
    await rehearsal.heal();
    assert.ok(await pings(app, privateIp(database)));
  });

  it('keeps the disk and the volume of a host over a power cut', async () => {
    const [volume] = api.snapshot(hetznerToken).volumes;
    assert.ok(volume);
    const before_ = host(database);
    await before_.must(['mkfs.ext4', '-q', volume.linux_device]);
    await before_.must(['mount', volume.linux_device, '/mnt']);
    await before_.must(['sh', '-c', 'echo row >/mnt/row && echo log >/var/log/row']);
    await before_.powerLoss();
    assert.equal(before_.isOn(), false);
    assert.equal(await pings(app, privateIp(database)), false);
    await before_.boot();
    assert.equal(await untilSettled(before_), 'running');
    await before_.must(['mount', volume.linux_device, '/mnt']);
    assert.equal(await before_.must(['cat', '/mnt/row', '/var/log/row']), 'row\nlog\n');
    assert.ok(await pings(app, privateIp(database)));
  });

  it('is taken down by destroy, and leaves nothing on the machine', async () => {
    workspace.setVariables({ unprotected: '["*"]' });
    assertSucceeded(await workspace.apply());
    assertSucceeded(await workspace.destroy());
    assert.deepEqual(rehearsal.hosts(), []);
    await rehearsal.close();
    assert.deepEqual(await leftOf(rehearsal.id), []);
    assert.ok(!(await readdir(places().runs)).includes(rehearsal.id));
  });
});

/** What an SSH server says to somebody who comes from outside; nothing if it cannot be reached. */
async function greeting(outsider: Outsider, address: string): Promise<string> {
  return (await outsider.run('timeout', ['3', 'bash', '-c', 'exec 3<>/dev/tcp/$0/22; head -n 1 <&3', address])).stdout;
}
