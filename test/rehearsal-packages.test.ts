import assert from 'node:assert/strict';
import { bundleOf } from '@groundplan/hosts/bundle';
import { recipeOf } from '@groundplan/rehearsal';
import { describe, it } from 'mocha';
import { compileText, sampleNames, sampleText } from './support/compile-text.js';

/** A topology whose hosts have this image, whatever it said. */
function withImage(text: string, image: string): string {
  const [first, ...rest] = text.split('\n').filter((line) => !line.startsWith('image:'));
  return [first, `image: ${image}`, ...rest].join('\n');
}

describe('the images of the rehearsal', () => {
  for (const image of ['debian-12', 'debian-13']) {
    it(`have every package that a host of a sample wants: ${image}`, () => {
      const recipe = recipeOf(image);
      assert.ok(recipe);
      const offered = new Set([...recipe.system, ...recipe.services]);
      for (const name of sampleNames()) {
        const { model } = compileText(withImage(sampleText(name), image));
        const wanted = model.hosts.flatMap((host) => bundleOf(model, host)?.packages ?? []);
        const lacking = wanted.filter((each) => !offered.has(each));
        assert.deepEqual([...new Set(lacking)], [], name);
      }
    });
  }
});
