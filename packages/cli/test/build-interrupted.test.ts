import assert from 'node:assert/strict';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, it } from 'mocha';
import { hashOf, type Manifest, serializeManifest } from '../src/output/manifest.js';
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
  return Object.fromEntries(
    Object.entries(files).filter(([path]) => path !== fence && !path.startsWith('.groundplan/')),
  );
}

let old: Promise<Record<string, string>> | undefined;

/** A folder that was built, in which the next build changes a file, adds one and removes one. */
async function oldProject(): Promise<Record<string, string>> {
  old ??= inProject(project(), async (folder) => {
    assert.equal((await groundplan(['build'], { folder })).code, 0);
    const { 'groundplan.json': written = '', 'trace.json': _added, ...files } = await contentOf(folder);
    const manifest: Manifest = JSON.parse(written);
    const { 'trace.json': _hash, ...hashes } = manifest.files;
    const changed = { ...manifest, files: { ...hashes, 'hosts/old/manifest.json': hashOf('old') } };
    const content = {
      ...files,
      'groundplan.json': serializeManifest(changed),
      'hosts/old/manifest.json': 'old',
      'terraform.tfstate': 'state',
    };
    const inBuild = Object.entries(content).map(([path, text]) => [`build/${path}`, text]);
    return { ...project(['port: 3000,', 'port: 3000, count: 3,']), ...Object.fromEntries(inBuild) };
  });
  return old;
}

async function inOldProject<T>(work: (folder: string) => Promise<T>): Promise<T> {
  return inProject(await oldProject(), work);
}

/** What the folder holds before and after a build that nothing disturbs, and how many calls that makes. */
async function undisturbed(): Promise<{
  before: Record<string, string>;
  after: Record<string, string>;
  calls: number;
}> {
  return inOldProject(async (folder) => {
    const before = await contentOf(folder);
    const { code, stderr } = await failingBuild(folder);
    assert.equal(code, 0, stderr);
    return { before, after: await contentOf(folder), calls: Number(/calls: (\d+)/.exec(stderr)?.[1]) };
  });
}

/** Does `work` for each number from 1 to `last`, a few at a time. */
async function forEach(last: number, work: (at: number) => Promise<void>): Promise<void> {
  let next = 1;
  const worker = async () => {
    while (next <= last) await work(next++);
  };
  await Promise.all([worker(), worker(), worker()]);
}

describe('a build that is cut off', () => {
  it('by a kill at any point leaves the old folder, the new one, or one that Terraform refuses and the next build completes', async function () {
    this.timeout(300_000);
    const { before, after, calls } = await undisturbed();
    assert.ok(calls > 15, `${calls} calls`);
    const seen = { old: 0, new: 0, refused: 0 };
    await forEach(calls, (at) =>
      inOldProject(async (folder) => {
        const { signal } = await failingBuild(folder, { at, how: 'kill' });
        assert.equal(signal, 'SIGKILL', `call ${at}`);
        const left = await contentOf(folder);
        const state = stateOf(left, before, after);
        assert.notEqual(state, 'mixed', `call ${at}: ${Object.keys(left).join(' ')}`);
        if (state !== 'mixed') seen[state]++;
        const ended = await groundplan(['build'], { folder });
        assert.equal(ended.code, 0, `call ${at}: ${ended.stderr}`);
        assert.deepEqual(await contentOf(folder), after, `call ${at}`);
      }),
    );
    assert.ok(seen.old > 0 && seen.new > 0 && seen.refused > 0, JSON.stringify(seen));
  });

  it('by a full disk at any point says so in one line, and leaves the old folder or one that the next build completes', async function () {
    this.timeout(300_000);
    const { before, after, calls } = await undisturbed();
    await forEach(calls, (at) =>
      inOldProject(async (folder) => {
        const { code, stdout, stderr } = await failingBuild(folder, { at, how: 'ENOSPC' });
        // Fewer calls can fail than can be killed: removing a file needs no space.
        if (code === 0) return;
        assert.deepEqual([code, stdout], [2, ''], `call ${at}`);
        assert.match(stderr, /^groundplan: build: .*no space is left on the disk.*\n$/, `call ${at}`);
        const left = await contentOf(folder);
        if (stderr.includes('only a part could be written'))
          assert.equal(stateOf(left, before, after), 'refused', `call ${at}`);
        else assert.deepEqual(left, before, `call ${at}`);
        assert.equal((await groundplan(['build'], { folder })).code, 0);
        assert.deepEqual(await contentOf(folder), after, `call ${at}`);
      }),
    );
  });

  it('is completed by the next build even when the topology has errors by then', async () => {
    const { after } = await undisturbed();
    await inRefusedProject(async (folder) => {
      assert.equal(
        (await groundplan(['build', '--check'], { folder })).stdout,
        'build/.groundplan: a build was interrupted here\n',
      );
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
