import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Host, openRehearsal, type Rehearsal, startLoad, summaryOf, untilSettled } from '@groundplan/rehearsal';
import { after, before, describe, it } from 'mocha';
import { leftOf, needsHosts } from './support/here.js';
import { orderOf, volumeOf } from './support/order.js';

const one = orderOf(1);
const two = orderOf(2);
const gigabyte = 2 ** 30;

describe('hosts, as the API orders them', function () {
  this.timeout(5 * 60_000);
  let rehearsal: Rehearsal;
  const first = (): Host => rehearsal.host(one.name);
  const second = (): Host => rehearsal.host(two.name);
  const reaches = async (host: Host, address: string): Promise<boolean> =>
    (await host.exec(['ping', '-c', '1', '-W', '1', address])).code === 0;

  before(async function () {
    this.timeout(20 * 60_000);
    await needsHosts(this);
    rehearsal = await openRehearsal();
    const { driver } = rehearsal;
    await Promise.all([driver.create(one), driver.create(two)]);
    await Promise.all([driver.powerOn(one), driver.powerOn(two)]);
    assert.deepEqual(await Promise.all(rehearsal.hosts().map(untilSettled)), ['running', 'running']);
  });

  after(async () => rehearsal?.close());

  it('reach each other by IPv4, by IPv6 and by the private network, always through a gateway', async () => {
    for (const address of ['203.0.113.2', '2001:db8:2::1', '10.0.0.3', '10.0.0.1']) {
      assert.ok(await reaches(first(), address), address);
    }
    assert.match(await first().must(['ip', 'route', 'get', '10.0.0.3']), /via 10\.0\.0\.1 dev enp7s0/);
  });

  it('have no address that the API did not give them', async () => {
    await second().must(['ip', 'address', 'add', '10.0.0.99/32', 'dev', 'enp7s0']);
    assert.equal(await reaches(first(), '10.0.0.99'), false);
    const { driver } = rehearsal;
    const [network] = two.networks;
    assert.ok(network);
    await driver.changeAliasIps(two, { ...network, aliasIps: ['10.0.0.99'] });
    assert.ok(await reaches(first(), '10.0.0.99'));
  });

  it('hand on a floating IP when the API says so', async () => {
    const user = await rehearsal.addOutsider('user', '192.0.2.10');
    const answers = async (): Promise<string> => {
      const { stdout } = await user.run('curl', ['-s', '--max-time', '2', 'http://203.0.113.50:8080/etc/hostname']);
      return stdout.trim();
    };
    for (const host of [first(), second()]) {
      await host.must(['ip', 'address', 'add', '203.0.113.50/32', 'dev', 'eth0']);
      await host.must(['systemd-run', '--quiet', 'python3', '-m', 'http.server', '8080', '--directory', '/']);
    }
    const ip = { id: 9, ip: '203.0.113.50' };
    assert.equal(await answers(), '');
    await rehearsal.driver.assignFloatingIp(one, ip);
    await sleep(500);
    assert.equal(await answers(), one.name);
    await rehearsal.driver.unassignFloatingIp(one, ip);
    await rehearsal.driver.assignFloatingIp(two, ip);
    assert.equal(await answers(), two.name);
  });

  it('serve users, who find out when one is gone', async () => {
    const users = await rehearsal.addOutsider('users', '192.0.2.20');
    const load = startLoad(users, {
      plan: {
        base: 'http://shop.example.com:8080',
        perSecond: 20,
        seconds: 60,
        kinds: [{ name: 'read', method: 'GET', path: '/etc/hostname', writes: false }],
        idPrefix: 'u-',
      },
      client: { connectTimeout: 1000, timeout: 2000 },
      names: { fixed: { 'shop.example.com': ['203.0.113.1', '203.0.113.2'] } },
    });
    await sleep(2000);
    await rehearsal.isolate(one.name);
    await sleep(4000);
    await rehearsal.heal();
    const summary = summaryOf(await load.stop());
    assert.ok(summary.requests > 100, String(summary.requests));
    assert.deepEqual(Object.keys(summary.byAddress).sort(), ['203.0.113.1', '203.0.113.2']);
    assert.ok(summary.longestGap > 900 && summary.longestGap < 4000, String(summary.longestGap));
  });

  it('run containers, and measure the time without setting it', async () => {
    // ldconfig is the one program of Debian that needs no library.
    const script = `mkdir /tmp/image && cp /sbin/ldconfig /tmp/image
      tar -C /tmp/image -c . | podman import --quiet - localhost/ldconfig:1
      podman run --rm --pull never --network host --cgroups split --security-opt no-new-privileges localhost/ldconfig:1 /ldconfig --version`;
    const unit = ['systemd-run', '--quiet', '--pipe', '--wait', '--property=Delegate=yes'];
    assert.match(await first().must([...unit, 'sh', '-ec', script]), /^ldconfig .*GLIBC/m);
    await first().must(['systemctl', 'start', 'chrony.service']);
    assert.equal((await first().must(['systemctl', 'is-active', 'chrony.service'])).trim(), 'active');
    assert.match(await first().must(['chronyc', 'tracking']), /Stratum/);
    // The time that it is, lest a host that may do it does harm.
    const { stderr } = await first().exec(['sh', '-c', 'date --set "$(date)"']);
    assert.match(stderr, /Operation not permitted/);
  });

  it('see a volume come, grow and go while they run', async () => {
    const { driver } = rehearsal;
    const volume = volumeOf(7, 'ext4');
    const device = '/dev/disk/by-id/scsi-0HC_Volume_7';
    await driver.attachVolume(one, volume);
    await first().must(['mount', device, '/mnt']);
    await first().must(['sh', '-c', 'echo row >/mnt/row && sync']);
    await driver.resizeVolume(one, { ...volume, size: 12 });
    assert.equal(Number(await first().must(['blockdev', '--getsize64', device])), 12 * gigabyte);
    await driver.detachVolume(one, volume);
    const write = await first().exec(['sh', '-c', 'echo more >/mnt/more']);
    assert.match(write.stderr, /Input\/output error/);
    assert.equal((await first().exec(['test', '-e', device])).code, 1);
    await driver.attachVolume(two, { ...volume, size: 12 });
    await second().must(['mount', device, '/mnt']);
    assert.equal(await second().readFile('/mnt/row'), 'row\n');
  });

  it('come up again by themselves after a reboot, with their disk and their addresses', async () => {
    await first().writeFile('/etc/kept', 'kept\n');
    const started = await first().must(['stat', '--format=%Z', '/proc/1']);
    await first().exec(['systemctl', 'reboot']);
    for (let attempt = 0; attempt < 100; attempt += 1) {
      const now = await first()
        .exec(['stat', '--format=%Z', '/proc/1'])
        .catch(() => undefined);
      if (now?.code === 0 && now.stdout !== started) break;
      await sleep(200);
    }
    assert.equal(await untilSettled(first()), 'running');
    assert.equal(await first().readFile('/etc/kept'), 'kept\n');
    assert.ok(await reaches(second(), '10.0.0.2'));
  });

  it('shut down when asked to, and what is sent to them then is lost without an answer', async () => {
    await rehearsal.driver.shutdown(two);
    assert.equal(second().isOn(), false);
    await assert.rejects(second().exec(['true']), /host-2 is off/);
    const { stdout } = await first().exec(['ping', '-c', '1', '-W', '1', '10.0.0.3']);
    assert.match(stdout, /0 received, 100% packet loss/);
    assert.doesNotMatch(stdout, /Unreachable/);
    assert.match(await second().console(), /Powering off|Power-Off|reached target/i);
  });

  it('are gone with the run, also those that are on', async () => {
    assert.ok(first().isOn());
    await rehearsal.close();
    assert.deepEqual(await leftOf(rehearsal.id), []);
  });
});
