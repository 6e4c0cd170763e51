import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type PromiseResult, places, type Report } from '@groundplan/rehearsal';
import { after, before, describe, it } from 'mocha';
import { prepareTools, toolsTimeout } from '../../../../test/support/terraform.js';
import { bundleCli } from '../../../cli/scripts/bundle.mjs';
import { leftOf, needsHosts } from './support/here.js';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const project = fileURLToPath(new URL('fixtures/shop', import.meta.url));

/**
 * Whether a promise was kept, whatever the time: how fast a machine is that does other things besides is no matter of a test. What
 * must come by itself came at all, and what must never be was not.
 */
function isKeptInTheEnd({ budget, measured, kept }: PromiseResult): boolean {
  const isOfTime = budget.startsWith('≤') || budget === 'none fails';
  return kept || (isOfTime && !measured.startsWith('not ') && !measured.startsWith('it did not'));
}

describe('groundplan rehearse', function () {
  this.timeout(30 * 60_000);
  let folder: string;
  let cliConfig: string;

  before(async function () {
    this.timeout(toolsTimeout);
    await needsHosts(this);
    ({ cliConfig } = await prepareTools());
    folder = await mkdtemp(join(tmpdir(), 'groundplan-rehearse-'));
    // As it is shipped, in a folder of its own: whoever builds meanwhile changes the other one.
    await bundleCli(root, { folder: join(folder, 'bundle') });
  });

  after(async () => {
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  });

  /** The command, with what it says, and the id of its run as soon as there is one. */
  const start = (args: readonly string[]) => {
    const child = spawn(process.execPath, [join(folder, 'bundle/main.js'), '-C', project, 'rehearse', ...args], {
      env: { ...process.env, TF_CLI_CONFIG_FILE: cliConfig },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
    return { child, said: () => said, ended: once(child, 'close').then(([code]) => code as number | null) };
  };

  it('makes a topology, lets things fail, and shows that nothing acknowledged is lost', async () => {
    const report = join(folder, 'report');
    const { child, said, ended } = start(['--report', report]);
    const id = await idOf(child);
    const code = await ended;
    assert.ok(code === 0 || code === 1, said());
    const { results } = JSON.parse(await readFile(join(report, 'report.json'), 'utf8')) as Report;
    assert.ok(results.length > 10, said());
    for (const { scenario, outcome, promises } of results) {
      assert.notEqual(outcome, 'broken', said());
      assert.ok(
        promises.some(({ promise }) => promise.startsWith('what was acknowledged')),
        `${scenario} keeps no ledger`,
      );
      assert.deepEqual(
        promises.filter((promise) => !isKeptInTheEnd(promise)),
        [],
        scenario,
      );
    }
    assert.deepEqual((await readdir(report)).sort(), ['index.html', 'junit.xml', 'report.json']);
    assert.deepEqual(await leftOf(id), []);
  });

  it('leaves nothing when it is interrupted', async () => {
    const { child, said, ended } = start(['--scenario', 'nothing']);
    const id = await idOf(child);
    // Until the first host has begun to boot.
    await until(async () => (await leftOf(id)).some((line) => line.includes('systemd-nspawn')), said);
    child.kill('SIGINT');
    assert.equal(await ended, 2, said());
    assert.match(said(), /groundplan: interrupted\n$/);
    assert.deepEqual(await leftOf(id), []);
    assert.ok(!(await readdir(places().runs)).includes(id));
  });
});

/** The run of a process, once it has one. */
async function idOf({ pid }: ChildProcess): Promise<string> {
  let id: string | undefined;
  await until(
    async () => {
      for (const each of await readdir(places().runs).catch(() => [])) {
        const text = await readFile(join(places().runs, each, 'process.json'), 'utf8').catch(() => '{}');
        if (JSON.parse(text || '{}').pid === pid) id = each;
      }
      return id !== undefined;
    },
    () => 'there is no run',
  );
  return id ?? assert.fail();
}

/** Waits for a state, for five minutes at most. */
async function until(holds: () => Promise<boolean>, said: () => string): Promise<void> {
  for (const deadline = Date.now() + 5 * 60_000; Date.now() < deadline; await sleep(200)) if (await holds()) return;
  assert.fail(said());
}
