import assert from 'node:assert/strict';
import { parse } from '@groundplan/syntax';
import { describe, it } from 'mocha';
import { checkConfigShape } from '../../src/shape/check-config.js';

function holds(text: string, expected: readonly string[]): void {
  const found = checkConfigShape(parse(text).value);
  assert.deepEqual(
    found.map(({ code, span, message }) => `${text.slice(span.start, span.end)}: ${code} ${message}`),
    expected,
  );
}

describe('the shape of groundplan.config.yaml', () => {
  it('takes each severity', () => {
    for (const severity of ['off', 'hint', 'information', 'warning', 'error']) {
      holds(`rules: { dns/ttl-high: ${severity} }\n`, []);
    }
  });

  it('may be empty', () => holds('{}\n', []));

  it('has no other key', () => {
    holds('rule: {}\n', ['rule: schema/unknown-key the configuration has no key "rule": did you mean "rules"?']);
  });

  it('knows no other severity, and no truth value in its place', () => {
    holds('rules: { dns/ttl-high: of, app/single: false }\n', [
      'of: schema/enum "of" is not one of off, hint, information, warning, error: did you mean "off"?',
      'false: schema/type expected one of off, hint, information, warning, error, this is false',
    ]);
  });

  it('leaves unknown codes to config/unknown-rule', () => holds('rules: { TTL: off }\n', []));
});
