import assert from 'node:assert/strict';
import { analyse } from '@groundplan/model';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { arbitraryTopology } from '../../../test/support/arbitrary-topology.js';
import { compileText } from './support.js';

/** Topologies that the checks accept, each with a key of its own for every path. */
const accepted = arbitraryTopology().filter((text) =>
  analyse(text).diagnostics.every(({ severity }) => severity !== 'error'),
);

function keysOf(text: string): Record<string, string> {
  const paths = analyse(text).model.access?.sshKeys ?? [];
  return Object.fromEntries(paths.map(({ value }, index) => [value, `ssh-ed25519 AAAA${index} ops`]));
}

describe('any topology', () => {
  it('compiles to the same bytes twice', () => {
    fc.assert(
      fc.property(accepted, (text) => {
        assert.equal(compileText(text, keysOf(text)).main, compileText(text, keysOf(text)).main);
      }),
      { numRuns: 40 },
    );
  });

  it('refers to nothing that it does not have', () => {
    fc.assert(
      fc.property(accepted, (text) => {
        const { main, module } = compileText(text, keysOf(text));
        const references = main.matchAll(/\b((?:hcloud|minio|cloudflare)_[a-z0-9_]+)\.([A-Za-z0-9_-]+)(?=[."])/g);
        for (const [, type = '', name = ''] of references) {
          assert.ok(module.resource[type]?.[name] ?? module.data[type]?.[name], `${type}.${name}`);
        }
      }),
      { numRuns: 60 },
    );
  });
});
