import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { neededSecrets } from '@groundplan/secrets';
import { before, describe } from 'mocha';
import { bundleCli } from '../../packages/cli/scripts/bundle.mjs';
import { compileConfigured, sampleNames, sampleText } from '../support/compile-text.js';
import { itWithEachTool } from '../support/each-tool.js';
import { assertSucceeded, changeLines } from '../support/expect.js';
import { runProcess } from '../support/process.js';
import { databaseNames, hostNames, type Seen } from '../support/push/story.js';
import { withWorkspace } from '../support/surroundings.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const scenario = join(root, 'test/support/push/scenario.ts');
const namespaces = ['--net', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc', '--propagation', 'private'];

/** What a user's day with hosts that SSH reaches looked like; see test/support/push. */
async function seenWith(tool: string): Promise<Seen> {
  const folder = await mkdtemp(join(tmpdir(), 'groundplan-push-'));
  try {
    const node = [process.execPath, '--import', 'tsx', '--conditions=source', scenario, folder, tool];
    const env = { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '' };
    const options = { cwd: root, env, timeoutMilliseconds: 600_000 };
    const { exitCode, stderr, stdout } = await runProcess('unshare', [...namespaces, ...node], options);
    assert.equal(exitCode, 0, `${stdout}\n${stderr}`);
    return JSON.parse(await readFile(join(folder, 'seen.json'), 'utf8')) as Seen;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const onlyApps = ['fsn1_app_web_1', 'fsn1_app_web_2'].map((key) => `delete+create terraform_data.${key}_push`);
const released = {
  'shop-fsn1-app-web-1': ['systemctl start app-web-before.service', 'systemctl restart app-web.service'],
  'shop-fsn1-app-web-2': ['systemctl restart app-web.service'],
  'shop-fsn1-lb-edge-1': [],
  'shop-fsn1-lb-edge-2': [],
};
const nothingDone = Object.fromEntries(hostNames.map((name) => [name, []]));

describe('configuration, pushed for real over SSH', () => {
  before(() => bundleCli(root));

  // As root on Linux: each host has an sshd and the real validators in namespaces of their own.
  itWithEachTool('reaches hosts through the bastion, whole or not at all, and only where it changed', async (tool) => {
    const seen = await seenWith(tool.path);

    const pushes = seen.made.planned.filter((line) => line.includes('_push'));
    assert.equal(pushes.length, hostNames.length + databaseNames.length);
    for (const name of hostNames) {
      const deeds = seen.made.deeds[name] ?? [];
      assert.ok(deeds.includes('systemctl start haproxy.service'), `${name}: ${deeds.join('\n')}`);
      assert.ok(deeds.includes('systemctl start nftables.service'), name);
    }
    assert.ok(seen.made.deeds['shop-fsn1-lb-edge-1']?.includes('systemctl start keepalived.service'));
    assert.match(seen.made.said, /shop-fsn1-app-web-1: \d+ files written;/);
    const ends = (name: string) => seen.made.said.indexOf(`${name}: `);
    for (const names of [hostNames, databaseNames.slice(0, 2), databaseNames.slice(2)]) {
      const order = names.map(ends);
      assert.deepEqual(
        order,
        [...order].sort((a, b) => a - b),
        'one after the other, balancers last',
      );
    }
    for (const name of databaseNames) assert.ok(ends(name) > 0 && ends(name) < ends('shop-fsn1-app-web-1'), name);
    assert.match(seen.bastionLogs[2] ?? '', /Accepted publickey for root/);

    for (const file of seen.atFirst.slice(0, 2)) {
      assert.match(file?.text ?? '', /^API_KEY="Zebra4711 \\"q\\" \\\$x \\`y\\` \\\\z"\nLEVEL="info"$/m);
      assert.match(file?.text ?? '', /^MAIN="postgresql:\/\/main:[A-Za-z0-9]{20,}@127\.0\.0\.1:5432\/main"$/m);
      assert.equal(file?.mode, '600');
    }
    const { server, floating_ips: floatingIps, peers } = JSON.parse(seen.floating);
    assert.equal(typeof server, 'number');
    assert.equal(floatingIps.length, 2);
    assert.match(peers[0].address, /^\d+\.\d+\.\d+\.\d+$/);

    assert.deepEqual(seen.again, [], 'the second plan');
    assert.deepEqual([seen.changed.planned, seen.changed.deeds], [onlyApps, released], 'a changed variable');
    assert.deepEqual([seen.rotated.planned, seen.rotated.deeds], [onlyApps, released], 'a new value of a secret');
    for (const text of seen.afterRotation.slice(0, 2)) assert.match(text ?? '', /^API_KEY="Okapi4712-value"$/m);

    assert.notEqual(seen.refused.exitCode, 0);
    assert.match(seen.refused.stdout, /files\/etc\/haproxy\/haproxy\.cfg is damaged/);
    assert.deepEqual(seen.afterRefusal.deeds, nothingDone);
    assert.doesNotMatch(seen.afterRefusal.file ?? '', /nonsense/);
    assert.deepEqual(seen.repaired.planned, ['delete+create terraform_data.fsn1_lb_edge_2_push']);
    assert.deepEqual(seen.repaired.deeds, nothingDone, 'what is as it should be stays untouched');

    assert.notEqual(seen.invalid.exitCode, 0, 'F34');
    assert.match(
      seen.invalid.stdout,
      /FAILED: \/etc\/haproxy\/haproxy\.cfg is not valid \(haproxy -c [^)]*, exit 1\):/,
    );
    assert.match(seen.invalid.stdout, /unknown keyword «nonsense»/);
    assert.deepEqual([seen.afterInvalid.areRoutesOld, seen.afterInvalid.deeds], [true, nothingDone]);
    for (const name of ['shop-fsn1-lb-edge-1', 'shop-fsn1-lb-edge-2'])
      assert.ok(seen.valid.deeds[name]?.includes('systemctl reload haproxy.service'), name);

    assert.deepEqual(seen.leaks, [], 'secrets in state, plans, logs, output, or beside the files of hosts');
  });
});

describe('every sample with its secrets', () => {
  for (const sample of sampleNames()) {
    itWithEachTool(`${sample}: validates, and plans a push for each host, with no secret in the plan`, async (tool) => {
      const { model, mainTfJson, hosts } = compileConfigured(sampleText(sample));
      await withWorkspace(tool, mainTfJson, async (workspace) => {
        const names = neededSecrets(model).flatMap(({ variable }) => variable ?? []);
        const made = names.filter((name) => !/token|object_storage/.test(name));
        workspace.setVariables(Object.fromEntries(made.map((name) => [name, `the-value-of-${name}`])));
        workspace.setVariables({
          backups_object_storage_access_key: 'a',
          backups_object_storage_secret_key: 'b',
          apps_object_storage_access_key: 'c',
          apps_object_storage_secret_key: 'd',
        });
        assertSucceeded(await workspace.validate());
        const planned = await workspace.plan();
        const pushes = changeLines(planned).filter((line) => line.endsWith('_push'));
        assert.deepEqual(pushes.sort(), hosts.map(({ host }) => `create terraform_data.${host.key}_push`).sort());
        assert.doesNotMatch(JSON.stringify(planned.json), /the-value-of-/);
      });
    });
  }
});
