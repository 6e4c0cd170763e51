import assert from 'node:assert/strict';
import type { TemplatePart } from '@groundplan/model';
import { describe, it } from 'mocha';
import { read } from './marks.js';

/** The parts of the environment variable `A`: text in quotes, references and what the host knows by name. */
function parts(written: string): string[] {
  const { model } = read('region: fsn1', 'apps:', '  web:', '    env:', `      A: ${written}`);
  return (model.apps[0]?.env[0]?.value.parts ?? []).map(shown);
}

function shown(part: TemplatePart): string {
  switch (part.kind) {
    case 'text':
      return JSON.stringify(part.text);
    case 'reference':
      return [part.reference.kind, part.reference.name, part.reference.output].filter(Boolean).join('.');
    case 'here':
      return `here.${part.output}`;
  }
}

describe('the value of a variable', () => {
  it('is text', () => {
    assert.deepEqual(parts('hello'), ['"hello"']);
    assert.deepEqual(parts('"a\\nb"'), ['"a\\nb"']);
  });

  it('is a number or truth value as it is written', () => {
    assert.deepEqual(parts('0.50'), ['"0.50"']);
    assert.deepEqual(parts('1e3'), ['"1e3"']);
    assert.deepEqual(parts('true'), ['"true"']);
    assert.deepEqual(parts('off'), ['"off"']);
  });

  it('is text with references in it', () => {
    assert.deepEqual(parts('https://${bucket.static.host}/x'), ['"https://"', 'bucket.static.host', '"/x"']);
    assert.deepEqual(parts('${secret.USER}:${secret.PASSWORD}'), ['secret.USER', '":"', 'secret.PASSWORD']);
  });

  it('knows the region of its host', () => {
    assert.deepEqual(parts('${region.name}-${region.location}'), ['here.name', '"-"', 'here.location']);
  });

  it('has a literal ${ for $${', () => {
    assert.deepEqual(parts('$${HOME}/bin'), ['"${HOME}/bin"']);
    assert.deepEqual(parts('"$$${secret.X}"'), ['"$${secret.X}"']);
  });

  it('may be empty text, but not nothing', () => {
    assert.deepEqual(parts('""'), []);
    assert.equal(read('region: fsn1', 'apps: { web: { env: { A: } } }').model.apps[0]?.env.length, 0);
  });
});
