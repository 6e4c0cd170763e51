import assert from 'node:assert/strict';
import { describeEffect, type Effect, fail, failableThings, type State, survey } from '@groundplan/diagram';
import { analyse, type Model } from '@groundplan/model';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { arbitraryTopology } from '../../../../test/support/arbitrary-topology.js';
import { modelOf, sample } from './support.js';

const ranks: readonly (State | undefined)[] = [undefined, 'carries-on', 'degraded', 'dark'];
const rank = (state: State | undefined) => ranks.indexOf(state);
const runs = { numRuns: 150 };

/** A topology, some of its things, and some more. */
const failures: fc.Arbitrary<{ model: Model; some: string[]; more: string[] }> = arbitraryTopology().chain((text) => {
  const { model } = analyse(text);
  const ids = failableThings(model).map(({ id }) => id);
  // Most things are single hosts: what is large, or alone of its kind, fails as often.
  const large = ids.filter((id) => !/^(?:host|volume)\./.test(id));
  const few = (of: readonly string[]) => fc.subarray([...of], { maxLength: Math.min(of.length, 4) });
  return fc
    .tuple(few(large), few(ids), few(large), few(ids))
    .map(([a, b, c, d]) => ({ model, some: [...a, ...b], more: [...a, ...b, ...c, ...d] }));
});

function stateOf({ states }: Effect, id: string): number {
  return rank(states.get(id));
}

describe('any failure of any topology', () => {
  it('is never better for anything when more fails', () => {
    fc.assert(
      fc.property(failures, ({ model, some, more }) => {
        const [before, after] = [fail(model, some), fail(model, more)];
        for (const id of before.states.keys()) {
          // Users are better off when a sick half dies as a whole and leaves DNS, so that for them only dark stays dark.
          if (id === 'internet' && stateOf(before, id) < 3) continue;
          assert.ok(stateOf(after, id) >= stateOf(before, id), `${id} is better with ${more} than with ${some}`);
        }
        before.routes.forEach(({ state, host, path }, index) => {
          if (state === 'dark') assert.equal(after.routes[index]?.state, 'dark', `${host}${path}`);
        });
      }),
      runs,
    );
  });

  it('serves no route without a living app server and balancer', () => {
    fc.assert(
      fc.property(failures, ({ model, more }) => {
        const { routes, states } = fail(model, more);
        const isUp = (kind: 'lb' | 'app', name: string) =>
          model.hosts.some(
            (host) => host.tier === kind && host.entity?.name === name && states.get(`host.${host.key}`) !== 'dark',
          );
        for (const balancer of model.loadBalancers) {
          for (const route of balancer.routes) {
            if (isUp('app', route.app.name) && isUp('lb', balancer.name)) continue;
            const effect = routes.find(({ host, path }) => host === route.host && path === route.path);
            if (more.length > 0) assert.equal(effect?.state, 'dark');
            assert.deepEqual(effect?.from, []);
          }
        }
      }),
      runs,
    );
  });

  it('darkens all that is in a dead region, and of servers elsewhere only those with data', () => {
    fc.assert(
      fc.property(arbitraryTopology(), (text) => {
        const { model } = analyse(text);
        for (const region of model.regions) {
          const { states } = fail(model, [`region.${region.firstName}`]);
          for (const host of model.hosts) {
            const isDark = states.get(host.tier === 'arbiter' ? 'arbiter' : `host.${host.key}`) === 'dark';
            if (host.region === region) assert.ok(isDark, host.key);
            else assert.ok(!isDark || host.tier === 'db', host.key);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('is the same whatever the order, and says nothing of what does not exist', () => {
    fc.assert(
      fc.property(failures, ({ model, more }) => {
        const effect = fail(model, more);
        const reversed = fail(model, [...more].reverse());
        assert.deepEqual(reversed, effect);
        assert.deepEqual([...reversed.states], [...effect.states]);
        const drawn = new Set(['internet', 'dns', ...failableThings(model).map(({ id }) => id)]);
        for (const { firstName, mode, inRegions } of model.loadBalancers) {
          if (mode.value !== 'active-standby') continue;
          for (const { region } of inRegions) drawn.add(`floating-ip.${firstName}.${region.firstName}`);
        }
        for (const id of effect.states.keys()) assert.ok(drawn.has(id) && !id.endsWith('.tunnels'), id);
        for (const statement of effect.statements) {
          assert.ok(statement.text !== '' && statement.because !== '', JSON.stringify(statement));
          if (statement.kind === 'node') assert.ok(effect.states.has(statement.subject), statement.subject);
        }
        assert.doesNotMatch(describeEffect(effect).join('\n'), /undefined|NaN|\[object| {2}is|: ;/);
      }),
      runs,
    );
  });

  it('can be surveyed', () => {
    fc.assert(
      fc.property(arbitraryTopology({ servers: 2 }), (text) => {
        const { model } = analyse(text);
        const surveyed = survey(model);
        assert.deepEqual(
          surveyed.map(({ id }) => id),
          failableThings(model).map(({ id }) => id),
        );
        for (const { summary } of surveyed) assert.notEqual(summary, '');
      }),
      { numRuns: 40 },
    );
  });
});

describe('a failure', () => {
  const model = modelOf(sample('multi-region-galera'));

  it('of nothing is nothing', () => {
    const { states, statements, routes } = fail(model, []);
    assert.equal(states.size, 0);
    assert.deepEqual(statements, []);
    assert.deepEqual(routes, [
      { host: 'shop.example.com', path: '/', state: undefined, from: ['falkenstein', 'helsinki'], failing: 0 },
    ]);
  });

  it('of what does not exist, or cannot fail, is named and ignored', () => {
    const effect = fail(model, ['region.mars', 'internet', 'region.mars', 'constructor']);
    assert.deepEqual(effect.unknown, ['constructor', 'internet', 'region.mars']);
    assert.deepEqual([effect.failed, effect.statements, effect.states.size], [[], [], 0]);
    assert.deepEqual(describeEffect(effect)[2], 'region.mars: nothing of this name can fail; it is left out');
  });

  it('is known for every prefix of a file, however broken', () => {
    const text = sample('multi-region-galera');
    for (let end = 0; end < text.length; end += 40) {
      const { model: broken } = analyse(text.slice(0, end));
      const ids = failableThings(broken).map(({ id }) => id);
      assert.deepEqual(fail(broken, ids).unknown, []);
      assert.equal(survey(broken).length, ids.length);
    }
  });
});
