import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Quotas } from '@groundplan/hetzner-api';
import { before, describe } from 'mocha';
import { bundleCli } from '../../packages/cli/scripts/bundle.mjs';
import { itWithEachTool } from '../support/each-tool.js';
import { deploy, type Site, siteOpener } from '../support/site.js';
import { hetznerToken, type Tool } from '../support/terraform.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A topology without object storage and without Cloudflare, so that Hetzner's API is all that is asked. */
const topology = `topology: v1
name: shop
image: debian-13
region: fsn1
dns: { provider: hetzner, zone: example.com, failover: { by: none } }
load_balancers:
  edge: { routes: { shop.example.com: app.web } }
apps:
  web:
    count: 2
    type: cx23
    port: 3000
    run: { container: "ghcr.io/acme/shop:1.4.2" }
    env: { DATABASE_URL: "\${database.main.url}" }
databases:
  main: { standby: 0, volume: { size: 50GB }, backup: external.offsite }
  audit: { standby: 0, port: 5433, backup: external.offsite }
external:
  offsite: { type: sftp, host: backup.example.net, user: shop, path: /backups/shop }
access: { ssh_keys: [keys/ops.pub], ssh_from: [198.51.100.0/24] }
`;

describe('groundplan plan with real tools', () => {
  before(() => bundleCli(root));

  const openOne = siteOpener();
  const open = (tool: Tool, quotas: Partial<Quotas> = {}) => openOne(tool, { topology, quotas });

  /** A project whose topology is deployed. */
  async function deployed(tool: Tool): Promise<Site> {
    const site = await open(tool);
    await deploy(site);
    return site;
  }

  itWithEachTool('shows what is created, under the lines that make it', async (tool) => {
    const { plan, api } = await open(tool);
    const { exitCode, stdout } = await plan();
    const blocks = changesByLine(stdout);
    assert.deepEqual(blocks.get('4 region: fsn1'), ['+ hcloud_network.fsn1', '+ hcloud_network_subnet.fsn1']);
    assert.deepEqual(blocks.get('10 count: 2'), ['+ hcloud_server.fsn1_app_web_1', '+ hcloud_server.fsn1_app_web_2']);
    assert.ok(
      blocks
        .get('16 main: { standby: 0, volume: { size: 50GB }, backup: external.offsite }')
        ?.includes('+ hcloud_volume.fsn1_db_main_1'),
    );
    assert.match(stdout, /\n\d+ to create\n/);
    assert.match(stdout, /\n0 errors, /);
    assert.equal(exitCode, 0);
    assert.deepEqual(api.snapshot(hetznerToken).servers, []);
  });

  itWithEachTool('shows what an edit of the topology changes', async (tool) => {
    const { plan, tool: run, set } = await deployed(tool);
    const unchanged = await plan([], ['--check']);
    assert.match(unchanged.stdout, /^no changes: what is deployed is what the topology says\n/);
    assert.equal(unchanged.exitCode, 0);

    const more = await plan([['count: 2', 'count: 3']]);
    assert.deepEqual([...changesByLine(more.stdout)], [['10 count: 3', ['+ hcloud_server.fsn1_app_web_3']]]);
    assert.match(more.stdout, /\n1 to create\n/);
    assert.equal(more.exitCode, 0);
    assert.equal((await plan([['count: 2', 'count: 3']], ['--check'])).exitCode, 1);

    const rescaled = await plan([['type: cx23', 'type: cx33']]);
    assert.deepEqual(
      [...changesByLine(rescaled.stdout)],
      [['11 type: cx33', [1, 2].map((each) => `~ hcloud_server.fsn1_app_web_${each}  server_type (cx23 → cx33)`)]],
    );
    assert.match(
      rescaled.stdout,
      /\ntopology\.yaml:11:11 warning plan\/reprices {2}the plan rescales shop-fsn1-app-web-1, shop-fsn1-app-web-2 from cx23 to cx33/,
    );
    assert.equal(rescaled.exitCode, 0);

    const renamed = await plan([
      ['  web:\n', '  site:\n    renamed_from: web\n'],
      ['app.web', 'app.site'],
    ]);
    assert.doesNotMatch(renamed.stdout, /^ {2}[+±-] /m);
    assert.match(
      renamed.stdout,
      /~ hcloud_server\.fsn1_app_web_1 {2}name \(shop-fsn1-app-web-1 → shop-fsn1-app-site-1\)/,
    );
    assert.equal(renamed.exitCode, 0);

    const shrunk = await plan([['size: 50GB', 'size: 20GB']]);
    assert.match(
      shrunk.stdout,
      /\ntopology\.yaml:16:39 error volume\/shrunk {2}the volume shop-fsn1-db-main-1 has 50 GB and cannot shrink to 20 GB: write 50GB\n/,
    );
    assert.equal(shrunk.exitCode, 1);

    const replaced = await plan([], ['--', '-replace=hcloud_server.fsn1_db_main_1']);
    assert.match(
      replaced.stdout,
      /\ntopology\.yaml:16:20 error plan\/replaces-stateful .* because of -replace, and with it its disk: /,
    );
    assert.equal(replaced.exitCode, 1);

    const before = await run('state', 'pull');
    const lost = await plan([['  audit: { standby: 0, port: 5433, backup: external.offsite }\n', '']]);
    assert.match(lost.stdout, /, as far as planning came\n/);
    assert.match(
      lost.stdout,
      /\ntopology\.yaml:15:1 error plan\/replaces-stateful {2}the plan would destroy shop-fsn1-db-audit-1, and with it its data: put it back; or, if you mean it, .* -var 'unprotected=\["shop-fsn1-db-audit-1"\]'/,
    );
    assert.ok(
      changesByLine(lost.stdout)
        .get('15 databases:')
        ?.includes('- hcloud_volume.fsn1_db_audit_1  no longer in the topology'),
    );
    assert.equal(lost.exitCode, 1);
    assert.equal((await run('state', 'pull')).stdout, before.stdout);

    // As the error says: first the protection is lifted, with the database still there.
    const meant = `-var=unprotected=["shop-fsn1-db-audit-1"]`;
    await plan([], ['--', meant, '-out=lift.tfplan']);
    assert.equal((await run('apply', '-input=false', 'lift.tfplan')).exitCode, 0);
    const gone = await plan([['  audit: { standby: 0, port: 5433, backup: external.offsite }\n', '']], ['--', meant]);
    assert.match(
      gone.stdout,
      /\ntopology\.yaml:15:1 warning plan\/replaces-stateful .*: its protection is lifted already\n/,
    );
    assert.equal(gone.exitCode, 0);
    const forgotten = await plan([['  audit: { standby: 0, port: 5433, backup: external.offsite }\n', '']]);
    assert.match(
      forgotten.stdout,
      /\ntopology\.yaml:15:1 error plan\/refused {2}shop-fsn1-db-audit-1 would be destroyed/,
    );
    assert.equal(forgotten.exitCode, 1);

    set('TF_VAR_hcloud_token', '0'.repeat(64));
    const refused = await plan([], ['--quiet']);
    assert.deepEqual([refused.exitCode, refused.stdout], [2, '']);
    assert.match(refused.stderr, /^groundplan: .*\(unauthorized\)\n$/);
    set('TF_VAR_hcloud_token', undefined);
    const unset = await plan([], ['--quiet']);
    assert.deepEqual([unset.exitCode, unset.stdout], [2, '']);
    assert.equal(unset.stderr, 'groundplan: set TF_VAR_hcloud_token, which has no value\n');
    set('TF_VAR_hcloud_token', hetznerToken);
    set('HCLOUD_ENDPOINT', 'http://127.0.0.1:9/v1');
    const unreachable = await plan([], ['--quiet']);
    assert.deepEqual([unreachable.exitCode, unreachable.stdout], [2, '']);
    assert.match(unreachable.stderr, /^groundplan: http:\/\/127\.0\.0\.1:9 cannot be reached: .*connection refused\n$/);
  });

  itWithEachTool('shows what only Hetzner can refuse, before it does', async (tool) => {
    const { plan } = await open(tool);
    const unknown = await plan([['type: cx23', 'type: cx99']]);
    assert.match(unknown.stdout, /\ntopology\.yaml:11:11 error plan\/not-sold {2}Hetzner knows no server type cx99, /);
    assert.equal(unknown.exitCode, 1);
    const elsewhere = await plan([['type: cx23', 'type: cpx11']]);
    assert.match(
      elsewhere.stdout,
      /\ntopology\.yaml:11:11 error plan\/not-sold {2}Hetzner does not sell cpx11 in fsn1 today, /,
    );
    assert.equal(elsewhere.exitCode, 1);
  });

  itWithEachTool('shows what Hetzner refused in the middle of an apply', async (tool) => {
    const { plan, tool: run, folder } = await open(tool, { volumeSize: 60 });
    const changes = [['type: cx23', 'type: cx99']] as const;
    await plan(changes);
    const applied = await run('apply', '-json', '-input=false', '-auto-approve', '-parallelism=1');
    assert.equal(applied.exitCode, 1);
    await writeFile(join(folder, 'apply.log'), applied.stdout);
    const { exitCode, stdout } = await plan(changes, ['--from', 'apply.log', '--quiet']);
    assert.match(
      stdout,
      /^topology\.yaml:11:11 error plan\/refused {2}server type cx99 not found \(hcloud_server\.fsn1_app_web_1, hcloud_server\.fsn1_app_web_2\)$/m,
    );
    assert.match(
      stdout,
      /^topology\.yaml:1[67]:\d+ error plan\/refused {2}.*\(resource_limit_exceeded\).*\(hcloud_volume\.fsn1_db_(?:main|audit)_1\)$/m,
    );
    assert.equal(exitCode, 1);
  });

  itWithEachTool('says in one block what init fails for', async (tool) => {
    const { plan, folder, set } = await open(tool);
    await writeFile(
      join(folder, 'empty.tfrc'),
      `provider_installation {\n  filesystem_mirror { path = "${folder}/none" }\n}\n`,
    );
    set('TF_CLI_CONFIG_FILE', join(folder, 'empty.tfrc'));
    const { exitCode, stdout, stderr } = await plan([], ['--quiet']);
    assert.match(stderr, new RegExp(`^groundplan: ${tool.name} init failed in build:\\n(?: {2}\\S.*\\n)+$`));
    assert.match(stderr, /hetznercloud\/hcloud/);
    assert.deepEqual([exitCode, stdout], [2, '']);
    assert.match(await readFile(join(folder, 'build/main.tf.json'), 'utf8'), /^\{\n/);
  });
});

/** The changes in the text of a plan by `<line number> <text of the line>`. */
function changesByLine(stdout: string): Map<string, string[]> {
  const blocks = stdout.split('\n\n').flatMap((block): [string, string[]][] => {
    const [heading = '', ...rows] = block.split('\n');
    const [, line, text] = /^topology\.yaml:(\d+) {2}(.*)$/.exec(heading) ?? [];
    return line === undefined ? [] : [[`${line} ${text}`, rows.map((row) => row.trim())]];
  });
  return new Map(blocks);
}
