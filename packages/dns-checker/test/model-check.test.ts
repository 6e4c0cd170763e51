import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { Settings } from '../src/settings.js';
import { balancer, regionOf, regionsOf, voter } from './support/settings.js';
import { fairWeather, foulWeather, Simulation, type Weather } from './support/simulation.js';

/** Milliseconds. */
const second = 1000;
/** failures.md: 3 probes × 5 s + vote ≤ 5 s + API ≈ 2 s. */
const budget = 22 * second;
/** Until everybody has an opinion of everything, and has told it. */
const settling = 60 * second;
const healthy = { kind: 'healthy' } as const;

const addressOf = (ordinal: number) => `203.0.113.${ordinal}`;

/** Machines that have run long enough, with every balancer in DNS. */
function settled(settings: Settings, seed: number, weather?: Weather): Simulation {
  const simulation = new Simulation(settings, seed, weather);
  simulation.publish((settings.services[0]?.targets ?? []).map(({ a = '' }) => a));
  simulation.run(settling);
  assert.deepEqual(simulation.moves, [], 'nothing is wrong, so that nothing changes');
  return simulation;
}

interface World {
  readonly alive: readonly string[];
  canTalk(a: string, b: string): boolean;
  canSee(name: string, ordinal: number): boolean;
}

const names = ['edge-1', 'edge-2', 'main-1'];

/**
 * Every world of two balancers and three voters in which something is broken and stays so: which voters live, which pairs of those can
 * talk, who of them sees which balancer.
 */
function* smallWorlds(): Generator<World> {
  for (let living = 0; living < 8; living += 1) {
    const alive = names.filter((_, index) => isSet(living, index));
    const pairs = alive.flatMap((a, index) => alive.slice(index + 1).map((b) => `${a} ${b}`));
    for (let talking = 0; talking < 2 ** pairs.length; talking += 1) {
      for (let seeing = 0; seeing < 4 ** alive.length; seeing += 1) {
        yield {
          alive,
          canTalk: (a, b) => a === b || isSet(talking, pairs.indexOf([a, b].sort().join(' '))),
          canSee: (name, ordinal) => isSet(seeing, 2 * alive.indexOf(name) + ordinal - 1),
        };
      }
    }
  }
}

function isSet(number: number, bit: number): boolean {
  return bit >= 0 && ((number >> bit) & 1) === 1;
}

describe('the checkers, in every small world', function () {
  this.timeout(120_000);

  it('drop what a majority that can talk finds dead, and nothing else', () => {
    let worlds = 0;
    let dropped = 0;
    for (const { alive, canTalk, canSee } of smallWorlds()) {
      worlds += 1;
      const simulation = settled(regionOf(), worlds);
      simulation.canTalk = canTalk;
      simulation.sees = (name, address) => (canSee(name, address === addressOf(1) ? 1 : 2) ? healthy : 'silence');
      for (const name of names) if (!alive.includes(name)) simulation.crash(name);
      simulation.run(2 * settling);

      const isDead = (ordinal: number) =>
        alive
          .filter((name) => name !== 'main-1')
          .some((publisher) => alive.filter((name) => canTalk(publisher, name) && !canSee(name, ordinal)).length >= 2);
      const well = [1, 2].filter((ordinal) => !isDead(ordinal)).map(addressOf);
      const what = `world ${worlds}: ${JSON.stringify(simulation.moves)}`;
      if (well.length > 0) {
        assert.deepEqual(simulation.addresses(), well, what);
        assert.equal(simulation.moves.length, 2 - well.length, what);
      } else {
        // The one that was found dead first is out, or neither; unless two that do not hear each other wrote at once.
        assert.ok(simulation.moves.length <= 3, what);
      }
      dropped += simulation.moves.length;
      const { writes } = simulation;
      simulation.run(settling);
      assert.equal(simulation.writes, writes, what);
    }
    assert.equal(worlds, 8 * 64 + 3 * 2 * 16 + 3 * 4 + 1);
    assert.ok(dropped > 50, `${dropped} balancers were dropped`);
  });
});

describe('the checkers, over time', function () {
  this.timeout(300_000);

  const seeds = fc.integer({ min: 0, max: 2 ** 30 });
  const worlds: readonly { readonly title: string; readonly settings: Settings }[] = [
    { title: 'one region', settings: regionOf() },
    { title: 'two regions and an arbiter', settings: regionsOf() },
    {
      title: 'five voters',
      settings: regionOf({
        voters: [1, 2, 3, 4, 5].map((ordinal) => voter(`edge-${ordinal}`)),
        services: regionsOf().services,
      }),
    },
  ];

  for (const { title, settings } of worlds) {
    const targets = settings.services[0]?.targets.length ?? 0;
    const voters = settings.voters.map(({ name }) => name);
    const anyTarget = fc.integer({ min: 1, max: targets });

    it(`${title}: a balancer that dies has left within the budget, and is back when it is well again`, () => {
      fc.assert(
        fc.property(seeds, anyTarget, (seed, victim) => {
          const simulation = settled(settings, seed, { ...fairWeather, api: 2 * second });
          const [name, address] = [`edge-${victim}`, addressOf(victim)];
          const died = simulation.now;
          simulation.crash(name);
          simulation.sees = (_, asked) => (asked === address ? 'silence' : healthy);
          simulation.run(settling);
          const [out, ...more] = simulation.movesSince(died);
          assert.deepEqual([out?.address, out?.to, more], [address, 'out', []]);
          assert.ok((out?.at ?? Infinity) - died <= budget, `after ${(out?.at ?? Infinity) - died} ms`);

          const returned = simulation.now;
          simulation.start(name);
          simulation.sees = () => healthy;
          simulation.run(settling);
          const [back, ...others] = simulation.movesSince(returned);
          assert.deepEqual([back?.address, back?.to, others], [address, 'in', []]);
        }),
        { numRuns: 40 },
      );
    });

    it(`${title}: a balancer that one voter cannot see stays`, () => {
      fc.assert(
        fc.property(seeds, fc.constantFrom(...voters), fc.constantFrom('silence', 'answers'), (seed, blind, how) => {
          const simulation = settled(settings, seed, foulWeather);
          const blindness = how === 'silence' ? how : ({ kind: 'failing', reason: 'answers 503' } as const);
          simulation.sees = (name) => (name === blind ? blindness : healthy);
          simulation.run(10 * settling);
          assert.deepEqual(simulation.moves, []);
        }),
        { numRuns: 30 },
      );
    });

    it(`${title}: what fails everywhere at once stays, and comes back without a change`, () => {
      const ways = [
        { kind: 'failing', reason: 'app.web: no server is healthy' },
        { kind: 'database', reason: 'database.main: there is no primary' },
        'silence',
      ] as const;
      fc.assert(
        fc.property(seeds, fc.constantFrom(...ways), (seed, way) => {
          const simulation = settled(settings, seed);
          simulation.sees = () => way;
          simulation.run(2 * settling);
          assert.ok(simulation.log.some(({ text }) => text.includes('the last published ones stay')));
          simulation.sees = () => healthy;
          simulation.run(2 * settling);
          assert.deepEqual(simulation.moves, []);
        }),
        { numRuns: 30 },
      );
    });

    it(`${title}: settings that reach one host after another add a balancer once, and take it away once`, () => {
      const added = targets + 1;
      const services = settings.services.map((each) => ({ ...each, targets: [...each.targets, balancer(added)] }));
      const pause = fc.integer({ min: 1, max: 60 });
      fc.assert(
        fc.property(seeds, pause, fc.shuffledSubarray(voters, { minLength: voters.length }), (seed, seconds, order) => {
          const simulation = settled(settings, seed);
          for (const name of order) {
            simulation.configure({ ...settings, services }, name);
            simulation.run(seconds * second);
          }
          simulation.run(2 * settling);
          assert.deepEqual(
            simulation.moves.map(({ address, to }) => `${address} ${to}`),
            [`${addressOf(added)} in`],
          );
          for (const name of order) {
            simulation.configure(settings, name);
            simulation.run(seconds * second);
          }
          simulation.run(4 * settling);
          assert.deepEqual(
            simulation.moves.map(({ address, to }) => `${address} ${to}`),
            [`${addressOf(added)} in`, `${addressOf(added)} out`],
          );
        }),
        { numRuns: 30 },
      );
    });

    it(`${title}: whatever breaks, what is published has a majority and is never empty; when all is well again, all are in`, () => {
      const phase = fc.record({
        /** To which of three groups each voter belongs: those of different groups cannot talk. */
        groups: fc.array(fc.integer({ min: 0, max: 2 }), { minLength: voters.length, maxLength: voters.length }),
        /** Pairs of voter and target that cannot see each other. */
        blind: fc.array(fc.tuple(fc.nat(voters.length - 1), fc.integer({ min: 1, max: targets })), { maxLength: 8 }),
        dead: fc.array(anyTarget, { maxLength: 2 }),
        crashed: fc.array(fc.constantFrom(...voters), { maxLength: 2 }),
        isApiUp: fc.boolean(),
        foul: fc.boolean(),
        duration: fc.integer({ min: 5, max: 200 }),
      });
      fc.assert(
        fc.property(seeds, fc.array(phase, { minLength: 1, maxLength: 6 }), (seed, phases) => {
          const simulation = settled(settings, seed, foulWeather);
          for (const { groups, blind, dead, crashed, isApiUp, foul, duration } of phases) {
            const began = simulation.now;
            const pairs = new Set(blind.map(([voterIndex, target]) => `${voters[voterIndex]} ${addressOf(target)}`));
            const silent = new Set(dead.map(addressOf));
            simulation.canTalk = (a, b) => groups[voters.indexOf(a)] === groups[voters.indexOf(b)];
            simulation.sees = (name, address) =>
              silent.has(address) || pairs.has(`${name} ${address}`) ? 'silence' : healthy;
            simulation.isApiUp = isApiUp;
            simulation.weather = foul ? foulWeather : fairWeather;
            for (const name of voters) {
              if (crashed.includes(name)) simulation.crash(name);
              else simulation.start(name);
            }
            simulation.run(duration * second);
            assertNoFlapping(simulation, began);
          }
          simulation.canTalk = () => true;
          simulation.sees = () => healthy;
          simulation.isApiUp = true;
          simulation.weather = fairWeather;
          for (const name of voters) simulation.start(name);
          simulation.run(3 * settling);
          assert.equal(simulation.addresses().length, targets, 'all are in again');
          const { writes } = simulation;
          simulation.run(settling);
          assert.equal(simulation.writes, writes, 'and nothing is written any more');
        }),
        { numRuns: 60 },
      );
    });
  }
});

/** Until everybody has changed their mind, told it, and written it in the worst weather. */
const resting = 90 * second;

/**
 * While nothing changes, an address goes out and comes in once at most, when those who lose sight of it are faster than those who see
 * it again; where two hosts do not hear each other, their writes may overtake each other once as well. Then it rests.
 */
function assertNoFlapping(simulation: Simulation, began: number): void {
  const moves = simulation.movesSince(began);
  for (const address of new Set(moves.map((move) => move.address))) {
    const own = moves.filter((move) => move.address === address);
    assert.ok(own.length <= 4, `flaps: ${JSON.stringify(own)}`);
  }
  assert.deepEqual(simulation.movesSince(began + resting), []);
}
