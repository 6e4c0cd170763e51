import assert from 'node:assert/strict';
import { openRehearsal, recipeOf, untilSettled } from '@groundplan/rehearsal';
import { describe, it } from 'mocha';
import { needsHosts } from './support/here.js';
import { orderOf } from './support/order.js';

/** Services that a package brings and that run in no host until somebody wants them. */
const services = [
  'haproxy',
  'keepalived',
  'postgresql',
  'patroni',
  'etcd',
  'mariadb',
  'bird',
  'tinc',
  'chrony',
  'garb',
];

describe('the images of hosts', function () {
  // Most of it is the first build.
  this.timeout(45 * 60_000);

  for (const image of ['debian-12', 'debian-13']) {
    it(`boot without a failure, with all services off, and install packages without the internet: ${image}`, async function () {
      await needsHosts(this);
      const rehearsal = await openRehearsal();
      try {
        const order = { ...orderOf(1), image, userData: '#cloud-config\npackage_update: true\npackages: [socat]\n' };
        await rehearsal.driver.create(order);
        await rehearsal.driver.powerOn(order);
        const host = rehearsal.host(order.name);
        assert.equal(await untilSettled(host), 'running');
        assert.match(await host.must(['cloud-init', 'status', '--wait']), /status: done/);
        assert.match(
          await host.readFile('/etc/os-release'),
          new RegExp(`VERSION_CODENAME=${recipeOf(image)?.release}`),
        );
        for (const service of services) {
          const { stdout } = await host.exec(['systemctl', 'is-active', service]);
          assert.equal(stdout.trim(), 'inactive', service);
        }
        // SSH, and name resolution within the host.
        assert.equal(await host.must(['ss', '-Hltn', 'sport != :22 and sport != :53 and sport != :5355']), '');
        await host.must(['apt-get', 'install', '--reinstall', '--yes', '--quiet', 'haproxy']);
        assert.match(await host.must(['haproxy', '-v']), /^HAProxy version/);
      } finally {
        await rehearsal.close();
      }
    });
  }
});
