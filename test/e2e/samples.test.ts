import assert from 'node:assert/strict';
import { readdir, rm } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { before, describe } from 'mocha';
import { bundleCli } from '../../packages/cli/scripts/bundle.mjs';
import { compileText, sampleNames, sampleText } from '../support/compile-text.js';
import { itWithEachTool } from '../support/each-tool.js';
import { assertSucceeded, changeLines, errorLines } from '../support/expect.js';
import { runProcess } from '../support/process.js';
import { groundplanProgram } from '../support/site.js';
import { whatIsLeft, withWorkspace } from '../support/surroundings.js';
import { hetznerToken, type Tool, type Workspace } from '../support/terraform.js';

/** What one more server is, in the words of each sample: a place in its text, and what stands there instead. */
const oneMore: Readonly<Record<string, { readonly from: string; readonly to: string; readonly host: string }>> = {
  smallest: { from: 'web: { port', to: 'web: { count: 3, port', host: 'fsn1_app_web_3' },
  'single-region': { from: 'count: 4 ', to: 'count: 5 ', host: 'falkenstein_app_web_5' },
  'active-standby': { from: 'site: { port', to: 'site: { count: 3, port', host: 'nbg1_app_site_3' },
  bgp: { from: 'web: { count: 3', to: 'web: { count: 4', host: 'fsn1_app_web_4' },
  'multi-region-galera': { from: 'count: 2 } }', to: 'count: 3 } }', host: 'helsinki_app_web_3' },
  'multi-region-postgresql': { from: 'wiki: { count: 3', to: 'wiki: { count: 4', host: 'ashburn_app_wiki_4' },
  'many-apps': { from: 'api: { count: 4', to: 'api: { count: 5', host: 'main_app_api_5' },
};

/** Where a destroy that nobody meant is tried; it takes half a minute, which the provider spends on trying again. */
const triesToDestroy: ReadonlySet<string> = new Set(['smallest', 'multi-region-galera']);

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The shipped command, on the state of the workspace, after it has built there by itself; its environment is the workspace's, with the tool on the PATH. */
async function destroyWithGroundplan(sample: string, { name, path }: Tool, workspace: Workspace): Promise<void> {
  const environment = workspace.environment();
  const PATH = [dirname(path), environment['PATH'] ?? ''].join(delimiter);
  // Groundplan does not write over what it has not written.
  await rm(join(workspace.dir, 'main.tf.json'));
  const options = [`--tool=${name}`, `--out=${workspace.dir}`, '--yes'];
  const destroyed = await runProcess(process.execPath, [groundplanProgram, 'destroy', sample, ...options], {
    cwd: `${root}/samples`,
    env: { ...environment, PATH },
  });
  assert.equal(destroyed.exitCode, 0, destroyed.stderr);
}

describe('every sample, applied for real', () => {
  before(() => bundleCli(root));

  for (const sample of sampleNames()) {
    itWithEachTool(
      `${sample}: validates, applies, plans nothing more, grows by one, and goes away only when it is meant to`,
      async (tool) => {
        const text = sampleText(sample);
        const { model, mainTfJson } = compileText(text);
        await withWorkspace(tool, mainTfJson, async (workspace, { api, s3 }) => {
          assertSucceeded(await workspace.validate());
          assertSucceeded(await workspace.apply());
          const deployed = api.snapshot(hetznerToken);
          assert.deepEqual(deployed.servers.map(({ name }) => name).sort(), model.hosts.map(({ name }) => name).sort());
          assert.deepEqual(changeLines(await workspace.plan()), []);

          const { from, to, host } = oneMore[sample] ?? assert.fail(`say what one more server is in ${sample}`);
          assert.equal(text.split(from).length, 2, `"${from}" must stand once in ${sample}`);
          await workspace.write(compileText(text.replace(from, to)).mainTfJson);
          const grown = changeLines(await workspace.plan());
          const foreign = grown.filter(
            (line) =>
              !line.startsWith('create ') || !(line.endsWith(`.${host}`) || line.includes('hcloud_placement_group.')),
          );
          assert.deepEqual(foreign, []);
          assert.ok(grown.includes(`create hcloud_server.${host}`));
          assert.equal(grown.filter((line) => line.includes('hcloud_server.')).length, 1);
          await workspace.write(mainTfJson);

          if (triesToDestroy.has(sample)) {
            const before = api.snapshot(hetznerToken).volumes.map(({ name, status }) => [name, status]);
            assert.notDeepEqual(errorLines(await workspace.destroy()), []);
            assert.deepEqual(
              api.snapshot(hetznerToken).volumes.map(({ name, status }) => [name, status]),
              before,
            );
          }
          await destroyWithGroundplan(sample, tool, workspace);
          assert.deepEqual(whatIsLeft(api.snapshot(hetznerToken)), {});
          assert.deepEqual(await readdir(s3.folder), []);
        });
      },
    );
  }
});
