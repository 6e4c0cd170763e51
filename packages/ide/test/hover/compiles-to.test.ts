import assert from 'node:assert/strict';
import { genericPath } from '@groundplan/model/language';
import { describe, it } from 'mocha';
import { compileText, sampleNames, sampleText } from '../../../../test/support/compile-text.js';
import { compilesTo, resourcesOf } from '../../src/hover/compiles-to.js';

/** What guards the whole plan, and what is no resource. */
const ofNoField = ['terraform_data', 'data', 'local', 'output', 'var'];

describe('what a field compiles to', () => {
  it('is said for fields that the language has', () => {
    const unknown = Object.keys(resourcesOf).filter((path) => genericPath(path.split('.')).join('.') !== path);
    assert.deepEqual(unknown, []);
  });

  for (const name of sampleNames()) {
    it(`is what is emitted for ${name}`, () => {
      const missing = new Set<string>();
      for (const [address, { path }] of Object.entries(compileText(sampleText(name)).trace.addresses)) {
        const type = address.split('.')[0] ?? '';
        const said = pagesOf(path).some((field) => compilesTo(field)?.includes(`\`${type}\``));
        if (!ofNoField.includes(type) && !said) {
          missing.add(`${path}: ${type}`);
        }
      }
      assert.deepEqual([...missing], []);
    });
  }
});

/** The field that an address comes from and those that hold it: `apps.*.count`, `apps.*`, `apps`. */
function pagesOf(path: string): (readonly string[])[] {
  // The key of a route holds dots of its own.
  const route = /^(load_balancers\.[^.]+\.routes)\.(.*)$/.exec(path);
  const steps = route === null ? path.split('.') : [...(route[1] ?? '').split('.'), route[2] ?? ''];
  const generic = genericPath(steps);
  return steps.map((_, index) => generic.slice(0, steps.length - index));
}
