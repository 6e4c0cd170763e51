import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type RunningApi, startApi } from '@groundplan/hetzner-api';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import { hostNode } from '../../../scripts/other-node.mjs';
import { type CloudflareApi, startCloudflareApi } from '../../../test/support/cloudflare-api.js';
import { leaveOut } from '../../../test/support/needs.js';
import { bundleProgram } from '../scripts/bundle-program.mjs';
import type { DnsSettings, Settings } from '../src/settings.js';
import { askHetzner, recordAtCloudflare, recordSetAtHetzner, valuesOf } from './support/apis.js';
import {
  type RunningBalancer,
  type RunningChecker,
  runToEnd,
  startBalancer,
  startChecker,
  within,
} from './support/processes.js';
import { regionOf, service, voter } from './support/settings.js';

const token = 'a'.repeat(64);
const site = 'shop.example.com';
/** Seconds. */
const [interval, fall, rise] = [1, 3, 3];
/** What failures.md allows, in its own terms: the probes, one interval for the vote, and the API. */
const budget = fall * interval + interval + 2;
/** Other runs of the tests at the same time have other addresses. */
const network = `127.${1 + (process.pid % 250)}.${1 + (Math.floor(process.pid / 250) % 250)}`;
const balancerAddresses = [`${network}.1`, `${network}.2`];
const checkerAddresses = [`${network}.11`, `${network}.12`, `${network}.13`];
const gossipPort = 7053;

let folder: string;
let program: string;
let balancers: (RunningBalancer & { port: number })[] = [];
let checkers: RunningChecker[] = [];

/** Three real processes of the program that hosts get: on two balancers and on a database host. */
describe('three checkers', function () {
  this.timeout(60_000);

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'groundplan-checkers-'));
    program = join(folder, 'dns-checker.mjs');
    writeFileSync(program, await bundleProgram(fileURLToPath(new URL('../../..', import.meta.url))));
  });

  after(() => rmSync(folder, { recursive: true }));

  beforeEach(async () => {
    const [one = '', two = ''] = balancerAddresses;
    const first = await startBalancer(one, 0);
    balancers = [first, await startBalancer(two, first.port)];
  });

  afterEach(async () => {
    await Promise.all(checkers.map((checker) => checker.kill()));
    await Promise.all(balancers.map((balancer) => balancer.close()));
    checkers = [];
  });

  describe('with Hetzner DNS', () => {
    let api: RunningApi;

    beforeEach(async () => {
      api = await startApi({ zones: ['example.com'], actionMilliseconds: 500 });
      await askHetzner(api, token, 'POST', '/zones/example.com/rrsets', {
        name: 'shop',
        type: 'A',
        ttl: 60,
        labels: { topology: 'shop' },
        records: balancerAddresses.map((value) => ({ value })),
      });
      await within(5, async () => assert.deepEqual(await published(), balancerAddresses));
    });

    afterEach(() => api.close());

    const published = async () => valuesOf(await recordSetAtHetzner(api, token, 'shop', 'A'));
    const start = (apiToken = token) => startAll({ provider: 'hetzner', api: api.url, zone: 'example.com' }, apiToken);

    it('take a dead balancer out in time, with its checker, and put it back', async () => {
      start();
      await within(15, allWell);
      const [first, second] = balancerAddresses;
      await Promise.all([balancers[1]?.close(), checkers[1]?.kill()]);
      const gone = await within(budget, async () => assert.deepEqual(await published(), [first]));
      process.stdout.write(`      the record is gone after ${gone.toFixed(1)} s of ${budget}\n`);
      await within(5, async () => {
        const { text, code } = (await checkers[0]?.status()) ?? {};
        assert.equal(code, 1);
        assert.match(text ?? '', /edge-2: NOT HEARD since \d+ s \(asked from here: connection refused\)/);
        assert.match(text ?? '', new RegExp(`edge-2 ${second}: DOWN, NOT in DNS\n +edge-1: down, connection refused`));
      });
      assert.match(
        (await checkers[0]?.problems()) ?? '',
        /^down edge-2\ta majority finds edge-2 down\t.*\tA section\n/m,
      );
      assert.equal(await checkers[2]?.problems(), '', 'one host tells of it');
      assert.match(
        log(),
        /edge-2 \(127\.[\d.]+\) left shop\.example\.com A: edge-1: down, connection refused; edge-2: /,
      );

      balancers[1] = await startBalancer(second ?? '', balancers[0]?.port ?? 0);
      const back = await within(15, async () => assert.deepEqual(await published(), [first, second]));
      process.stdout.write(`      and there again ${back.toFixed(1)} s after the balancer\n`);
      assert.ok([...(balancers[1]?.asked ?? [])].every((asked) => asked === `${site} /_region/health`));
    });

    it('understand one another on the oldest Node.js of hosts and on this one', async function () {
      const old = await hostNode().catch((error) => leaveOut(this, `no Node.js 18: ${error}`));
      startAll({ provider: 'hetzner', api: api.url, zone: 'example.com' }, token, [old, process.execPath, old]);
      await within(15, allWell);
      await balancers[1]?.close();
      await within(budget, async () => assert.deepEqual(await published(), balancerAddresses.slice(0, 1)));
      await within(5, () => assert.match(log(), /edge-2 .* left shop\.example\.com A/));
    });

    it('are not needed to see how balancers look from a host', async () => {
      const file = join(folder, 'once.json');
      const targets = balancerAddresses.map((a, index) => ({ name: `edge-${index + 1}`, a }));
      const services = [{ ...service([site], targets), protocol: 'http' as const, port: balancers[0]?.port ?? 0 }];
      writeFileSync(file, JSON.stringify(regionOf({ services })));
      const once = () => runToEnd([program, 'once', file]);
      const [first, second] = balancerAddresses;
      assert.deepEqual(await once(), {
        code: 0,
        text: `${site} A\n  edge-1 ${first}: healthy\n  edge-2 ${second}: healthy\n`,
      });
      await balancers[1]?.close();
      const { code, text } = await once();
      assert.equal(code, 1);
      assert.match(text, /edge-2 .*: connection refused/);
    });

    it('leave the last addresses where all are down, and say so', async () => {
      start();
      await within(15, allWell);
      for (const { answer } of balancers) Object.assign(answer, { status: 503, body: 'app.web: no server is healthy' });
      await within(15, () => assert.match(log(), /every address of shop\.example\.com A is down/));
      assert.deepEqual(await published(), balancerAddresses);
      const [status] = await Promise.all(checkers.map((checker) => checker.status()));
      assert.match(status?.text ?? '', /edge-1: down, app\.web: no server is healthy/);
    });

    it('do nothing once there is no majority', async () => {
      start();
      await within(15, allWell);
      await Promise.all([checkers[1]?.kill(), checkers[2]?.kill(), balancers[1]?.close()]);
      await within(15, async () => assert.match((await checkers[0]?.status())?.text ?? '', /^FROZEN: /));
      assert.deepEqual(await published(), balancerAddresses);
    });

    it('wait and try again while the API is down', async () => {
      start();
      await within(15, allWell);
      api.faults.add({ effect: { kind: 'response', status: 503 } });
      await balancers[1]?.close();
      await within(15, () => assert.match(log(), /cannot read DNS, records stay as they are: 503/));
      api.faults.clear();
      await within(15, async () => assert.deepEqual(await published(), balancerAddresses.slice(0, 1)));
    });

    it('freeze when the token is refused, and say so', async () => {
      start('b'.repeat(63));
      await within(15, () => assert.match(log(), /the DNS provider refuses the token.*: 401/));
      assert.deepEqual(await published(), balancerAddresses);
    });
  });

  describe('with Cloudflare', () => {
    let api: CloudflareApi;
    let zone: string;

    beforeEach(async () => {
      api = await startCloudflareApi({ zones: ['example.com'] });
      zone = api.zones()[0]?.id ?? '';
    });

    afterEach(() => api.close());

    const published = () => api.records(zone).map(({ name, content, comment }) => `${name} ${content} ${comment}`);
    const own = (address: string | undefined) => `${site} ${address} groundplan:shop`;
    const start = () => {
      const dns = { provider: 'cloudflare', api: api.url, zone: 'example.com', ttl: 60, proxied: false } as const;
      startAll(dns, api.token);
    };

    it('publish the balancers that are well, drop one that dies, and touch nothing else', async () => {
      await recordAtCloudflare(api, zone, { name: 'mail.example.com', content: '192.0.2.25' });
      start();
      const mail = 'mail.example.com 192.0.2.25 null';
      await within(15, () => assert.deepEqual(published().sort(), [mail, ...balancerAddresses.map(own)].sort()));
      await balancers[0]?.close();
      const gone = await within(budget, () =>
        assert.deepEqual(published().sort(), [mail, own(balancerAddresses[1])].sort()),
      );
      process.stdout.write(`      the record is gone after ${gone.toFixed(1)} s of ${budget}\n`);
    });

    it('leave a name alone that somebody else uses', async () => {
      await recordAtCloudflare(api, zone, { name: site, content: '192.0.2.80' });
      start();
      await within(15, () => assert.match(log(), /shop\.example\.com A is left alone: it has 192\.0\.2\.80/));
      await within(15, async () =>
        assert.match((await checkers[0]?.status())?.text ?? '', /192\.0\.2\.80: in DNS, somebody/),
      );
      assert.deepEqual(published(), [`${site} 192.0.2.80 null`]);
    });
  });
});

function startAll(dns: DnsSettings, apiToken: string, nodes: readonly string[] = []): void {
  const targets = balancerAddresses.map((a, index) => ({ name: `edge-${index + 1}`, a }));
  const [one = '', two = '', three = ''] = checkerAddresses;
  const settings: Settings = regionOf({
    interval,
    fall,
    rise,
    voters: [
      voter('edge-1', { address: one }),
      voter('edge-2', { address: two }),
      voter('main-1', { address: three, publishes: false }),
    ],
    services: [{ ...service([site], targets), protocol: 'http', port: balancers[0]?.port ?? 0 }],
    dns,
  });
  checkers = settings.voters.map(({ name, address, publishes }, index) =>
    startChecker(
      program,
      { ...settings, self: name, listen: { address, port: gossipPort } },
      publishes ? apiToken : undefined,
      nodes[index],
    ),
  );
}

/** What all of them wrote. */
function log(): string {
  return checkers.map((checker) => checker.log()).join('');
}

async function allWell(): Promise<void> {
  for (const checker of checkers) {
    const { text, code } = await checker.status();
    assert.equal(code, 0, `${text}${checker.log()}`);
  }
}
