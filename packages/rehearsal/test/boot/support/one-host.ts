// Boots one host with a volume, prints the id of its run, and stays until it is killed.
import { openRehearsal } from '@groundplan/rehearsal';
import { orderOf, volumeOf } from './order.js';

const rehearsal = await openRehearsal();
const server = orderOf(1);
await rehearsal.driver.create(server);
await rehearsal.driver.attachVolume(server, volumeOf(3, 'ext4'));
await rehearsal.driver.powerOn(server);
await rehearsal.host(server.name).must(['mount', '/dev/disk/by-id/scsi-0HC_Volume_3', '/mnt']);
process.stdout.write(`${rehearsal.id}\n`);
setInterval(() => undefined, 60_000);
