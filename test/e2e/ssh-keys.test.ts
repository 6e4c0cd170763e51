import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { before, describe } from 'mocha';
import { bundleCli } from '../../packages/cli/scripts/bundle.mjs';
import { itWithEachTool } from '../support/each-tool.js';
import { deploy, type Site, siteOpener } from '../support/site.js';
import { hetznerToken } from '../support/terraform.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

const topology = `topology: v1
name: shop
region: fsn1
dns: { provider: hetzner, zone: example.com, failover: { by: none } }
load_balancers:
  edge: { count: 1, routes: { shop.example.com: app.web } }
apps:
  web: { count: 1, port: 3000, run: { container: "ghcr.io/acme/shop:1.4.2" } }
access: { ssh_keys: [keys/ops.pub], ssh_from: [198.51.100.0/24] }
`;

const blog = topology.replaceAll('shop', 'blog');

/** Of Hetzner, which knows no key twice in a project. */
const keysOf = ({ api }: Site) => api.snapshot(hetznerToken).sshKeys.map(({ name }) => name);

describe('an SSH key that is in the project already', () => {
  before(() => bundleCli(root));

  const open = siteOpener();

  async function settled(site: Site): Promise<void> {
    const { exitCode, stdout, stderr } = await site.plan([], ['--check']);
    assert.match(stdout, /^no changes: /, stdout + stderr);
    assert.equal(exitCode, 0);
  }

  itWithEachTool('is shared by two topologies, and outlives the one that made it where it is needed', async (tool) => {
    const first = await open(tool, { topology });
    await deploy(first);
    const second = await open(tool, { topology: blog, api: first.api });
    await deploy(second);
    assert.deepEqual(keysOf(first), ['shop-keys-ops']);
    await settled(first);
    await settled(second);

    const destroyed = await first.destroy([], ['--yes']);
    assert.equal(destroyed.exitCode, 0, destroyed.stderr);
    assert.deepEqual(keysOf(second), []);
    const next = await second.plan();
    assert.match(next.stdout, /^ {2}\+ hcloud_ssh_key\.keys_ops\[0\]$/m);
    assert.match(next.stdout, /^1 to create$/m);
    await deploy(second);
    assert.deepEqual(keysOf(second), ['blog-keys-ops']);
    await settled(second);
  });

  itWithEachTool('is used as it is when it was put there by hand, and stays there', async (tool) => {
    const site = await open(tool, { topology });
    const [type, material] = (await readFile(join(site.folder, 'keys/ops.pub'), 'utf8')).split(' ');
    const response = await fetch(`${site.api.url}/ssh_keys`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${hetznerToken}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ name: 'laptop', public_key: `${type} ${material?.trim()} me@laptop` }),
    });
    assert.equal(response.status, 201);
    await deploy(site);
    assert.deepEqual(keysOf(site), ['laptop']);
    await settled(site);
    const destroyed = await site.destroy([], ['--yes']);
    assert.equal(destroyed.exitCode, 0, destroyed.stderr);
    assert.deepEqual(keysOf(site), ['laptop']);
  });
});
