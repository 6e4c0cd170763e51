import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { pathAt } from '../../src/plan/path-at.js';

/** The path at the `«` in a text, by the byte at which it stands. */
function at(marked: string): string {
  const byte = Buffer.byteLength(marked.slice(0, marked.indexOf('«')));
  return pathAt(marked.replace('«', ''), byte).join(' / ');
}

describe('the path at a byte of a JSON text', () => {
  it('is the keys that lead to the value', () => {
    assert.equal(at('{ "a": { "b": "«x" } }'), 'a / b');
    assert.equal(at('{ "a": { "b": 1, "c": «true } }'), 'a / c');
    assert.equal(at('{ "a": {}, "b": «{ "c": 1 } }'), 'b');
  });

  it('is that of a key when the byte is in the key', () => {
    assert.equal(at('{ "a": { "b«b": 1 } }'), 'a / bb');
  });

  it('is that of an object at its closing brace', () => {
    assert.equal(at('{ "a": { "b": { "c": 1 «} } }'), 'a / b');
  });

  it('leaves out the indexes of lists', () => {
    assert.equal(at('{ "a": [ { "x": 1 }, { "b": [ 1, "«y" ] } ] }'), 'a / b');
    assert.equal(at('{ "a": [ 1, 2 ], "b": «3 }'), 'b');
  });

  it('counts bytes, not characters', () => {
    assert.equal(at('{ "ä€😀": "ä€😀", "b": "«x" }'), 'b');
  });

  it('reads escapes, and braces in strings', () => {
    assert.equal(at('{ "a\\"}": { "{": "\\\\\\"}", "c": «1 } }'), 'a"} / c');
  });

  it('stops where the text is no JSON', () => {
    assert.equal(at('{ "a": { "b" 1 « }'), 'a / b');
    assert.equal(at('}}}« '), '');
    assert.deepEqual(pathAt('', 5), []);
    assert.deepEqual(pathAt('{ "a": "unfinished', 100), ['a']);
  });
});
