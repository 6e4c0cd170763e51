import assert from 'node:assert/strict';
import { describe } from 'mocha';
import { compileText } from '../support/compile-text.js';
import { itWithEachTool } from '../support/each-tool.js';
import { assertSucceeded, changeLines, errorLines } from '../support/expect.js';
import { atHetzner, projectOf, type Surroundings, withWorkspace } from '../support/surroundings.js';
import { hetznerToken, type PlanResult, type Workspace } from '../support/terraform.js';

const text = `topology: v1
name: shop
regions:
  one: { location: fsn1 }
dns: { provider: hetzner, zone: example.com }
load_balancers:
  edge: { routes: { shop.example.com: app.web } }
  pair:
    mode: active-standby
    routes: { pair.example.com: app.web }
apps:
  web: { count: 1, port: 3000, run: { container: "ghcr.io/acme/shop:1" } }
databases:
  main: { engine: postgresql, standby: 1, backup: bucket.dumps }
buckets:
  dumps: { location: hel1, versioning: true, writers: [] }
access: { ssh_keys: [keys/ops.pub], ssh_from: [198.51.100.0/24] }
`;

const databaseHosts = ['shop-one-db-main-1', 'shop-one-db-main-2'];

/** The text with each of the edits made; each must find its place once. */
function edited(...edits: readonly (readonly [from: string, to: string])[]): string {
  return edits.reduce((before, [from, to]) => {
    assert.equal(before.split(from).length, 2, `"${from}" must stand once in the topology`);
    return before.replace(from, () => to);
  }, text);
}

const withoutDatabase = edited(['databases:\n  main: { engine: postgresql, standby: 1, backup: bucket.dumps }\n', '']);

/** Runs `work` on the topology as it is, deployed. */
function deployed(
  work: (workspace: Workspace, surroundings: Surroundings) => Promise<void>,
): (tool: Parameters<typeof withWorkspace>[0]) => Promise<void> {
  return (tool) =>
    withWorkspace(tool, compileText(text).mainTfJson, async (workspace, surroundings) => {
      assertSucceeded(await workspace.apply());
      await work(workspace, surroundings);
    });
}

async function planOf(workspace: Workspace, topology: string, args: readonly string[] = []): Promise<PlanResult> {
  await workspace.write(compileText(topology).mainTfJson);
  return workspace.plan(args);
}

/** Applies the last plan, after which there is nothing more to do. */
async function settle(workspace: Workspace): Promise<void> {
  assertSucceeded(await workspace.applyPlan());
  assert.deepEqual(changeLines(await workspace.plan()), []);
}

function idsByName(items: readonly { readonly name: string; readonly id: number }[]): Record<string, number> {
  return Object.fromEntries(items.map(({ name, id }) => [name, id]));
}

describe('day 2, for real', () => {
  itWithEachTool(
    'a database that is gone from the file is refused while planning, and goes when it is meant',
    deployed(async (workspace, surroundings) => {
      const before = surroundings.api.requests().length;
      const { actions: _, ...untouched } = projectOf(surroundings);
      for (const [topology, lost] of [
        [withoutDatabase, databaseHosts],
        [edited(['standby: 1', 'standby: 0']), ['shop-one-db-main-2']],
      ] as const) {
        const refused = await planOf(workspace, topology);
        const [error, ...rest] = errorLines(refused);
        assert.deepEqual(rest, []);
        assert.ok(error?.includes(`${lost.join(', ')} would be destroyed`), error);
        assert.ok(error?.includes(`-var 'unprotected=["${lost.join('", "')}"]'`), error);
        assert.equal(errorLines(await workspace.apply()).length, 1);
      }
      const { actions: __, ...now } = projectOf(surroundings);
      assert.deepEqual(now, untouched);
      const written = surroundings.api
        .requests()
        .slice(before)
        .filter(({ method }) => method !== 'GET');
      assert.deepEqual(written, []);

      workspace.setVariables({ unprotected: JSON.stringify(databaseHosts) });
      const lifting = changeLines(await planOf(workspace, text));
      assert.deepEqual(lifting, [
        'update hcloud_server.one_db_main_1',
        'update hcloud_server.one_db_main_2',
        'update hcloud_volume.one_db_main_1',
        'update hcloud_volume.one_db_main_2',
      ]);
      await settle(workspace);
      const removing = changeLines(await planOf(workspace, withoutDatabase));
      assert.deepEqual(
        removing.filter((line) => !line.startsWith('delete ') || !/db/.test(line)),
        [],
      );
      await settle(workspace);
      const { servers, volumes } = projectOf(surroundings);
      assert.deepEqual(
        servers.filter(({ labels }) => labels.tier === 'db').map(({ name }) => name),
        [],
      );
      assert.deepEqual(volumes, []);
    }),
  );

  itWithEachTool(
    'new names change names in place, and nothing else, as often as they come',
    deployed(async (workspace, surroundings) => {
      const identities = () => {
        const { servers, volumes, primaryIps, floatingIps, networks } = projectOf(surroundings);
        return {
          servers: servers.map(({ id, private_net, public_net }) => [id, private_net[0]?.ip, public_net.ipv4?.ip]),
          others: [volumes, primaryIps, floatingIps, networks].map((items) => items.map(({ id }) => id)),
        };
      };
      const before = identities();
      for (const [region, database, app] of [
        ['first', 'ledger', 'site'],
        ['west', 'books', 'front'],
      ] as const) {
        const renamed = edited(
          ['one: { location', `${region}: { renamed_from: one, location`],
          ['main: { engine', `${database}: { renamed_from: main, engine`],
          ['web: { count', `${app}: { renamed_from: web, count`],
          ['shop.example.com: app.web', `shop.example.com: app.${app}`],
          ['pair.example.com: app.web', `pair.example.com: app.${app}`],
        );
        const changes = changeLines(await planOf(workspace, renamed));
        assert.notEqual(changes.length, 0);
        assert.deepEqual(
          changes.filter((line) => !line.startsWith('update ')),
          [],
        );
        await settle(workspace);
        assert.deepEqual(identities(), before);
        const names = projectOf(surroundings).servers.map(({ name }) => name);
        assert.ok(names.includes(`shop-${region}-db-${database}-1`), names.join(' '));
      }
    }),
  );

  itWithEachTool(
    'an apply never undoes a failover',
    deployed(async (workspace, surroundings) => {
      const { servers, floatingIps, zones } = projectOf(surroundings);
      const second = servers.find(({ name }) => name === 'shop-one-lb-pair-2');
      const alive = servers.find(({ name }) => name === 'shop-one-lb-edge-2');
      assert.ok(second && alive);
      assert.equal(floatingIps.length, 2);
      for (const { id } of floatingIps) {
        await atHetzner(surroundings, `/floating_ips/${id}/actions/assign`, { server: second.id });
      }
      const zone = zones.find(({ name }) => name === 'example.com');
      const records = [{ value: alive.public_net.ipv4?.ip }];
      await atHetzner(surroundings, `/zones/${zone?.id}/rrsets/shop/A/actions/set_records`, { records });

      assert.deepEqual(changeLines(await workspace.plan()), []);
      assertSucceeded(await workspace.apply());
      const after = projectOf(surroundings);
      assert.deepEqual(
        after.floatingIps.map(({ server }) => server),
        [second.id, second.id],
      );
      const rrset = after.rrsets.find(({ name, type }) => name === 'shop' && type === 'A');
      assert.deepEqual(
        rrset?.records.map(({ value }) => value),
        records.map(({ value }) => value),
      );
    }),
  );

  itWithEachTool(
    'a database server that is replaced keeps its addresses and its volume, and needs its protection lifted first',
    deployed(async (workspace, surroundings) => {
      const name = 'shop-one-db-main-2';
      const facts = () => {
        const { servers, volumes } = projectOf(surroundings);
        const server = servers.find((candidate) => candidate.name === name);
        const volume = volumes.find((candidate) => candidate.name === name);
        assert.ok(server && volume);
        const { private_net, public_net } = server;
        const kept = [volume.id, private_net[0]?.ip, public_net.ipv4?.ip, public_net.ipv6?.ip];
        return { id: server.id, attachedTo: volume.server, kept };
      };
      const before = facts();
      workspace.setVariables({ unprotected: JSON.stringify([name]) });
      assertSucceeded(await workspace.apply());
      assertSucceeded(await workspace.apply(['-replace=hcloud_server.one_db_main_2']));
      const after = facts();
      assert.notEqual(after.id, before.id);
      assert.equal(after.attachedTo, after.id);
      assert.deepEqual(after.kept, before.kept);
      workspace.setVariables({ unprotected: '[]' });
      assertSucceeded(await workspace.apply());
      assert.deepEqual(changeLines(await workspace.plan()), []);
      const replaced = projectOf(surroundings).servers.find((server) => server.name === name);
      assert.deepEqual(replaced?.protection, { delete: true, rebuild: true });
    }),
  );

  itWithEachTool(
    'a second region, another app and another balancer leave every server as it was',
    deployed(async (workspace, surroundings) => {
      const before = idsByName(projectOf(surroundings).servers);
      const grown = edited(
        [
          'one: { location: fsn1 }\n',
          'one: { location: fsn1 }\n  two: { location: hel1 }\narbiter: { location: nbg1 }\n',
        ],
        [
          'engine: postgresql, standby: 1,',
          'engine: postgresql, standby: 1, replication: { between_regions: pglogical },',
        ],
        ['apps:\n', 'apps:\n  api: { count: 1, port: 3001, run: { container: "ghcr.io/acme/api:1" } }\n'],
        ['edge: { routes', 'edge: { count: 3, routes'],
      );
      const changes = changeLines(await planOf(workspace, grown));
      assert.deepEqual(
        changes.filter((line) => !line.startsWith('create ')),
        // The checkers of the other region come in at the balancers, its database servers at the database servers.
        ['update hcloud_firewall.db', 'update hcloud_firewall.lb'],
      );
      await settle(workspace);
      const after = idsByName(projectOf(surroundings).servers);
      assert.deepEqual({ ...after, ...before }, after);
    }),
  );

  itWithEachTool(
    'no token and no key is in the state or in the plan file',
    deployed(async (workspace, { s3 }) => {
      assertSucceeded(await planOf(workspace, edited(['web: { count: 1', 'web: { count: 2'])));
      const state = JSON.stringify(await workspace.stateJson());
      // The plan file is compressed; this shows all of it, the values of variables too.
      const plan = await workspace.run(['show', '-json', 'plan.bin']);
      for (const secret of [hetznerToken, s3.secretKey]) {
        assert.equal(state.includes(secret), false, 'in the state');
        assert.equal(plan.stdout.includes(secret), false, 'in the plan');
      }
      assert.ok(plan.stdout.includes('hcloud_server.one_app_web_2'));
    }),
  );
});
