import assert from 'node:assert/strict';
import { bundleOf } from '@groundplan/hosts/bundle';
import { analyse } from '@groundplan/model';
import { after, before, describe, it } from 'mocha';
import { sampleText } from '../../../../test/support/compile-text.js';
import { needs } from '../../../../test/support/needs.js';
import { type Decisions, openDecisions, type View } from './galera/decide.js';
import { type Bounds, settled, stepsFrom } from './galera/steps.js';
import { components, startOf, type World } from './galera/world.js';
import { fileOf } from './stage.js';

const nobody: View = {
  key: 'b',
  phase: 'waiting',
  data: 'none',
  history: null,
  seqno: -1,
  saved_view: false,
  last: false,
};
const empty = (key: string): View => ({ ...nobody, key });
const at = (key: string, seqno: number, more: Partial<View> = {}): View => ({
  ...nobody,
  key,
  data: 'whole',
  history: 'h',
  seqno,
  ...more,
});

describe('how a member of a Galera cluster starts', function () {
  this.timeout(120_000);

  let decisions: Decisions;

  before(function () {
    needs(this, 'python3');
    const { model } = analyse(sampleText('multi-region-galera'));
    const host = model.hosts.find(({ tier }) => tier === 'db');
    const bundle = host && bundleOf(model, host);
    assert.ok(bundle);
    decisions = openDecisions(fileOf(bundle, '/usr/local/lib/groundplan/galera/decision.py'));
  });

  after(() => decisions?.close());

  const says = (me: View, others: readonly (View | null)[], patient = true) =>
    decisions.answers([{ ask: 'while_waiting', with: [me, others, patient] }])[0];

  it('is to make a new cluster where all are empty, as the first of them', () => {
    assert.equal(says(empty('a'), [empty('b'), empty('c')]), 'elect');
    assert.equal(says(empty('b'), [empty('a'), empty('c')]), 'wait');
    assert.equal(says(empty('a'), [empty('b'), null], false), 'wait');
  });

  it('is to join whoever is in the cluster', () => {
    assert.equal(says(empty('a'), [{ ...nobody, phase: 'primary' }]), 'join');
    assert.equal(says(at('a', 7, { last: true }), [null, { ...nobody, phase: 'primary' }], false), 'join');
  });

  it('is to make the cluster with the newest data, once all others were heard', () => {
    assert.equal(says(at('a', 7), [at('b', 6), empty('c')]), 'elect');
    assert.equal(says(at('b', 6), [at('a', 7), empty('c')]), 'wait');
    assert.equal(says(at('b', 7), [at('a', 7)]), 'wait', 'among equals it is the first');
    assert.equal(says(at('a', 7), [at('b', 6), null], false), 'wait');
    assert.equal(says(at('a', 7), [{ ...empty('b'), phase: 'looking' }], false), 'wait', 'it may have more');
  });

  it('is never to make a cluster with an empty disk where another has data, or had some', () => {
    assert.equal(says(empty('a'), [at('b', 0)]), 'wait');
    assert.equal(says(empty('a'), [{ ...empty('b'), data: 'damaged' }]), 'wait');
    assert.equal(says(empty('a'), [null], false), 'wait');
  });

  it('is for people to say where the data of two clusters meets', () => {
    assert.equal(says(at('a', 7), [at('b', 9, { history: 'other' })]), 'wait');
    assert.equal(says(at('b', 9, { history: 'other' }), [at('a', 7)]), 'wait');
  });

  it('is to go on alone after a while, if it was the last to leave', () => {
    assert.equal(says(at('a', 7, { last: true }), [null], true), 'wait');
    assert.equal(says(at('a', 7, { last: true }), [null], false), 'resume');
  });

  it('is to look for those that were in the cluster with it, if others stay away or already look', () => {
    assert.equal(says(at('a', 7, { saved_view: true }), [null], true), 'wait');
    assert.equal(says(at('a', 7, { saved_view: true }), [null], false), 'recover');
    assert.equal(says(at('a', 7, { saved_view: true }), [at('b', 7, { phase: 'stranded' })]), 'recover');
  });

  it('is agreed to only by who has nothing newer and does not run', () => {
    const grants = (me: View, candidate: View) => decisions.answers([{ ask: 'may_grant', with: [me, candidate] }])[0];
    assert.equal(grants(at('b', 6), at('a', 7)), true);
    assert.equal(grants(at('b', 8), at('a', 7)), false);
    assert.equal(grants(at('b', 6, { phase: 'seeking' }), at('a', 7)), false);
    assert.equal(grants(at('b', 6, { phase: 'electing' }), at('a', 7)), false);
    assert.equal(grants(at('b', 6), empty('a')), false);
  });

  const clusters: readonly {
    readonly name: string;
    readonly members: number;
    readonly voter: boolean;
    readonly bounds: Bounds;
  }[] = [
    { name: 'two members and a voter', members: 2, voter: true, bounds: { faults: 4, writes: 2 } },
    { name: 'two members', members: 2, voter: false, bounds: { faults: 4, writes: 2 } },
    { name: 'three members', members: 3, voter: false, bounds: { faults: 2, writes: 1 } },
  ];

  for (const { name, members, voter, bounds } of clusters) {
    it(`never makes two clusters nor loses what was acknowledged, and always comes back: ${name}, every order of events`, () => {
      const worlds = everyWorld(startOf(members, voter), decisions, bounds);
      assert.ok(worlds.length > 1000);
      for (const world of worlds) {
        const end = settled(world, decisions);
        const [component = 0] = components(end);
        assert.equal(
          component & ((1 << members) - 1),
          (1 << members) - 1,
          `it does not come back: ${shown(world)}\n${shown(end)}`,
        );
        assertSafe(end);
      }
    });
  }
});

/** All that can be reached, each safe. */
function everyWorld(start: World, decisions: Decisions, bounds: Bounds): World[] {
  const known = new Map<string, World>([[JSON.stringify(start), start]]);
  let layer: World[] = [start];
  while (layer.length > 0) {
    const found: World[] = [];
    for (const next of stepsFrom(layer, decisions, bounds).flat()) {
      const key = JSON.stringify(next);
      if (known.has(key)) continue;
      assertSafe(next);
      known.set(key, next);
      found.push(next);
    }
    layer = found;
  }
  return [...known.values()];
}

function assertSafe(world: World): void {
  const all = components(world);
  assert.ok(all.length <= 1, `two clusters: ${shown(world)}`);
  const histories = new Set(world.members.filter(({ seqno }) => seqno >= 0).map(({ history }) => history));
  assert.ok(histories.size <= 1, `data of two clusters: ${shown(world)}`);
  if (world.wiped) return;
  const [component] = all;
  const primary = world.members.find((each) => component !== undefined && each.component === component);
  if (primary !== undefined)
    assert.equal(primary.seqno, world.acknowledged, `something acknowledged is lost: ${shown(world)}`);
}

function shown(world: World): string {
  return JSON.stringify(world);
}
