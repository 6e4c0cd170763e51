import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { before, describe } from 'mocha';
import { bundleCli } from '../../packages/cli/scripts/bundle.mjs';
import { itWithEachTool } from '../support/each-tool.js';
import { deploy, type Site, siteOpener } from '../support/site.js';
import { hetznerToken, type Tool } from '../support/terraform.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

const topology = `topology: v1
name: shop
image: debian-13
region: fsn1
dns: { provider: hetzner, zone: example.com, failover: { by: none } }
load_balancers:
  edge: { count: 1, routes: { shop.example.com: app.web } }
apps:
  web: { count: 2, port: 3000, run: { container: "ghcr.io/acme/shop:1.4.2" } }
databases:
  main: { standby: 1, backup: external.offsite }
  audit: { standby: 0, port: 5433, backup: external.offsite }
external:
  offsite: { type: sftp, host: backup.example.net, user: shop, path: /backups/shop }
access: { ssh_keys: [keys/ops.pub], ssh_from: [198.51.100.0/24] }
`;

describe('groundplan replace with real tools', () => {
  before(() => bundleCli(root));

  const open = siteOpener();

  async function deployed(tool: Tool): Promise<Site> {
    const site = await open(tool, { topology });
    await deploy(site);
    return site;
  }

  /** The ids of what the topology made, by kind and name; Hetzner itself makes the addresses of app servers. */
  const ids = ({ api }: Site) => {
    const { servers, volumes, primaryIps: addresses } = api.snapshot(hetznerToken);
    const rows = { servers, volumes, addresses } as Record<string, readonly { id: number; name: string }[]>;
    return new Map(
      Object.entries(rows)
        .flatMap(([kind, all]) => all.map(({ id, name }) => [`${kind} ${name}`, id]))
        .filter(([key]) => String(key).includes(' shop-')) as [string, number][],
    );
  };
  /** What is other than it was. */
  const changed = (was: ReadonlyMap<string, number>, is: ReadonlyMap<string, number>) =>
    [...new Set([...was.keys(), ...is.keys()])].filter((key) => was.get(key) !== is.get(key)).sort();
  const isSettled = async (site: Site) => {
    const { exitCode, stdout, stderr } = await site.plan([], ['--check']);
    assert.equal(exitCode, 0, stdout + stderr);
  };

  itWithEachTool('replaces a database server on its volume, and nothing else', async (tool) => {
    const site = await deployed(tool);
    const was = ids(site);
    const unasked = await site.replace([], ['shop-fsn1-db-main-2']);
    assert.deepEqual([unasked.exitCode, unasked.stdout], [2, '']);
    assert.match(unasked.stderr, /^groundplan: there is no terminal to ask at: add --yes /);

    const { exitCode, stderr } = await site.replace([], ['shop-fsn1-db-main-2', '--yes', '--', '-parallelism=20']);
    assert.equal(exitCode, 0, stderr);
    assert.equal(
      stderr.slice(stderr.indexOf('this replaces')),
      `this replaces shop-fsn1-db-main-2, in this order:
  1. its protection is lifted
  2. its volume (50 GB) is taken off, and stays
  3. the server is destroyed, with what is on its own disk
  4. the server is made anew: cx33 in fsn1, debian-13, ${addressIn(stderr)} in its network, the same public addresses
  5. the old volume is attached
  if it is the primary, switch over first (RUNBOOK.md), or writes fail for some 20 s until another takes over
shop-fsn1-db-main-2 is replaced
`,
    );
    assert.deepEqual(changed(was, ids(site)), ['servers shop-fsn1-db-main-2']);
    const { servers, volumes } = site.api.snapshot(hetznerToken);
    const server = servers.find(({ name }) => name === 'shop-fsn1-db-main-2');
    const volume = volumes.find(({ name }) => name === 'shop-fsn1-db-main-2');
    assert.equal(volume?.server, server?.id);
    assert.equal(server?.protection.delete, true, 'it is protected again');
    await isSettled(site);
  });

  itWithEachTool('replaces a volume only where another server has the data, or nobody needs it', async (tool) => {
    const site = await deployed(tool);
    const was = ids(site);
    const only = await site.replace([], ['shop-fsn1-db-audit-1', '--volume', '--yes']);
    assert.match(
      only.stderr,
      /\ngroundplan: no other server has the data on the volume of shop-fsn1-db-audit-1: what is left of it is the backup in external\.offsite, .* add --lose-data\n$/,
    );
    assert.equal(only.exitCode, 2);
    assert.deepEqual(changed(was, ids(site)), []);

    const copied = await site.replace([], ['shop-fsn1-db-main-1', '--volume', '--yes']);
    assert.equal(copied.exitCode, 0, copied.stderr);
    assert.match(copied.stderr, /\n {2}\d\. its volume \(50 GB\) is destroyed, with all data on it\n/);
    assert.match(copied.stderr, /\n {2}\d\. it copies the data from shop-fsn1-db-main-2\n/);
    assert.match(copied.stderr, /\n {2}if it is the primary, what it acknowledged in the last second may be lost: /);
    assert.deepEqual(changed(was, ids(site)), ['servers shop-fsn1-db-main-1', 'volumes shop-fsn1-db-main-1']);

    const lost = await site.replace([], ['shop-fsn1-db-audit-1', '--volume', '--lose-data', '--yes']);
    assert.equal(lost.exitCode, 0, lost.stderr);
    assert.match(
      lost.stderr,
      /\n {2}no other server has the data: what is left of it is the backup in external\.offsite, /,
    );
    assert.match(lost.stderr, /\n {2}until it is back, there is no database audit in fsn1: this is an outage\n/);
    await isSettled(site);
  });

  itWithEachTool('makes nothing that is pending, unless it is told to', async (tool) => {
    const site = await deployed(tool);
    const was = ids(site);
    const third = [['count: 2', 'count: 3']] as const;
    const refused = await site.replace(third, ['shop-fsn1-app-web-1', '--yes']);
    assert.match(
      refused.stderr,
      /\ngroundplan: 1 change of the topology is not applied yet \(hcloud_server\.fsn1_app_web_3; "groundplan plan" shows all\): apply first, or add --with-pending /,
    );
    assert.equal(refused.exitCode, 2);
    assert.deepEqual(changed(was, ids(site)), []);

    const fewer = await site.replace([['count: 2', 'count: 1']], ['shop-fsn1-app-web-1', '--with-pending', '--yes']);
    assert.match(
      fewer.stderr,
      /\ngroundplan: the plan would also destroy hcloud_server\.fsn1_app_web_2: nothing was replaced\n$/,
    );
    assert.deepEqual(changed(was, ids(site)), []);

    const both = await site.replace(third, ['shop-fsn1-app-web-1', '--with-pending', '--yes']);
    assert.equal(both.exitCode, 0, both.stderr);
    assert.match(both.stderr, /\n {2}\d\. also: create hcloud_server\.fsn1_app_web_3\n/);
    assert.deepEqual(changed(was, ids(site)), ['servers shop-fsn1-app-web-1', 'servers shop-fsn1-app-web-3']);
  });

  itWithEachTool('makes a server again that somebody deleted, and a balancer with its addresses', async (tool) => {
    const site = await deployed(tool);
    const was = ids(site);
    const headers = { Authorization: `Bearer ${hetznerToken}` };
    const deleted = was.get('servers shop-fsn1-app-web-2');
    const answer = await fetch(`${site.api.url}/servers/${deleted}`, { method: 'DELETE', headers });
    assert.equal(answer.status, 200);
    const again = await site.replace([], ['shop-fsn1-app-web-2', '--yes']);
    assert.equal(again.exitCode, 0, again.stderr);
    assert.match(again.stderr, /this replaces shop-fsn1-app-web-2, in this order:\n {2}1\. the server is made anew: /);

    const balancer = await site.replace([], ['shop-fsn1-lb-edge-1', '--yes']);
    assert.equal(balancer.exitCode, 0, balancer.stderr);
    assert.match(
      balancer.stderr,
      /\n {2}until it is back, there is no load balancer edge in fsn1: this is an outage\n/,
    );
    assert.deepEqual(changed(was, ids(site)), ['servers shop-fsn1-app-web-2', 'servers shop-fsn1-lb-edge-1']);
    await isSettled(site);
  });
});

function addressIn(said: string): string {
  return /10\.\d+\.\d+\.\d+/.exec(said)?.[0] ?? '';
}
