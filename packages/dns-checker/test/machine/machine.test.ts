import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { parseView } from '../../src/machine/view.js';
import type { Settings } from '../../src/settings.js';
import { Driver, healthy, silent } from '../support/driver.js';
import { balancer, regionOf, service } from '../support/settings.js';

const [one, two, three] = ['203.0.113.1', '203.0.113.2', '203.0.113.3'];
const set = 'shop.example.com A';
const bothUp = { [one]: 'up', [two]: 'up' };
const bothHealthy = { [one]: healthy, [two]: healthy };

/** A machine that hears the others, with both balancers up and in DNS. */
function steady(changes: Partial<Settings> = {}): Driver {
  const driver = new Driver(regionOf(changes));
  driver.probe(bothHealthy, 6);
  hearOthers(driver, bothUp);
  driver.read([one, two]);
  driver.pass(3);
  hearOthers(driver, bothUp);
  assert.deepEqual(driver.written(), []);
  assert.deepEqual(driver.report().conditions, []);
  return driver;
}

function hearOthers(driver: Driver, opinions: Readonly<Record<string, string>>): void {
  for (const name of ['edge-2', 'main-1']) driver.hear(name, opinions);
}

/** Whether it changes DNS once DNS was read as it is; what it would write. */
function writes(driver: Driver, there: readonly string[] = [one, two]) {
  driver.pass(0);
  if (!driver.asked()) return [];
  driver.answer(there);
  return driver.written();
}

const withoutTwo = [{ set, add: [], remove: [two], addresses: [one] }];

describe('a checker', () => {
  it('drops a balancer that a majority finds dead', () => {
    const driver = steady();
    driver.probe({ [one]: healthy, [two]: silent }, 3);
    assert.deepEqual(writes(driver), [], 'it is alone with its opinion');
    driver.hear('main-1', { [one]: 'up', [two]: 'down' });
    assert.deepEqual(writes(driver), withoutTwo);
  });

  it('drops one that it sees itself, when the others do not', () => {
    const driver = steady();
    driver.probe(bothHealthy, 3);
    hearOthers(driver, { [one]: 'up', [two]: 'down' });
    assert.deepEqual(writes(driver), withoutTwo);
  });

  it('needs a majority of all voters, not of those that it hears', () => {
    const driver = steady();
    driver.probe({ [one]: healthy, [two]: silent }, 3);
    driver.pass(60);
    assert.deepEqual(writes(driver), []);
    assert.equal(driver.report().isFrozen, true);
    assert.match(driver.log.join('\n'), /the checkers are no majority.*edge-1 hears 1 of 3.*not edge-2, main-1/);
  });

  it('counts what a voter said for three intervals, and then as nothing', () => {
    const driver = steady();
    driver.probe({ [one]: healthy, [two]: silent }, 2);
    driver.hear('main-1', { [one]: 'up', [two]: 'down' });
    driver.pass(14);
    assert.equal(driver.report().voters[2]?.isHeard, true);
    driver.pass(1);
    assert.equal(driver.report().voters[2]?.isHeard, false);
    driver.probe({ [one]: healthy, [two]: silent }, 1);
    assert.deepEqual(writes(driver), []);
  });

  it('keeps what is in DNS when all are down, and says so', () => {
    const driver = steady();
    driver.probe({ [one]: silent, [two]: silent }, 3);
    hearOthers(driver, { [one]: 'down', [two]: 'down' });
    assert.deepEqual(writes(driver), []);
    driver.pass(1);
    assert.match(
      driver.log.join('\n'),
      /every address of shop\.example\.com A is down, and the last published ones stay/,
    );
  });

  it('waits for the rest that has begun to fail as well, rather than drop one after another', () => {
    const driver = steady();
    driver.probe({ [one]: silent, [two]: silent }, 2);
    driver.probe({ [one]: silent, [two]: silent }, 1);
    for (const from of ['edge-2', 'main-1']) {
      driver.hear(
        from,
        {},
        {
          opinions: {
            [`shop.example.com@${one}`]: { opinion: 'up', reason: 'connection refused' },
            [`shop.example.com@${two}`]: { opinion: 'down', reason: 'connection refused' },
          },
        },
      );
    }
    assert.deepEqual(writes(driver), []);
    hearOthers(driver, { [one]: 'up', [two]: 'down' });
    driver.probe({ [one]: healthy, [two]: silent }, 1);
    assert.deepEqual(writes(driver), withoutTwo);
  });

  it('keeps as many as `keep_at_least` says, and says so', () => {
    const services = [service(['shop.example.com'], [1, 2, 3].map(balancer))];
    const driver = new Driver(regionOf({ services, keep_at_least: 2 }));
    const opinions = { [one]: 'up', [two]: 'down', [three]: 'down' };
    driver.probe({ [one]: healthy, [two]: silent, [three]: silent }, 6);
    driver.read([one, two, three]);
    driver.pass(3);
    hearOthers(driver, opinions);
    assert.deepEqual(writes(driver, [one, two, three]), [{ set, add: [], remove: [three], addresses: [one, two] }]);
    driver.wrote();
    driver.pass(1);
    assert.match(driver.log.join('\n'), /dead addresses stay in shop\.example\.com A: fewer than 2 would be left/);
  });

  it('puts a balancer back that a majority finds well, also when somebody took it out by hand', () => {
    const driver = steady();
    driver.pass(300);
    driver.probe(bothHealthy, 1);
    driver.read([one]);
    hearOthers(driver, bothUp);
    assert.deepEqual(writes(driver, [one]), [], 'what it heard before may be what another publisher knew better');
    driver.pass(3);
    hearOthers(driver, bothUp);
    assert.deepEqual(writes(driver, [one]), [{ set, add: [two], remove: [], addresses: [one, two] }]);
  });

  it('begins with what DNS says: until it has seen more it changes nothing', () => {
    const driver = new Driver(regionOf());
    driver.pass(1);
    driver.read([one]);
    driver.pass(3);
    driver.hear('edge-2', bothUp);
    assert.deepEqual(writes(driver, [one]), []);
    driver.hear('main-1', bothUp);
    assert.deepEqual(writes(driver, [one]), [{ set, add: [two], remove: [], addresses: [one, two] }]);
  });

  it('publishes balancers for the first time once a majority finds them well', () => {
    const driver = new Driver(regionOf());
    driver.pass(1);
    driver.read([]);
    driver.probe({ [one]: healthy, [two]: silent }, 6);
    hearOthers(driver, { [one]: 'up', [two]: 'unknown' });
    assert.deepEqual(writes(driver, []), [{ set, add: [one], remove: [], addresses: [one] }]);
    driver.wrote();
    assert.equal(driver.log.at(-1), `info: published for the first time: ${set}: ${one}`);
  });

  it('never publishes nothing', () => {
    const driver = new Driver(regionOf());
    driver.pass(1);
    driver.read([]);
    driver.probe({ [one]: silent, [two]: silent }, 6);
    hearOthers(driver, { [one]: 'down', [two]: 'down' });
    assert.deepEqual(writes(driver, []), []);
  });

  it('takes out the address of a balancer that no settings have any more, and leaves it while some still have', () => {
    const driver = steady();
    driver.pass(300);
    driver.probe(bothHealthy, 1);
    const others = { ...bothUp, [three]: 'up' };
    driver.hear('edge-2', bothUp);
    driver.hear('main-1', others);
    driver.read([one, two, three]);
    assert.deepEqual(writes(driver, [one, two, three]), []);
    driver.pass(3);
    hearOthers(driver, bothUp);
    assert.deepEqual(writes(driver, [one, two, three]), [{ set, add: [], remove: [three], addresses: [one, two] }]);
    driver.wrote();
    assert.match(driver.log.join('\n'), /a former balancer \(203\.0\.113\.3\) left shop\.example\.com A/);
  });

  it('takes nothing out without a majority, not even what no settings have', () => {
    const driver = steady();
    driver.pass(300);
    driver.probe(bothHealthy, 1);
    driver.read([one, two, three]);
    driver.pass(3);
    assert.deepEqual(writes(driver, [one, two, three]), []);
    assert.equal(driver.report().isFrozen, true);
  });

  it('says what it did, why, and once for all names of a balancer', () => {
    const names = ['shop.example.com', 'www.example.com'];
    const driver = steady({ services: [service(names, [1, 2].map(balancer))] });
    driver.probe({ [one]: healthy, [two]: silent }, 3);
    driver.hear('main-1', { [one]: 'up', [two]: 'down' });
    driver.pass(0);
    driver.read([one, two]);
    assert.equal(driver.written().length, 2);
    driver.wrote();
    assert.deepEqual(
      driver.log.filter((line) => line.includes('edge-2 (')),
      [
        'info: finds edge-2 (203.0.113.2) for shop.example.com well, 6 times in a row',
        'warning: finds edge-2 (203.0.113.2) for shop.example.com down, 3 times in a row: no answer within 2 s',
        'warning: edge-2 (203.0.113.2) left shop.example.com A, www.example.com A: edge-1: down, no answer within 2 s; edge-2: not heard; main-1: down, connection refused',
      ],
    );
  });
});

describe('the views of other checkers', () => {
  it('count once: what was recorded and is sent again does not', () => {
    const driver = steady();
    driver.probe(bothHealthy, 1);
    driver.hear('edge-2', { [one]: 'up', [two]: 'down' }, { sequence: 500 });
    driver.hear('main-1', { [one]: 'up', [two]: 'down' }, { sequence: 500 });
    driver.hear('edge-2', bothUp, { sequence: 501 });
    driver.hear('main-1', bothUp, { sequence: 501 });
    driver.hear('edge-2', { [one]: 'up', [two]: 'down' }, { sequence: 500 });
    driver.hear('main-1', { [one]: 'up', [two]: 'down' }, { sequence: 501 });
    assert.deepEqual(writes(driver), []);
    assert.deepEqual(
      driver.report().sets[0]?.targets.map(({ verdict }) => verdict),
      ['up', 'up'],
    );
  });

  it('do not count when they are not from now, which is said', () => {
    const driver = steady();
    for (let round = 0; round < 15; round += 1) {
      driver.probe({ [one]: healthy, [two]: silent }, 1);
      driver.hear('edge-2', { [one]: 'up', [two]: 'down' }, { at: 5000 });
      driver.hear('main-1', bothUp);
    }
    assert.deepEqual(writes(driver), []);
    assert.match(driver.log.join('\n'), /what edge-2 says is not from now by this host's clock/);
  });

  it('do not count from hosts that are no voters, nor from one that claims to be this one', () => {
    const driver = steady();
    for (const name of ['edge-1', 'edge-7', 'edge-8']) driver.hear(name, { [one]: 'up', [two]: 'down' });
    assert.deepEqual(writes(driver), []);
  });

  it('are told every interval, and at once when one changes its mind', () => {
    const driver = steady();
    driver.probe(bothHealthy, 1);
    driver.shared();
    driver.probe({ [one]: healthy, [two]: silent }, 2);
    assert.equal(driver.shared().length, 2);
    driver.probe({ [one]: healthy, [two]: silent }, 1);
    const [regular, news, ...more] = driver.shared();
    assert.deepEqual(more, []);
    assert.equal(regular?.opinions[`shop.example.com@${two}`]?.opinion, 'up');
    assert.deepEqual(news?.opinions[`shop.example.com@${two}`], { opinion: 'down', reason: 'no answer within 2 s' });
    assert.ok((news?.sequence ?? 0) > (regular?.sequence ?? Infinity));
  });

  const view = { from: 'edge-1', sequence: 1, at: 1, opinions: { a: { opinion: 'up', reason: '' } } };
  const refused: Readonly<Record<string, unknown>> = {
    'no JSON': '{',
    'a list': '[]',
    'another sequence': JSON.stringify({ ...view, sequence: 'x' }),
    'another opinion': JSON.stringify({ ...view, opinions: { a: { opinion: 'fine', reason: '' } } }),
    'no opinions': JSON.stringify({ ...view, opinions: undefined }),
  };
  for (const [what, text] of Object.entries(refused))
    it(`are none when they are ${what}`, () => assert.equal(parseView(String(text)), undefined));

  it('are read as they were written', () => assert.deepEqual(parseView(JSON.stringify(view)), view));
});

describe('a publication', () => {
  it('is left to the first publisher that is heard, and made by the next when that one does nothing', () => {
    const driver = steady({ self: 'edge-2', voters: regionOf().voters });
    driver.probe({ [one]: healthy, [two]: silent }, 3);
    driver.hear('edge-1', { [one]: 'up', [two]: 'down' });
    driver.pass(0);
    assert.equal(driver.asked(), false, 'edge-1 comes first');
    driver.pass(2);
    driver.read([one, two]);
    assert.deepEqual(driver.written(), withoutTwo);
  });

  it('is not made again when another host made it', () => {
    const driver = steady();
    driver.probe({ [one]: healthy, [two]: silent }, 3);
    driver.hear('main-1', { [one]: 'up', [two]: 'down' });
    driver.pass(0);
    driver.read([one]);
    assert.deepEqual(driver.written(), []);
  });

  it('is tried again after a failure, later each time, and said once', () => {
    const driver = steady();
    driver.probe({ [one]: healthy, [two]: silent }, 3);
    const waits = [];
    for (let attempt = 0; attempt < 4; attempt += 1) {
      driver.hear('main-1', { [one]: 'up', [two]: 'down' });
      driver.pass(0);
      let waited = 0;
      for (; !driver.asked(); waited += 0.25) driver.pass(0.25);
      waits.push(waited);
      driver.fail('unavailable', 'api.hetzner.cloud: no answer within 10 s');
    }
    assert.deepEqual(waits, [0, 0.75, 1.5, 3]);
    assert.equal(driver.log.filter((line) => line.includes('cannot read DNS')).length, 1);
  });

  it('waits as long as the API asks for', () => {
    const driver = steady();
    driver.probe({ [one]: healthy, [two]: silent }, 3);
    driver.hear('main-1', { [one]: 'up', [two]: 'down' });
    driver.pass(0);
    assert.ok(driver.asked());
    driver.fail('unavailable', '429: too many requests', 20_000);
    driver.pass(19);
    assert.equal(driver.asked(), false);
    driver.pass(1);
    assert.equal(driver.asked(), true);
  });

  it('is given up while the token is refused, which is told', () => {
    const driver = steady();
    driver.probe({ [one]: healthy, [two]: silent }, 3);
    driver.hear('main-1', { [one]: 'up', [two]: 'down' });
    driver.pass(0);
    assert.ok(driver.asked());
    driver.fail('refused', '401: unable to authenticate');
    driver.pass(60);
    assert.equal(driver.asked(), false);
    driver.hear('main-1', { [one]: 'up', [two]: 'down' });
    assert.deepEqual(
      driver
        .report()
        .problems.map(({ key, detail }) => [key, detail])
        .filter(([key]) => key === 'token'),
      [['token', '401: unable to authenticate']],
    );
  });

  it('is not made of records that must not be touched', () => {
    const driver = steady();
    driver.probe({ [one]: healthy, [two]: silent }, 3);
    driver.hear('main-1', { [one]: 'up', [two]: 'down' });
    driver.pass(0);
    driver.read([one, two], { blocked: 'it is protected from changes' });
    assert.deepEqual(driver.written(), []);
    driver.pass(1);
    assert.match(driver.log.join('\n'), /shop\.example\.com A is left alone: it is protected from changes/);
  });

  it('is looked at again soon, since another may have written at the same moment', () => {
    const driver = steady();
    driver.probe({ [one]: healthy, [two]: silent }, 3);
    driver.hear('main-1', { [one]: 'up', [two]: 'down' });
    assert.deepEqual(writes(driver), withoutTwo);
    driver.wrote();
    driver.pass(9);
    assert.equal(driver.asked(), false);
    driver.pass(1);
    assert.equal(driver.asked(), true);
  });
});

describe('an observer', () => {
  it('votes, and never asks for DNS nor writes it', () => {
    const driver = new Driver(regionOf({ self: 'main-1' }));
    driver.probe({ [one]: healthy, [two]: silent }, 6);
    for (const name of ['edge-1', 'edge-2']) driver.hear(name, { [one]: 'up', [two]: 'down' });
    driver.pass(120);
    assert.equal(driver.asked(), false);
    assert.deepEqual(driver.written(), []);
    assert.equal(driver.shared().at(-1)?.opinions[`shop.example.com@${two}`]?.opinion, 'down');
  });
});
