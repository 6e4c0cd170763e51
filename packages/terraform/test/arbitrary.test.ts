import assert from 'node:assert/strict';
import { indexLines, offsetAt } from '@groundplan/diagnostics';
import { analyse } from '@groundplan/model';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { arbitraryTopology } from '../../../test/support/arbitrary-topology.js';
import { storedProviders } from '../../../test/support/provider-schemas.js';
import { checkAgainstSchemas } from '../../../test/support/schema-check.js';
import { compileText, type Outcome, tracedAddresses } from './support.js';

const schemas = Object.values(storedProviders()).map(({ document }) => document);

/** What `check` accepts; the few that it does not, where names clash by chance, are passed over. */
const accepted = arbitraryTopology().filter((text) =>
  analyse(text).diagnostics.every(({ severity }) => severity !== 'error'),
);

const outcomes = new Map<string, Outcome>();

/** Compiled once: with one seed, the properties are about the same topologies. */
function outcomeOf(text: string): Outcome {
  const outcome = outcomes.get(text) ?? compileText(text);
  outcomes.set(text, outcome);
  return outcome;
}

describe('whatever topology is accepted', function () {
  this.timeout(120_000);
  const always = { numRuns: 200, seed: 20261123 };

  it('compiles to what the schemas of the providers allow', () => {
    fc.assert(
      fc.property(accepted, (text) => {
        const { module, diagnostics } = outcomeOf(text);
        assert.deepEqual(diagnostics, []);
        assert.deepEqual(checkAgainstSchemas({ ...module }, schemas), []);
      }),
      always,
    );
  });

  it('has a place in its text for every address', () => {
    fc.assert(
      fc.property(accepted, (text) => {
        const outcome = outcomeOf(text);
        assert.deepEqual(Object.keys(outcome.trace.addresses), tracedAddresses(outcome));
        const lines = indexLines(text);
        for (const [address, { path, start, end }] of Object.entries(outcome.trace.addresses)) {
          const marked = text.slice(offsetAt(lines, start), offsetAt(lines, end));
          assert.notEqual(marked.trim(), '', `${address} from ${path}`);
          assert.ok(end.line < lines.starts.length, `${address} ends after the text`);
        }
      }),
      always,
    );
  });
});
