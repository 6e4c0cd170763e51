import assert from 'node:assert/strict';
import { readPlan } from '@groundplan/plan';
import { describe, it } from 'mocha';
import { type ShownChange, shownPlan } from '../../../test/support/shown-plan.js';

/** The one change in a plan. */
function only(change: ShownChange) {
  const { changes } = readPlan(shownPlan([change]));
  assert.equal(changes.length, 1);
  return changes[0];
}

describe('reading a plan', () => {
  it('knows what is done to each resource', () => {
    const actions = [['create'], ['update'], ['delete', 'create'], ['create', 'delete'], ['delete'], ['forget']];
    const changes = actions.map((each, index) => ({ address: `t.r${index}`, actions: each }));
    assert.deepEqual(
      readPlan(shownPlan(changes)).changes.map(({ action }) => action),
      ['create', 'update', 'replace', 'replace', 'destroy', 'forget'],
    );
  });

  it('leaves out what stays as it is, and what is only read', () => {
    const changes = [
      { address: 't.same', actions: ['no-op'] },
      { address: 't.read', actions: ['read'] },
      { address: 'data.t.read', actions: ['create'] },
    ];
    assert.deepEqual(readPlan(shownPlan(changes)).changes, []);
  });

  it('sorts by address', () => {
    const changes = ['t.b', 't.a', 's.c', 't.B'].map((address) => ({ address, actions: ['create'] }));
    assert.deepEqual(
      readPlan(shownPlan(changes)).changes.map(({ address }) => address),
      ['s.c', 't.B', 't.a', 't.b'],
    );
  });

  it('says what an update changes, with values that can be shown in a word', () => {
    const update = only({
      address: 't.a',
      actions: ['update'],
      before: { type: 'cx33', size: 10, labels: { a: '1' }, gone: 'x', on: true, text: 'a'.repeat(100), same: 1 },
      after: { type: 'cx43', size: 20, labels: { a: '2' }, gone: null, on: false, text: 'b'.repeat(100), same: 1 },
    });
    assert.deepEqual(update?.changed, [
      { name: 'gone', before: 'x', after: undefined },
      { name: 'labels', before: undefined, after: undefined },
      { name: 'on', before: 'true', after: 'false' },
      { name: 'size', before: '10', after: '20' },
      { name: 'text', before: undefined, after: undefined },
      { name: 'type', before: 'cx33', after: 'cx43' },
    ]);
  });

  it('never shows a secret value', () => {
    const update = only({
      address: 't.a',
      actions: ['update'],
      before: { password: 'old' },
      after: { password: 'new' },
      sensitive: { password: true },
    });
    assert.deepEqual(update?.changed, [{ name: 'password', before: undefined, after: undefined }]);
  });

  it('says nothing of what only follows from an update and is not known yet', () => {
    const update = only({ address: 't.a', actions: ['update'], before: { n: 1, ip: '192.0.2.1' }, after: { n: 2 } });
    assert.deepEqual(
      update?.changed.map(({ name }) => name),
      ['n'],
    );
  });

  it('says why something is replaced', () => {
    const replace = { address: 't.a', actions: ['delete', 'create'] };
    const why = (change: Partial<ShownChange>) => only({ ...replace, ...change })?.replacedFor;
    assert.deepEqual(why({ replacePaths: [['network', 0, 'ip'], ['location'], ['location']] }), [
      'location',
      'network.0.ip',
    ]);
    assert.deepEqual(why({ reason: 'replace_by_request' }), ['-replace']);
    assert.deepEqual(why({ reason: 'replace_because_tainted' }), ['a creation that had failed']);
    assert.deepEqual(why({ reason: 'constructor' }), []);
    assert.deepEqual(why({}), []);
  });

  it('knows a plan that failed half-way', () => {
    assert.equal(readPlan(shownPlan([])).complete, true);
    assert.equal(readPlan(shownPlan([], { errored: true })).complete, false);
  });

  it('takes anything for a plan', () => {
    const odd = [
      undefined,
      null,
      1,
      'x',
      [],
      {},
      { resource_changes: 1 },
      { resource_changes: [null, 1, {}, { change: [] }] },
    ];
    for (const shown of odd) assert.deepEqual(readPlan(shown).changes, []);
  });
});
