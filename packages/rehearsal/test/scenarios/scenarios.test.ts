import assert from 'node:assert/strict';
import { failoverTimes } from '@groundplan/diagram';
import type { Model } from '@groundplan/model';
import { type Drill, scenarios, scenariosFor } from '@groundplan/rehearsal';
import { describe, it } from 'mocha';
import { shop } from '../support/shop.js';

const names = (model: Model): string[] => scenariosFor(model).map(({ scenario }) => scenario.name);

function drill(model: Model, name: string): Drill {
  return scenariosFor(model).find(({ scenario }) => scenario.name === name)?.drill ?? assert.fail(name);
}

describe('the scenarios of a topology', () => {
  it('are everything that can happen to it, what disturbs most at the end', () => {
    assert.deepEqual(names(shop()), [
      'nothing',
      'app-power-loss',
      'proxy-killed',
      'balancer-reboot',
      'balancer-power-loss',
      'patroni-killed',
      'postgresql-killed',
      'database-standby-power-loss',
      'database-primary-power-loss',
      'database-primary-partition',
      'database-disk-full',
      'power-cut',
    ]);
  });

  it('have no failover where there is nobody to fail over to', () => {
    const found = names(shop(['standby: 1', 'standby: 0']));
    assert.ok(found.includes('postgresql-killed'));
    assert.ok(!found.some((name) => name.startsWith('database-primary') || name.startsWith('database-standby')));
    assert.ok(!names(shop(['port: 3000', 'count: 1, port: 3000'])).includes('app-power-loss'));
    assert.ok(!names(shop(['mode: active-active', 'count: 1'])).some((name) => name.includes('balancer')));
  });

  it('know which balancer has the address', () => {
    const found = names(shop(['active-active', 'active-standby']));
    assert.ok(found.includes('active-balancer-power-loss'));
    assert.ok(!found.includes('balancer-power-loss'));
  });

  it('have names of their own, and a fault of the list where it has one', () => {
    const all = scenarios.map(({ name }) => name);
    assert.equal(new Set(all).size, all.length);
    for (const { name, fault } of scenarios) {
      assert.match(name, /^[a-z]+(-[a-z]+)*$/);
      if (fault !== undefined) assert.match(fault, /^F\d+$/);
    }
  });
});

describe('the budget of', () => {
  it('a failover is what the picture of the topology promises', () => {
    const { budget } = drill(shop(), 'database-primary-power-loss');
    assert.deepEqual(budget, {
      reads: 0,
      writes: failoverTimes.promotion,
      lost: 'the last second',
      whole: failoverTimes.rejoined,
    });
  });

  it('losses is nothing where commits wait for the standby', () => {
    const sync = shop(['durability: async', 'durability: sync']);
    assert.equal(drill(sync, 'database-primary-power-loss').budget.lost, 'nothing');
  });

  it('a dead app server is how long balancers take to notice', () => {
    const model = shop(['port: 3000', 'port: 3000, health: { interval: 1s, fall: 4 }']);
    assert.deepEqual(drill(model, 'app-power-loss').budget, { reads: 0, writes: 4, lost: 'nothing', whole: undefined });
  });

  it('a dead balancer is the DNS clock, or the takeover of its pair', () => {
    const { budget } = drill(shop(), 'balancer-power-loss');
    assert.deepEqual(budget.record, { name: 'shop.example.com', seconds: 22 });
    assert.equal(budget.reads, 82);
    const pair = shop(['active-active', 'active-standby']);
    assert.equal(drill(pair, 'active-balancer-power-loss').budget.writes, failoverTimes.takeover);
  });
});
