import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, it } from 'mocha';
import { bundleCli } from '../../packages/cli/scripts/bundle.mjs';
import { publicKey, put, topology } from '../../packages/language-server/test/support/project.js';
import { needs } from '../support/needs.js';
import { runProcess } from '../support/process.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

interface Results {
  readonly problem?: string;
  readonly diagnostics: readonly string[];
  readonly marked: string;
  readonly hover: string;
  readonly completion: readonly string[];
  readonly text: readonly string[];
}

describe('Neovim, as Debian has it', () => {
  it('shows mistakes, completes, explains, renames and formats', async function () {
    this.timeout(60_000);
    const nvim = needs(this, 'nvim');
    await bundleCli(root);
    const folder = await mkdtemp(join(tmpdir(), 'groundplan-neovim-'));
    try {
      const written = topology(
        ['app.web', 'app.wbe'],
        ['name: shop', 'name:   shop # 🦊'],
        ['  edge: {', '  edge:   {'],
      );
      await put(folder, 'topology.yaml', written);
      await put(folder, 'keys/ops.pub', publicKey);
      const { exitCode, stdout, stderr } = await runProcess(
        nvim,
        ['--headless', '--clean', '-c', `luafile ${join(root, 'test/editors/neovim.lua')}`],
        {
          cwd: folder,
          env: {
            PATH: process.env.PATH ?? '',
            HOME: folder,
            LANG: 'C.UTF-8',
            GROUNDPLAN_FILE: join(folder, 'topology.yaml'),
            GROUNDPLAN_SERVER: JSON.stringify([
              process.execPath,
              join(root, 'packages/cli/bin/groundplan.js'),
              'lsp',
              '--stdio',
            ]),
          },
          timeoutMilliseconds: 50_000,
        },
      );
      assert.equal(exitCode, 0, stderr);
      const results = JSON.parse(stdout) as Results;
      assert.equal(results.problem, undefined);
      assert.deepEqual(results.diagnostics, ['reference/unknown']);
      assert.equal(results.marked, 'app.wbe');
      assert.match(results.hover, /web/);
      assert.ok(results.completion.includes('app.web'), results.completion.join());
      const text = results.text.join('\n');
      assert.match(text, /^name: shop # 🦊$/mu);
      assert.match(text, /^ {2}edge: \{ routes: \{ shop\.example\.com: app\.site \} \}$/m);
      assert.match(text, /^ {2}site: \{.*renamed_from: web/m);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
