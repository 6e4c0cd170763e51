import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { type RunningApi, startApi } from '@groundplan/hetzner-api';
import { describe } from 'mocha';
import { itWithEachTool } from '../../../../test/support/each-tool.js';
import { hetznerToken, openWorkspace, type Tool, type Workspace } from '../../../../test/support/terraform.js';
import { testCatalog } from '../support/catalog.js';

const fixture = new URL('everything.tf.json', import.meta.url);

/** Runs a test in a workspace that holds the fixture, against an API whose actions take a while. */
async function withEverything(
  tool: Tool,
  test: (workspace: Workspace, api: RunningApi) => Promise<void>,
): Promise<void> {
  const api = await startApi({ zones: ['example.com'], actionMilliseconds: 30, catalog: testCatalog });
  try {
    const mainTfJson = await readFile(fixture, 'utf8');
    const workspace = await openWorkspace({ tool, mainTfJson, hetznerUrl: api.url });
    try {
      succeeded(await workspace.init());
      await test(workspace, api);
    } finally {
      await workspace.dispose();
    }
  } finally {
    await api.close();
  }
}

function succeeded(result: { exitCode: number; stdout: string; stderr: string }): void {
  assert.equal(result.exitCode, 0, `${result.stderr}\n${result.stdout}`);
}

/** What a plan would do, as `action address`, sorted. */
async function planned(workspace: Workspace): Promise<string[]> {
  const plan = await workspace.plan();
  assert.notEqual(plan.exitCode, 1, plan.stdout);
  return plan.changes
    .filter((change) => change.mode === 'managed')
    .map((change) => `${change.actions.join('-')} ${change.address}`)
    .sort();
}

describe('the real Hetzner provider', () => {
  itWithEachTool('makes one of everything, changes it in place, and destroys it', async (tool) => {
    await withEverything(tool, async (workspace, api) => {
      succeeded(await workspace.apply());
      assert.deepEqual(await planned(workspace), []);

      const made = api.snapshot(hetznerToken);
      assert.deepEqual(made.servers.map((server) => [server.name, server.status, server.private_net[0]?.ip]).sort(), [
        ['shop-fsn1-app-web-0', 'running', '10.10.1.0'],
        ['shop-fsn1-app-web-1', 'running', '10.10.1.1'],
        ['shop-fsn1-db-main-0', 'running', '10.10.192.17'],
        ['shop-fsn1-sto-media-0', 'running', '10.10.0.2'],
      ]);

      workspace.setVariables({
        apps: '3',
        volume_size: '30',
        protected: 'false',
        ssh_from: '["192.0.2.0/24"]',
        addresses: '["203.0.113.200", "203.0.113.201"]',
      });
      assert.deepEqual(await planned(workspace), [
        'create hcloud_server.app[2]',
        'update hcloud_firewall.app',
        'update hcloud_server.database',
        'update hcloud_volume.database',
        'update hcloud_zone_rrset.list',
      ]);
      succeeded(await workspace.applyPlan());
      assert.deepEqual(await planned(workspace), []);

      workspace.setVariables({ app_type: 'cx43' });
      assert.deepEqual(await planned(workspace), [
        'update hcloud_server.app[0]',
        'update hcloud_server.app[1]',
        'update hcloud_server.app[2]',
      ]);
      succeeded(await workspace.applyPlan());
      assert.deepEqual(await planned(workspace), []);
      const rescaled = api.snapshot(hetznerToken).servers.filter((server) => server.labels.tier === 'app');
      assert.deepEqual(
        rescaled.map((server) => [server.server_type.name, server.status, server.primary_disk_size]),
        [0, 1, 2].map(() => ['cx43', 'running', 80]),
      );

      succeeded(await workspace.destroy());
      const { actions, zones, rrsets, ...left } = api.snapshot(hetznerToken);
      assert.ok(actions.every((action) => action.status === 'success'));
      assert.deepEqual(
        zones.map((zone) => zone.name),
        ['example.com'],
      );
      assert.deepEqual(rrsets.map((rrset) => rrset.id).sort(), ['@/NS', '@/SOA']);
      for (const [family, resources] of Object.entries(left)) assert.deepEqual(resources, [], family);
    });
  });

  itWithEachTool('is refused the deletion of a protected server', async (tool) => {
    await withEverything(tool, async (workspace, api) => {
      succeeded(await workspace.apply());
      // The server alone, with what depends on it: the provider tries for half a minute to delete a protected volume.
      const destroyed = await workspace.destroy(['-target=hcloud_server.database']);
      assert.equal(destroyed.exitCode, 1);
      assert.ok(
        destroyed.diagnostics.some((one) => one.summary.includes('server deletion is protected')),
        destroyed.stdout,
      );
      const left = api.snapshot(hetznerToken);
      assert.ok(left.servers.some((server) => server.name === 'shop-fsn1-db-main-0' && server.status === 'running'));
    });
  });

  for (const [what, variables, message] of [
    ['a type that is not sold there', { app_type: 'cpx11' }, 'unsupported location for server type'],
    ['a volume beyond the limit', { volume_size: '20000' }, 'must be between 10 and 10240'],
    ['more than ten servers of a spread group', { apps: '11' }, 'contains already 10 servers'],
  ] as const) {
    itWithEachTool(`is refused ${what}`, async (tool) => {
      await withEverything(tool, async (workspace) => {
        workspace.setVariables(variables);
        const applied = await workspace.apply();
        assert.equal(applied.exitCode, 1);
        const text = applied.diagnostics.map((one) => `${one.summary} ${one.detail}`).join('\n');
        assert.ok(text.includes(message), text);
      });
    });
  }

  itWithEachTool('waits out the rate limit and a gateway that is down', async (tool) => {
    await withEverything(tool, async (workspace, api) => {
      api.faults.add({ method: 'POST', path: '/networks', count: 1, effect: { kind: 'response', status: 429 } });
      api.faults.add({ method: 'POST', path: '/servers', count: 1, effect: { kind: 'response', status: 502 } });
      succeeded(await workspace.apply());
      assert.deepEqual(api.faults.list(), []);
      assert.deepEqual(await planned(workspace), []);
    });
  });
});
