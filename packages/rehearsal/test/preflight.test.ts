import assert from 'node:assert/strict';
import { type Machine, preflight } from '@groundplan/rehearsal';
import { describe, it } from 'mocha';

/** A machine that has everything, but for what is said. */
function machine(changes: Partial<Machine> = {}): Machine {
  return {
    platform: 'linux',
    userId: 0,
    hasProgram: async () => true,
    attempt: async () => true,
    exists: async () => true,
    freeBytes: async () => 100 * 2 ** 30,
    ...changes,
  };
}

/** What is missing on a machine, and how to get it, a line each. */
async function missing(changes: Partial<Machine>): Promise<string[]> {
  return (await preflight(machine(changes))).map(({ what, how }) => `${what}: ${how}`);
}

describe('preflight', () => {
  it('finds nothing missing on a machine that has everything', async () => {
    assert.deepEqual(await missing({}), []);
  });

  it('says that another system will not do, and nothing of what it lacks besides', async () => {
    assert.deepEqual(await missing({ platform: 'darwin', userId: 501, hasProgram: async () => false }), [
      'Linux: run it on a Linux machine or in a virtual one; the API alone serves plan and apply anywhere',
    ]);
  });

  it('says that root is needed', async () => {
    assert.deepEqual(await missing({ userId: 1000 }), ['root: sudo; the API alone needs no root']);
  });

  it('names the packages of all missing programs in one command, each once', async () => {
    const absent = new Set(['systemd-nspawn', 'nsenter', 'flock', 'socat']);
    assert.deepEqual(await missing({ hasProgram: async (name) => !absent.has(name) }), [
      'systemd-nspawn, nsenter, flock, socat: apt-get install --no-install-recommends socat systemd-container util-linux',
    ]);
  });

  it('names devices and abilities of the kernel', async () => {
    const lines = await missing({
      exists: async (path) => path !== '/dev/fuse',
      attempt: async (script) => !script.includes('overlay'),
    });
    assert.deepEqual(lines, [
      '/dev/fuse: modprobe fuse',
      'overlay file systems: modprobe overlay; in a container, start it with the right to mount',
    ]);
  });

  it('says how much disk there is and how much is wanted', async () => {
    assert.deepEqual(await missing({ freeBytes: async () => 2.56 * 2 ** 30 }), [
      '6 GB of free disk, of which there are 2.5: make room, or keep them elsewhere with XDG_CACHE_HOME',
    ]);
  });
});
