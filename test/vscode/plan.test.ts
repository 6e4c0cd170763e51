import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import type { Frame, Page } from 'playwright-core';
import { openWindow, previewFrame, runCommand } from '../../scripts/editor/pages.mjs';
import { type RunningEditor, startEditor } from '../../scripts/editor/start.mjs';
import { openSite, type Site } from '../support/site.js';
import { hetznerToken, prepareTools, type Tool, toolsTimeout } from '../support/terraform.js';
import { leavePictureOfFailure, takeScreenshot, testTimeout } from './support/editor.js';
import { packaged } from './support/packaged.js';

/** A topology without object storage and without Cloudflare, so that Hetzner's API is all that is asked. */
const topology = `topology: v1
name: shop
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
  main: { engine: mariadb, backup: external.offsite }
external:
  offsite: { type: sftp, host: backup.example.net, user: shop, path: /backups/shop }
access: { ssh_keys: [keys/ops.pub], ssh_from: [198.51.100.0/24] }
`;

/** As long as OpenTofu may take to begin and to plan. */
const planMilliseconds = 120_000;

describe('VS Code, planning with a real tool', function () {
  this.timeout(testTimeout);
  let tool: Tool;
  let site: Site;
  let editor: RunningEditor;
  let page: Page;
  let frame: Frame;

  before(async function () {
    this.timeout(toolsTimeout);
    const { tools } = await prepareTools();
    const [first] = tools;
    assert.ok(first);
    tool = first;
    site = await openSite(tool, { topology });
    await writeFile(join(site.folder, 'topology.yaml'), topology);
    await mkdir(join(site.folder, '.vscode'));
    await configure({});
    const { vsix } = await packaged();
    const { PATH = '' } = site.env;
    editor = await startEditor({
      vsix,
      variables: { ...site.env, PATH: [dirname(tool.path), PATH].join(delimiter) },
    });
    page = await openWindow(editor, site.folder, 'topology.yaml');
    await page.locator('[id$="groundplan.summary"]').waitFor();
    await runCommand(page, 'View: Toggle Primary Side Bar Visibility');
  });
  leavePictureOfFailure(() => page);
  after(async () => {
    await editor?.close();
    await site?.close();
  });

  /** Settings of the folder. */
  function configure(settings: Readonly<Record<string, unknown>>): Promise<void> {
    const all = { 'groundplan.plan.tool': tool.name, ...settings };
    return writeFile(join(site.folder, '.vscode', 'settings.json'), JSON.stringify(all));
  }

  /** Runs the command from the palette, until the preview says what the plan does. */
  async function plan(said: RegExp): Promise<void> {
    await page.locator('.monaco-editor .view-line').first().click();
    await runCommand(page, 'Groundplan: Plan, and Show It in the Preview');
    frame = await previewFrame(page, planMilliseconds);
    await frame.locator('.details summary').filter({ hasText: said }).waitFor({ timeout: planMilliseconds });
  }
  const node = (id: string) => frame.locator(`[data-id="${id}"]`);

  it('shows what would be created, and applies nothing', async () => {
    await plan(/^Plan: \d+ created/);
    for (const tier of ['lb.edge', 'app.web', 'db.main'])
      await node(`tier.fsn1.${tier}`).filter({ hasText: '+ create' }).waitFor();
    assert.deepEqual(site.api.snapshot(hetznerToken).servers, []);
    await runCommand(page, 'View: Hide Panel');
    await takeScreenshot(page, 'plan-created');
  });

  it('shows nothing once that is applied', async () => {
    const applied = await site.tool('apply', '-input=false', '-auto-approve');
    assert.equal(applied.exitCode, 0, applied.stderr);
    assert.equal(site.api.snapshot(hetznerToken).servers.length, 6);
    await plan(/^Plan: nothing changes/);
    assert.equal(await frame.locator('.gp-node .gp-mark').count(), 0);
  });

  it('shows what an edit changes, and what is replaced', async () => {
    const edited = topology.replace('count: 2', 'count: 3').replace('type: cx23', 'type: cx33');
    await writeFile(join(site.folder, 'topology.yaml'), edited);
    await page
      .locator('.view-line')
      .filter({ hasText: /count:.*3/ })
      .waitFor();
    await page.locator('[id$="groundplan.summary"]').filter({ hasText: '7 servers' }).waitFor();
    // What VS Code knows of the one it knows of the other.
    await configure({
      'groundplan.plan.arguments': ['-replace=hcloud_server.fsn1_app_web_1'],
      'groundplan.statusBar': false,
    });
    await page.locator('[id$="groundplan.summary"]').waitFor({ state: 'hidden' });
    await plan(/^Plan: 1 created, 1 changed, 1 replaced/);
    await node('tier.fsn1.app.web').filter({ hasText: '± replace' }).waitFor();
    assert.equal(
      await node('tier.fsn1.db.main')
        .filter({ hasText: /create|update|replace|delete/ })
        .count(),
      0,
    );
    await node('tier.fsn1.app.web').press('e');
    await node('host.fsn1_app_web_1').filter({ hasText: '± replace' }).waitFor();
    await node('host.fsn1_app_web_2').filter({ hasText: '~ update' }).waitFor();
    await node('host.fsn1_app_web_3').filter({ hasText: '+ create' }).waitFor();
    await runCommand(page, 'View: Hide Panel');
    await frame.locator('.stage').evaluate((stage) => stage.scrollTo(0, 0));
    await takeScreenshot(page, 'plan');
  });
});
