import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { after, before, describe, it } from 'mocha';
import { otherNode } from '../../scripts/other-node.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const groundplan = join(root, 'packages/cli/bin/groundplan.js');
const execute = promisify(execFile);

/** What `groundplan build` writes for a copy of the samples in a folder of its own. */
async function build(
  folder: string,
  sample: string,
  node: string,
  env: NodeJS.ProcessEnv,
): Promise<Map<string, string>> {
  const source = join(folder, sample);
  await cp(join(root, 'samples', sample), source, { recursive: true });
  await execute(node, [groundplan, 'build', join(source, 'topology.yaml')], {
    cwd: folder,
    env: { PATH: process.env['PATH'], ...env },
  });
  const out = join(source, 'build');
  const names = await readdir(out, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const contents = await Promise.all(
    files.map(async (file) => [file.slice(out.length), await readFile(file, 'utf8')] as const),
  );
  return new Map(contents.sort(([a], [b]) => (a < b ? -1 : 1)));
}

describe('the same topology', function () {
  this.timeout(120_000);
  let folder = '';
  let samples: string[] = [];

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'groundplan-same-'));
    const entries = await readdir(join(root, 'samples'), { withFileTypes: true });
    samples = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
    assert.notEqual(samples.length, 0);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('gives the same bytes in any folder, time zone and locale, on both versions of Node', async () => {
    const other = await otherNode();
    for (const sample of samples) {
      const expected = await build(join(folder, 'a'), sample, process.execPath, { TZ: 'UTC', LANG: 'C' });
      const elsewhere = await build(join(folder, 'b', 'deep er', 'ü'), sample, process.execPath, {
        TZ: 'Asia/Kathmandu',
        LANG: 'tr_TR.UTF-8',
        CDKTF_OUTDIR: join(folder, 'lost'),
        CDKTF_CONTEXT_JSON: '{"cdktfRelativeModules":["x"]}',
        SYNTH_HCL_OUTPUT: 'true',
      });
      assert.deepEqual(elsewhere, expected, sample);
      assert.deepEqual(await build(join(folder, 'c'), sample, other, {}), expected, `${sample} on the other Node`);
      assert.ok(!JSON.stringify([...expected]).includes(folder), `${sample} holds an absolute path`);
    }
  });
});
