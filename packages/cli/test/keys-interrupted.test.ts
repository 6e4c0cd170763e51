import assert from 'node:assert/strict';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, it } from 'mocha';
import type { Ended } from './support/groundplan.js';
import { type Keeping, keepingSecrets, versions } from './support/secrets.js';

const failAt = pathToFileURL(fileURLToPath(new URL('support/fail-at.mjs', import.meta.url))).href;
const name = 'database_main_app_password';

/** A rotation that fails at one of its calls to the system, or says how many it makes. */
function failingRotation({ folder, run }: Keeping, at?: number, how = 'kill'): Promise<Ended> {
  return run(['keys', 'rotate', name], {
    nodeOptions: ['--import', failAt],
    variables: { FAIL_UNDER: join(folder, ''), ...(at === undefined ? {} : { FAIL_AT: String(at), FAIL_HOW: how }) },
  });
}

async function versionOf(keeping: Keeping): Promise<number> {
  return Number((await versions(keeping))[name]);
}

async function callsOfRotation(): Promise<number> {
  let calls = 0;
  await keepingSecrets(async (keeping) => {
    await keeping.ok(['keys']);
    calls = Number(/calls: (\d+)/.exec((await failingRotation(keeping)).stderr)?.[1]);
  });
  assert.ok(calls >= 10, `${calls} calls`);
  return calls;
}

describe('groundplan keys, interrupted', () => {
  it('killed at any call to the system, leaves the old secrets or the new ones, and the next run makes all fit again', async function () {
    this.timeout(120_000);
    const calls = await callsOfRotation();
    for (let at = 1; at <= calls; at++) {
      await keepingSecrets(async (keeping) => {
        await keeping.ok(['keys']);
        const before = await keeping.values();
        assert.equal((await failingRotation(keeping, at)).signal, 'SIGKILL');
        const after = await keeping.values();
        assert.equal(after.size, before.size);
        await keeping.ok(['keys']);
        const isNew = after.get(name) !== before.get(name);
        assert.equal(await versionOf(keeping), isNew ? 2 : 1, `killed at ${at}`);
        const { stdout } = await keeping.run(['keys', '--check']);
        assert.doesNotMatch(stdout, /is not of this/);
      });
    }
  });

  it('on a full disk, says so and leaves the secrets as they were', async function () {
    this.timeout(120_000);
    const calls = await callsOfRotation();
    for (let at = 1; at <= calls; at++) {
      await keepingSecrets(async (keeping) => {
        await keeping.ok(['keys']);
        const before = await keeping.read('secrets.age');
        const { code, stderr } = await failingRotation(keeping, at, 'ENOSPC');
        if (code === 0) return;
        assert.equal(code, 2);
        assert.match(stderr, /^groundplan: secrets\.(?:age|lock\.yaml): no space is left on the disk\n/);
        if (stderr.includes('secrets.age:')) assert.equal(await keeping.read('secrets.age'), before);
        await keeping.ok(['keys']);
      });
    }
  });
});
