import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, it } from 'mocha';
import { leaveOut } from '../../../test/support/needs.js';
import { topology, withClient } from './support/project.js';

const uri = 'untitled:shop';

/** kB of RSS. */
async function residentMemory(pid: number): Promise<number> {
  return Number(/^VmRSS:\s+(\d+)/m.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1]);
}

/** About a thousand lines. */
function longTopology(mark: number): string {
  const variables = Array.from({ length: 1000 }, (_, index) => `      NAME_${index}: "value ${index} of ${mark}"\n`);
  return `${topology(['apps:\n', `apps:\n  worker:\n    run: { container: "ghcr.io/acme/shop:1.4.2" }\n    env:\n${variables.join('')}`])}`;
}

describe('memory', () => {
  it('is given back to the system soon after the last question', async function () {
    this.timeout(180_000);
    if (process.platform !== 'linux')
      leaveOut(this, 'how much memory a process has is read from /proc, which only Linux has');
    await withClient({}, async (client) => {
      client.open(uri, longTopology(0));
      await client.published(uri);
      for (let version = 2; version < 100; version++) {
        client.replace(uri, longTopology(version), version);
        await client.published(uri);
      }
      const atWork = await residentMemory(client.server.pid);
      let atRest = atWork;
      for (let look = 0; look < 240 && atRest > atWork * 0.8; look++) {
        await sleep(250);
        atRest = await residentMemory(client.server.pid);
      }
      assert.ok(atRest <= atWork * 0.8, `${atWork} kB at work, ${atRest} kB at rest`);
    });
  });
});
