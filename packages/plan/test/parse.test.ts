import assert from 'node:assert/strict';
import { parsePlan, parseTrace } from '@groundplan/plan';
import { describe, it } from 'mocha';
import { shownPlan } from '../../../test/support/shown-plan.js';

const place = { path: 'apps.web', start: { line: 1, character: 2 }, end: { line: 1, character: 5 } };
const trace = { format: 1, topology: 'topology.yaml', addresses: { 'hcloud_server.a': place }, files: {} };

describe('parsing a plan', () => {
  it('takes the text of it, or what was parsed already', () => {
    const shown = shownPlan([{ address: 't.a', actions: ['create'] }]);
    const [fromValue, fromText] = [parsePlan(shown), parsePlan(JSON.stringify(shown))];
    assert.deepEqual(fromValue, fromText);
    assert.deepEqual(
      fromValue.value?.changes.map(({ address, action }) => [address, action]),
      [['t.a', 'create']],
    );
  });

  it('takes a plan that changes nothing', () => {
    assert.deepEqual(parsePlan({ format_version: '1.2' }).value, { changes: [], complete: true });
  });

  const wrong: readonly (readonly [unknown, RegExp])[] = [
    ['', /^the plan is empty$/],
    ['{', /^the plan is not JSON$/],
    ['[]', /^the plan is not a JSON object$/],
    [undefined, /^the plan is not a JSON object$/],
    [null, /^the plan is not a JSON object$/],
    [{}, /has no format_version/],
    [{ format_version: '2.0' }, /has format 2\.0, where 1\.x is known/],
    [{ format_version: '1.0', values: {} }, /^this is a state, not a plan/],
    [{ format_version: '1.2', resource_changes: {} }, /is not a list/],
  ];
  for (const [given, problem] of wrong) {
    it(`says what is wrong with ${JSON.stringify(given)}`, () => {
      const parsed = parsePlan(given);
      assert.equal(parsed.value, undefined);
      assert.match(String(parsed.problem), problem);
    });
  }
});

describe('parsing a trace', () => {
  it('takes the text of it, or what was parsed already', () => {
    assert.deepEqual(parseTrace(trace).value, trace);
    assert.deepEqual(parseTrace(JSON.stringify(trace)).value, trace);
  });

  const wrong: readonly (readonly [unknown, RegExp])[] = [
    ['', /^trace\.json is empty$/],
    ['no', /^trace\.json is not JSON$/],
    [1, /^trace\.json is not a JSON object$/],
    [{}, /^trace\.json has format none, where 1 is known$/],
    [{ ...trace, format: 2 }, /^trace\.json has format 2, where 1 is known$/],
    [{ ...trace, topology: undefined }, /does not name its topology/],
    [{ ...trace, addresses: [] }, /^addresses of trace\.json is not a map$/],
    [{ ...trace, files: undefined }, /^files of trace\.json is not a map$/],
    [{ ...trace, addresses: { a: { ...place, path: 1 } } }, /^addresses of trace\.json has no place for a$/],
    [{ ...trace, addresses: { a: { ...place, start: { line: -1, character: 0 } } } }, /has no place for a$/],
  ];
  for (const [given, problem] of wrong) {
    it(`says what is wrong with ${JSON.stringify(given)}`, () => {
      const parsed = parseTrace(given);
      assert.equal(parsed.value, undefined);
      assert.match(String(parsed.problem), problem);
    });
  }
});
