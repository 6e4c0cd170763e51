import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type Outsider, openRehearsal, startNameServer, type Zone } from '@groundplan/rehearsal';
import { describe, it } from 'mocha';
import { needsHosts } from './support/here.js';
import { orderOf } from './support/order.js';

const soa = { name: '@', type: 'SOA', ttl: null, values: ['ns. dns. 1 86400 10800 3600000 3600'] };

function zone(addresses: readonly string[], serial: number): Zone {
  const values = [soa.values[0]?.replace(' 1 ', ` ${serial} `) ?? ''];
  return {
    name: 'example.com',
    ttl: 3600,
    sets: [
      { ...soa, values },
      { name: '@', type: 'NS', ttl: null, values: ['ns.example.'] },
      { name: 'shop', type: 'A', ttl: 60, values: addresses },
    ],
  };
}

/** The addresses and the TTL that somebody who asks is told; an error's code otherwise. */
async function ask(outsider: Outsider, name: string): Promise<string> {
  const script = `const { Resolver } = require('dns').promises; const r = new Resolver({ timeout: 500, tries: 2 }); r.setServers(['192.0.2.53']);
    r.resolve4(process.argv[1], { ttl: true }).then((all) => console.log(all.map((a) => a.address + '/' + a.ttl).sort().join(' ')), (e) => console.log(e.code));`;
  return (await outsider.run(process.execPath, ['-e', script, name])).stdout.trim();
}

describe('the name server', function () {
  this.timeout(5 * 60_000);

  it('serves the zones as they are, follows them, and hosts resolve by it', async function () {
    await needsHosts(this);
    const rehearsal = await openRehearsal({ nameservers: ['192.0.2.53'] });
    try {
      const order = orderOf(1);
      await rehearsal.driver.create(order);
      await rehearsal.driver.powerOn(order);
      const server = await rehearsal.addOutsider('dns', '192.0.2.53');
      const user = await rehearsal.addOutsider('user', '192.0.2.10');
      let zones = [zone(['203.0.113.1', '203.0.113.2'], 1)];
      const names = await startNameServer({
        outsider: server,
        folder: join(rehearsal.folder, 'dns'),
        zones: () => zones,
      });
      assert.equal(await ask(user, 'shop.example.com'), '203.0.113.1/60 203.0.113.2/60');
      zones = [zone(['203.0.113.2'], 2)];
      await names.settled();
      assert.equal(await ask(user, 'shop.example.com'), '203.0.113.2/60');
      assert.equal(await ask(user, 'nothing.example.com'), 'ENOTFOUND');
      zones = [zone(['203.0.113.2'], 2), { ...zone(['203.0.113.9'], 1), name: 'example.net' }];
      await names.settled();
      assert.equal(await ask(user, 'shop.example.net'), '203.0.113.9/60');
      const host = rehearsal.host(order.name);
      await host.must(['cloud-init', 'status', '--wait']);
      assert.match(await host.must(['getent', 'ahostsv4', 'shop.example.com']), /^203\.0\.113\.2 /);
      await names.close();
      assert.equal(await ask(user, 'shop.example.com'), 'ECONNREFUSED');
    } finally {
      await rehearsal.close();
    }
  });
});
