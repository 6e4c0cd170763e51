import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { nearest } from '../src/nearest.js';

const near = (word: string, candidates: readonly string[], expected: string | undefined) =>
  it(`${word} of ${candidates.join(', ') || 'nothing'}: ${expected ?? 'none'}`, () =>
    assert.equal(nearest(word, candidates), expected));

describe('nearest', () => {
  near('app.wbe', ['app.api', 'app.web'], 'app.web');
  near('regoin', ['region', 'regions'], 'region');
  near('load_balancer', ['load_balancers'], 'load_balancers');
  near('loadBalancers', ['load_balancers'], 'load_balancers');
  near('postgres', ['postgresql', 'mariadb'], 'postgresql');
  near('DEBIAN-12', ['debian-13', 'debian-12'], 'debian-12');
  near('main', ['mian', 'mani'], 'mian');
  near('zork', ['location', 'versioning'], undefined);
  near('x', ['y'], undefined);
  near('', ['a'], undefined);
  near('web', [], undefined);
  near('web', ['web'], undefined);
  near('a'.repeat(65), ['a'.repeat(64)], undefined);
});
