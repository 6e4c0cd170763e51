import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { topologySchema } from '@groundplan/model/language';
import { describe, it } from 'mocha';
import { languageLink } from '../../src/hover/markdown.js';

const reference = readFileSync(fileURLToPath(new URL('../../../../docs/language.md', import.meta.url)), 'utf8');

describe('the link of a hover', () => {
  for (const section of Object.keys(topologySchema.properties ?? {})) {
    it(`leads to a heading of the reference, for ${section}`, () => {
      const [, file, anchor] = /\/docs\/([a-z.]+)#(\w+)\)$/.exec(languageLink(section)) ?? [];
      assert.equal(file, 'language.md');
      assert.ok(reference.split('\n').includes(`## ${anchor}`));
    });
  }
});
