import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { openRun, places, run, sweep } from '@groundplan/rehearsal';
import { describe, it } from 'mocha';
import { leftOf, needsHosts } from './support/here.js';

const timeout = 5 * 60_000;

/** A process of its own that has a host with a volume running; resolves with it and the id of its run. */
async function startOther(): Promise<{ readonly child: ChildProcess; readonly id: string }> {
  const program = fileURLToPath(new URL('support/one-host.ts', import.meta.url));
  const child = spawn(process.execPath, [...process.execArgv, program], { stdio: ['ignore', 'pipe', 'inherit'] });
  assert.ok(child.stdout);
  for await (const line of createInterface({ input: child.stdout })) return { child, id: line };
  throw new Error('the other process said nothing');
}

/** Until nothing is left of a run, for ten seconds at most. */
async function untilNothingIsLeft(id: string): Promise<void> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    if ((await leftOf(id)).length === 0 && !(await readdir(places().runs)).includes(id)) return;
    await sleep(200);
  }
  assert.deepEqual(await leftOf(id), []);
  assert.fail('its folder is left');
}

describe('a run', function () {
  this.timeout(timeout);

  it('whose process is killed leaves nothing, and does not touch the run beside it', async function () {
    await needsHosts(this);
    const beside = await openRun(places().runs);
    try {
      const { child, id } = await startOther();
      assert.notDeepEqual(await leftOf(id), []);
      child.kill('SIGKILL');
      await once(child, 'exit');
      await untilNothingIsLeft(id);
      await access(beside.folder);
      await access(beside.cgroup);
    } finally {
      await beside.close();
    }
    assert.deepEqual(await leftOf(beside.id), []);
  });

  it('is swept up by the next one where nobody was left to do it', async function () {
    await needsHosts(this);
    const { child, id } = await startOther();
    // As if the machine had gone down: whoever waits to clean up goes first.
    for (const pid of await caretakersOf(id)) process.kill(pid, 'SIGKILL');
    child.kill('SIGKILL');
    await once(child, 'exit');
    assert.notDeepEqual(await leftOf(id), []);
    assert.deepEqual(await sweep(places().runs), [id]);
    await untilNothingIsLeft(id);
  });

  it('is not swept up while its process lives', async function () {
    await needsHosts(this);
    const alive = await openRun(places().runs);
    try {
      assert.deepEqual(await sweep(places().runs), []);
      await access(alive.folder);
    } finally {
      await alive.close();
    }
  });
});

/** The processes that would clean up after a run. */
async function caretakersOf(id: string): Promise<number[]> {
  const found: number[] = [];
  for (const pid of (await readdir('/proc')).filter((name) => /^[0-9]+$/.test(name))) {
    const { stdout } = await run('cat', [join('/proc', pid, 'cmdline')]);
    const words = stdout.split('\0');
    if (words.includes('clean-up.sh') && words.some((word) => word.includes(id))) found.push(Number(pid));
  }
  return found;
}
