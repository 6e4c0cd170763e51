import assert from 'node:assert/strict';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, it } from 'mocha';
import { hashOf } from '../src/output/manifest.js';
import { type Ended, groundplan } from './support/groundplan.js';
import { addFiles, filesIn, inProject } from './support/project.js';
import { project } from './support/topologies.js';

const failAt = pathToFileURL(fileURLToPath(new URL('support/fail-at.mjs', import.meta.url))).href;
const fence = 'groundplan-unfinished.tf.json';

type How = 'kill' | 'ENOSPC';

/** A build that fails at one of its calls to the system, or says how many it makes. */
function failingBuild(folder: string, failure?: { readonly at: number; readonly how: How }): Promise<Ended> {
  return groundplan(['build'], {
    folder,
    nodeOptions: ['--import', failAt],
    variables: {
      FAIL_UNDER: join(folder, 'build'),
      ...(failure === undefined ? {} : { FAIL_AT: String(failure.at), FAIL_HOW: failure.how }),
    },
  });
}

async function contentOf(folder: string): Promise<Record<string, string>> {
  return filesIn(join(folder, 'build'));
}

/** Without what only an unfinished build has in the folder. */
function settled(files: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).filter(([path]) => path !== fence && !path.startsWith('.groundplan/')));
}

/** A folder that was built, in which the next build changes files, adds one and removes one. */
async function inOldProject(work: (folder: string) => Promise<void>): Promise<void> {
  await inProject(project(), async (folder) => {
    assert.equal((await groundplan(['build'], { folder })).code, 0);
    const { 'groundplan.json': written = '', 'trace.json': _trace, ...files } = await contentOf(folder);
    const manifest = JSON.parse(written);
    delete manifest.files['trace.json'];
    manifest.files['hosts/old/manifest.json'] = hashOf('old');
    await addFiles(join(folder, 'build'), {
      ...files,
      'hosts/old/manifest.json': 'old',
      'groundplan.json': `${JSON.stringify(manifest, undefined, 2)}\n`,
      'terraform.tfstate': 'state',
    });
    await (await import('node:fs/promises')).rm(join(folder, 'build/trace.json'));
    await addFiles(folder, project(['port: 3000,', 'port: 3000, count: 3,']));
    await work(folder);
  });
}

/** What the folder holds before and after a build that nothing disturbs, and how many calls that makes. */
async function undisturbed(): Promise<{ before: Record<string, string>; after: Record<string, string>; calls: number }> {
  let result: { before: Record<string, string>; after: Record<string, string>; calls: number } | undefined;
  await inOldProject(async (folder) => {
    const before = await contentOf(folder);
    const { code, stderr } = await failingBuild(folder);
    assert.equal(code, 0, stderr);
    result = { before, after: await contentOf(folder), calls: Number(/calls: (\d+)/.exec(stderr)?.[1]) };
  });
  assert.ok(result !== undefined);
  return result;
}

describe('a build that is cut off', () => {
  it('by a kill at any point leaves the old folder, the new one, or one that Terraform refuses and the next build completes', async function () {
    this.timeout(300_000);
    const { before, after, calls } = await undisturbed();
    assert.ok(calls > 15, `${calls} calls`);
    const seen = { old: 0, new: 0, refused: 0 };
    for (let at = 1; at <= calls; at++) {
      await inOldProject(async (folder) => {
        const { signal } = await failingBuild(folder, { at, how: 'kill' });
        assert.equal(signal, 'SIGKILL', `call ${at}`);
        const left = await contentOf(folder);
        const state = stateOf(left, before, after);
        assert.notEqual(state, 'mixed', `call ${at}: ${Object.keys(left).join(' ')}`);
        if (state !== 'mixed') seen[state]++;
        const ended = await groundplan(['build'], { folder });
        assert.equal(ended.code, 0, `call ${at}: ${ended.stderr}`);
        assert.deepEqual(await contentOf(folder), after, `call ${at}`);
      });
    }
    assert.ok(seen.old > 0 && seen.new > 0 && seen.refused > 0, JSON.stringify(seen));
  });

  it('by a full disk at any point says so in one line, and leaves the old folder or one that the next build completes', async function () {
    this.timeout(300_000);
    const { before, after, calls } = await undisturbed();
    for (let at = 1; at <= calls; at++) {
      await inOldProject(async (folder) => {
        const { code, stdout, stderr } = await failingBuild(folder, { at, how: 'ENOSPC' });
        // Fewer calls can fail than can be killed: removing a file needs no space.
        if (code === 0) return;
        assert.deepEqual([code, stdout], [2, ''], `call ${at}`);
        assert.match(stderr, /^groundplan: build: .*no space is left on the disk.*\n$/, `call ${at}`);
        const left = await contentOf(folder);
        if (stderr.includes('only a part could be written')) assert.ok(left['.groundplan/journal.json'], `call ${at}`);
        else assert.deepEqual(left, before, `call ${at}`);
        assert.equal((await groundplan(['build'], { folder })).code, 0);
        assert.deepEqual(await contentOf(folder), after, `call ${at}`);
      });
    }
  });

  it('is completed by the next build even when the topology has errors by then', async () => {
    const { after } = await undisturbed();
    await inRefusedProject(async (folder) => {
      assert.equal((await groundplan(['build', '--check'], { folder })).stdout, 'build/.groundplan: a build was interrupted here\n');
      await addFiles(folder, { 'topology.yaml': 'topology: v2\n' });
      const { code, stderr } = await groundplan(['build'], { folder });
      assert.equal(code, 1);
      assert.match(stderr, /^finished what an interrupted build had left in build\n/);
      assert.deepEqual(await contentOf(folder), after);
    });
  });
});

/** A folder in which a build was killed after the first file took its place. */
async function inRefusedProject(work: (folder: string) => Promise<void>): Promise<void> {
  for (let at = 1; ; at++) {
    let found = false;
    await inOldProject(async (folder) => {
      const { signal } = await failingBuild(folder, { at, how: 'kill' });
      assert.equal(signal, 'SIGKILL', 'no call leaves the folder refused');
      found = fence in (await contentOf(folder));
      if (found) await work(folder);
    });
    if (found) return;
  }
}

function stateOf(
  left: Record<string, string>,
  before: Record<string, string>,
  after: Record<string, string>,
): 'old' | 'new' | 'refused' | 'mixed' {
  if (fence in left) return '.groundplan/journal.json' in left ? 'refused' : 'mixed';
  const text = JSON.stringify(settled(left));
  return text === JSON.stringify(before) ? 'old' : text === JSON.stringify(after) ? 'new' : 'mixed';
}
