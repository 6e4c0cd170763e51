import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { placeNic } from '../src/driver/server.js';
import { makeGate } from '../src/gate.js';
import { bootCommand } from '../src/host/nspawn.js';
import { seedFiles } from '../src/host/seed.js';

describe('what a host is given before its first boot', () => {
  const order = {
    serverId: 10_036,
    name: 'web-1',
    userData: '#cloud-config\r\nhostname: web-1 # ü\n',
    sshKeys: ['ssh-ed25519 AAAA ops'],
    publicNic: undefined,
    nameservers: [],
  };

  it('has the user-data as it was ordered', () => {
    assert.equal(seedFiles(order, 'ab12cd').get('/var/lib/cloud/seed/nocloud/user-data'), order.userData);
  });

  it('says who it is', () => {
    const metaData = seedFiles(order, 'ab12cd').get('/var/lib/cloud/seed/nocloud/meta-data');
    assert.deepEqual(JSON.parse(metaData ?? ''), {
      'instance-id': '10036',
      'local-hostname': 'web-1',
      'public-keys': ['ssh-ed25519 AAAA ops'],
    });
  });

  it('has an identity of its own, in each run another', () => {
    const identities = [
      seedFiles(order, 'ab12cd'),
      seedFiles({ ...order, serverId: 10_037 }, 'ab12cd'),
      seedFiles(order, 'ab12ce'),
    ].map((files) => files.get('/etc/machine-id') ?? '');
    for (const identity of identities) assert.match(identity, /^[0-9a-f]{32}\n$/);
    assert.equal(new Set(identities).size, 3);
  });
});

describe('the command that is a host', () => {
  it('boots the image in the namespace, with the volumes under the names that they have at Hetzner', () => {
    const command = bootCommand({
      name: 'db-1',
      image: { address: 'bookworm-1', root: '/images/bookworm-1/root' },
      folder: '/runs/ab12cd/hosts/h7',
      group: '/groundplan-ab12cd/h7',
      namespace: 'gp-ab12cd-db-1-7',
      devices: new Map([['/dev/disk/by-id/scsi-0HC_Volume_9', '/dev/loop3']]),
    });
    assert.deepEqual(command.slice(0, 5), ['unshare', '--mount', '--propagation', 'private', 'sh']);
    for (const part of [
      '/images/bookworm-1/root',
      '/groundplan-ab12cd/h7',
      '--machine=db-1',
      '--network-namespace-path=/run/netns/gp-ab12cd-db-1-7',
      '--bind=/dev/loop3:/dev/disk/by-id/scsi-0HC_Volume_9',
    ]) {
      assert.ok(command.includes(part), part);
    }
  });
});

describe('private interfaces', () => {
  const network = (id: number) => ({ id, ipRange: '10.0.0.0/8', ip: '10.0.0.2', aliasIps: [], macAddress: '' });

  it('take the first name that is free', () => {
    const first = placeNic([], network(1));
    const second = placeNic([first], network(2));
    assert.deepEqual([first.device, second.device], ['enp7s0', 'enp8s0']);
    assert.equal(placeNic([second], network(3)).device, 'enp7s0');
  });
});

describe('a gate', () => {
  it('lets in as many as there is room for, in the order in which they come, and each leaves once', async () => {
    const gate = makeGate(2);
    const entered: number[] = [];
    const enter = async (number: number): Promise<() => void> => {
      const leave = await gate.enter();
      entered.push(number);
      return leave;
    };
    const [first, second, third, fourth] = [enter(1), enter(2), enter(3), enter(4)];
    const leave = await first;
    await second;
    assert.deepEqual(entered, [1, 2]);
    leave();
    leave();
    await third;
    assert.deepEqual(entered, [1, 2, 3]);
    (await second)();
    await fourth;
    assert.deepEqual(entered, [1, 2, 3, 4]);
  });
});
