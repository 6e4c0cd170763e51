import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm, stat, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addressOf, ensureImage, pruneImages, recipeOf } from '@groundplan/rehearsal';
import { describe, it } from 'mocha';

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'groundplan-images-'));
  try {
    await work(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

describe('the recipe of an image', () => {
  it('is known for the images of Debian, and for no other', () => {
    assert.equal(recipeOf('debian-12')?.release, 'bookworm');
    assert.equal(recipeOf('debian-13')?.release, 'trixie');
    assert.equal(recipeOf('fedora-42'), undefined);
  });

  it('gives an address that changes with what is in it, and not with the order', () => {
    const recipe = { release: 'bookworm', system: ['a', 'b'], services: ['c'] };
    assert.match(addressOf(recipe), /^bookworm-[0-9a-f]{16}$/);
    assert.equal(addressOf({ ...recipe, system: ['b', 'a'] }), addressOf(recipe));
    const others = [
      { ...recipe, release: 'trixie' },
      { ...recipe, system: ['a'] },
      { ...recipe, system: ['a', 'b', 'c'], services: [] },
    ];
    const addresses = new Set([recipe, ...others].map((each) => addressOf(each).split('-')[1]));
    assert.equal(addresses.size, 4);
  });
});

describe('the cache of images', () => {
  const recipe = { release: 'bookworm', system: [], services: [] };

  it('gives what is in it without building anything, and notes that it was used', () =>
    inFolder(async (folder) => {
      const path = join(folder, addressOf(recipe));
      await mkdir(path);
      await utimes(path, 0, 0);
      const lines: string[] = [];
      const image = await ensureImage(recipe, folder, (line) => lines.push(line));
      assert.deepEqual(image, { address: addressOf(recipe), root: join(path, 'root') });
      assert.deepEqual(lines, []);
      assert.ok((await stat(path)).mtimeMs > 0);
    }));

  it('drops what was not used for long', () =>
    inFolder(async (folder) => {
      const now = Date.now();
      const day = 24 * 60 * 60 * 1000;
      for (const [name, age] of [
        ['bookworm-1', 1],
        ['bookworm-2', 40],
        ['bookworm-2.lock', 0],
        ['trixie-3.part', 40],
      ] as const) {
        await mkdir(join(folder, name));
        await utimes(join(folder, name), new Date(now), new Date(now - age * day));
      }
      assert.deepEqual(await pruneImages(folder, 30 * day, now), ['bookworm-2', 'trixie-3.part']);
      assert.deepEqual((await readdir(folder)).sort(), ['bookworm-1', 'bookworm-2.lock']);
    }));
});
