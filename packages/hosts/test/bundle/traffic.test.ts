import assert from 'node:assert/strict';
import { analyse, type Model } from '@groundplan/model';
import { after, afterEach, before, type Context, describe, it } from 'mocha';
import { leaveOut, needs } from '../../../../test/support/needs.js';
import { loopback, ownRegion, type RunningHost, startHost } from './traffic/daemon.js';
import { ask, type Load, type Outcome, startLoad } from './traffic/load.js';
import { freePort, makeProgram, type Program } from './traffic/program.js';
import { until } from './until.js';

const topology = (port: number) => `topology: v1
name: shop
${ownRegion}
dns: { provider: hetzner, zone: example.com }
load_balancers: { edge: { routes: { shop.example.com: app.web } } }
apps: { web: { count: 3, port: ${port}, run: { container: x }, health: { path: /healthz, interval: 1s }, drain: 10s } }
access: { ssh_keys: [ops.pub], ssh_from: [198.51.100.0/24] }
`;

const drain = '/usr/local/lib/groundplan/drain';
const maintenance = '/usr/local/sbin/groundplan-maintenance';

describe('users of compiled balancers and app hosts, with real HAProxy on loopback', function () {
  this.timeout(120_000);

  let programs: Program[] = [];
  let apps: RunningHost[] = [];
  let balancer: RunningHost;
  let port: number;
  let load: Load | undefined;

  before(async function (this: Context) {
    const haproxy = needs(this, 'haproxy');
    for (const program of ['socat', 'ss', 'openssl']) needs(this, program);
    if (process.platform !== 'linux') leaveOut(this, 'only Linux has all of 127.0.0.0/8');
    port = await freePort();
    const programPort = await freePort();
    const { model, diagnostics } = analyse(topology(programPort));
    assert.deepEqual(
      diagnostics.filter(({ severity }) => severity === 'error'),
      [],
    );
    const hosts = model.hosts.filter(({ tier }) => tier === 'app');
    programs = hosts.map(({ address }) => makeProgram(loopback(address), programPort));
    await Promise.all(programs.map((program) => program.start()));
    apps = await Promise.all(hosts.map((host) => startHost(haproxy, model, host, port)));
    balancer = await startHost(haproxy, model, firstBalancer(model), port);
    await until(
      async () => assert.equal((await ask(undefined, port, 'GET', '/_region/health')).status, 200),
      'not healthy',
    );
  });

  // Also when a test has failed in the middle.
  afterEach(() => load?.stop());

  after(async () => {
    await Promise.all([balancer, ...apps].map((host) => host?.stop()));
    await Promise.all(programs.map((program) => program.kill()));
  });

  it('notice nothing of a host that drains, stops and returns', async () => {
    const [program, host] = [programs[0], apps[0]] as [Program, RunningHost];
    load = startLoad(port, 80);
    await seconds(1);
    const said = await host.run(drain, 'on');
    assert.match(said, /^drained after \d s, 0 requests open$/m);
    const before = program.seen.length;
    await seconds(0.5);
    assert.equal(program.seen.length, before, 'it got requests after it had drained');
    await program.kill();
    await seconds(0.5);
    await program.start();
    await host.run(drain, 'off');
    await seconds(3);
    const outcomes = await load.stop();
    assert.deepEqual(failed(outcomes), []);
    assert.deepEqual(repeated(programs), []);
    assert.ok(program.seen.length > before, 'it gets requests again');
  });

  it('lose no GET and have no POST repeated when a program dies, nor when the balancer is reloaded meanwhile', async () => {
    const [program, host] = [programs[1], apps[1]] as [Program, RunningHost];
    load = startLoad(port, 80);
    await seconds(1);
    await program.kill();
    await until(async () => assert.equal(await statusOf(balancer, host), 'DOWN'), 'it is not noticed');
    await balancer.reload();
    assert.equal(await statusOf(balancer, host), 'DOWN', 'a new process takes a dead server for healthy');
    await seconds(1);
    const outcomes = await load.stop();
    assert.deepEqual(
      failed(outcomes).filter(({ method }) => method === 'GET'),
      [],
    );
    assert.deepEqual(repeated(programs), []);
    const lost = failed(outcomes).filter(({ id }) => !programs.some(({ seen }) => seen.includes(id)));
    assert.deepEqual(lost, [], 'a POST failed although no program had got it');
    await program.start();
  });

  it('are served by a balancer that says that it is out of service', async () => {
    await balancer.run(maintenance, 'on');
    assert.equal((await ask(undefined, port, 'GET', '/_lb/alive')).status, 503);
    assert.deepEqual(await ask(undefined, port, 'GET', '/_region/health'), {
      status: 503,
      body: 'balancer: in maintenance',
    });
    assert.equal((await ask(undefined, port, 'GET', '/')).status, 200);
    await balancer.reload();
    assert.equal((await ask(undefined, port, 'GET', '/_lb/alive')).status, 503, 'a reload forgets it');
    await balancer.run(maintenance, 'off');
    assert.equal((await ask(undefined, port, 'GET', '/_lb/alive')).status, 200);
  });

  it('are sent elsewhere by DNS when no program is left: the region says that it is sick, and why', async () => {
    await Promise.all(programs.map((program) => program.kill()));
    const sick = { status: 503, body: 'app.web: no server is healthy' };
    await until(
      async () => assert.deepEqual(await ask(undefined, port, 'GET', '/_region/health'), sick),
      'the region does not say that it is sick',
    );
    assert.equal((await ask(undefined, port, 'GET', '/_lb/alive')).status, 200, 'the balancer itself is alive');
  });
});

function firstBalancer(model: Model) {
  const host = model.hosts.find(({ tier }) => tier === 'lb');
  assert.ok(host);
  return host;
}

/** The status of an app's host, as the balancer sees it. */
async function statusOf(balancer: RunningHost, { host }: RunningHost): Promise<string | undefined> {
  const lines = (await balancer.command('show stat')).split('\n').map((line) => line.split(','));
  return lines.find(([proxy, server]) => proxy === 'app.web' && server === host.name)?.[17];
}

function failed(outcomes: readonly Outcome[]): Outcome[] {
  assert.ok(outcomes.length > 50, `only ${outcomes.length} requests were made`);
  return outcomes.filter(({ status }) => status !== 200);
}

/** The ids of POSTs, which are even, that reached programs more than once. */
function repeated(programs: readonly Program[]): string[] {
  const posts = programs.flatMap(({ seen }) => seen).filter((id) => Number(id.slice(1)) % 2 === 0);
  return posts.filter((id, index) => posts.indexOf(id) !== index);
}

function seconds(count: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, count * 1000));
}
