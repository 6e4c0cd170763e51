import assert from 'node:assert/strict';
import { indexLines, rangeOf } from '@groundplan/diagnostics';
import { analyse, readConfig } from '@groundplan/model';
import { describe, it } from 'mocha';

/** Each diagnostic of a configuration: its mark, its code, and what its first fix writes. */
function mistakes(text: string): string[] {
  return readConfig(text).diagnostics.map(({ code, span, fixes }) => {
    const fix = fixes[0]?.edits[0]?.newText;
    return `${code} "${text.slice(span.start, span.end)}"${fix === undefined ? '' : ` => ${fix}`}`;
  });
}

function rules(text: string): [string, string][] {
  return [...readConfig(text).value.rules];
}

describe('a configuration', () => {
  it('changes severities by code', () => {
    const text = ['rules:', '  dns/ttl-high: off', '  app/single: error', '  "storage/maintenance": hint'].join('\n');
    assert.deepEqual(mistakes(text), []);
    assert.deepEqual(rules(text), [
      ['dns/ttl-high', 'off'],
      ['app/single', 'error'],
      ['storage/maintenance', 'hint'],
    ]);
  });

  it('may be empty', () => {
    for (const text of ['', '\n', '# nothing yet\n', 'rules: {}']) {
      assert.deepEqual(mistakes(text), [], JSON.stringify(text));
      assert.deepEqual(rules(text), []);
    }
  });

  it('knows no other codes than those that exist', () => {
    assert.deepEqual(mistakes('rules: { dns/tll-high: off }'), ['config/unknown-rule "dns/tll-high" => dns/ttl-high']);
    assert.deepEqual(mistakes('rules: { dns/weather: off }'), ['config/unknown-rule "dns/weather"']);
    assert.deepEqual(mistakes('rules: { "TTL is high": off }'), ['config/unknown-rule ""TTL is high""']);
    assert.deepEqual(mistakes('rules: { __proto__: off, constructor: off }'), [
      'config/unknown-rule "__proto__"',
      'config/unknown-rule "constructor"',
    ]);
  });

  it('cannot make less of an error', () => {
    assert.deepEqual(mistakes('rules: { backup/missing: off }'), ['config/error-rule "backup/missing"']);
    assert.deepEqual(rules('rules: { backup/missing: off }'), []);
  });

  it('takes severities only', () => {
    assert.deepEqual(mistakes('rules: { dns/ttl-high: warnin }'), ['schema/enum "warnin" => warning']);
    assert.deepEqual(mistakes('rules: { dns/ttl-high: false }'), ['schema/type "false"']);
    assert.deepEqual(rules('rules: { dns/ttl-high: warnin, app/single: off }'), [['app/single', 'off']]);
  });

  it('has no other keys', () => {
    assert.deepEqual(mistakes('rule: { dns/ttl-high: off }'), ['schema/unknown-key "rule" => rules']);
    assert.deepEqual(mistakes('rules: [dns/ttl-high]'), ['schema/type "[dns/ttl-high]"']);
    assert.deepEqual(mistakes('[]'), ['syntax/not-a-map "[]"']);
  });

  it('reads what it can of a broken text', () => {
    const { value, diagnostics } = readConfig('rules:\n  dns/ttl-high: off\n  app/single: [\n');
    assert.equal(value.rules.get('dns/ttl-high'), 'off');
    assert.ok(diagnostics.some(({ code }) => code.startsWith('syntax/')));
  });
});

const topology = (ttl: number, comment = '') => `topology: v1
name: shop
region: fsn1
dns:
  provider: cloudflare
  zone: example.com
${comment === '' ? '' : `  ${comment}\n`}  ttl: ${ttl}
load_balancers:
  edge: { routes: { shop.example.com: app.web } }
apps:
  web: { port: 3000, run: { container: "ghcr.io/acme/shop:1.4.2" } }
access: { ssh_keys: [keys/ops.pub], ssh_from: [198.51.100.0/24] }
`;

/** The diagnostics of a topology under a configuration: line from 1, severity, code. */
function shown(text: string, configuration: string): string[] {
  const lines = indexLines(text);
  return analyse(text, { config: readConfig(configuration).value }).diagnostics.map(
    ({ code, severity, span }) => `${rangeOf(lines, span).start.line + 1} ${severity} ${code}`,
  );
}

describe('the severities of a configuration', () => {
  it('are those of the diagnostics', () => {
    assert.deepEqual(shown(topology(300), ''), ['7 warning dns/ttl-high']);
    assert.deepEqual(shown(topology(300), 'rules: { dns/ttl-high: information }'), ['7 information dns/ttl-high']);
    assert.deepEqual(shown(topology(300), 'rules: { dns/ttl-high: error }'), ['7 error dns/ttl-high']);
    assert.deepEqual(shown(topology(300), 'rules: { dns/ttl-high: off }'), []);
  });

  it('leave errors alone', () => {
    assert.deepEqual(shown(topology(30), 'rules: { dns/ttl-low: off }'), ['7 error dns/ttl-low']);
  });

  it('give way to a comment, also where they make an error of a warning', () => {
    const ignored = topology(300, '# groundplan-ignore-next-line dns/ttl-high: our resolvers know better');
    assert.deepEqual(shown(ignored, 'rules: { dns/ttl-high: error }'), []);
  });

  it('do not make a comment unused', () => {
    const ignored = topology(300, '# groundplan-ignore-next-line dns/ttl-high: our resolvers know better');
    assert.deepEqual(shown(ignored, 'rules: { dns/ttl-high: off }'), []);
  });

  it('hold for what is said about comments too', () => {
    const stale = topology(60, '# groundplan-ignore-next-line dns/ttl-high: our resolvers know better');
    assert.deepEqual(shown(stale, ''), ['7 warning suppression/unused']);
    assert.deepEqual(shown(stale, 'rules: { suppression/unused: off }'), []);
  });
});

describe('a comment that ignores', () => {
  it('speaks of the next line that is neither empty nor a comment', () => {
    const text = topology(
      300,
      '# groundplan-ignore-next-line dns/ttl-high: our resolvers know better\n\n  # see the wiki',
    );
    assert.deepEqual(shown(text, ''), []);
  });

  it('names one code or several', () => {
    const text = topology(
      300,
      '# groundplan-ignore-next-line dns/ttl-high, dns/no-failover: our resolvers know better',
    );
    assert.deepEqual(shown(text, ''), ['7 warning suppression/unused']);
  });

  it('stands once for each line: another one with the same code is unused', () => {
    const once = '# groundplan-ignore-next-line dns/ttl-high: our resolvers know better';
    assert.deepEqual(shown(topology(300, `${once}\n  ${once}`), ''), ['8 warning suppression/unused']);
  });

  it('is not called unused while an error may be why', () => {
    const text = topology(300, '# groundplan-ignore-next-line dns/ttl-high: our resolvers know better');
    assert.deepEqual(shown(text.replace('ttl: 300', 'ttl: soon'), ''), ['8 error schema/type']);
  });

  it('cannot hide an error of a code that is a warning elsewhere', () => {
    const text = topology(60, '# groundplan-ignore-next-line schema/not-here: it was there').replace(
      '  ttl: 60',
      '  create: true',
    );
    assert.deepEqual(shown(text, ''), ['7 warning suppression/error', '8 error schema/not-here']);
  });
});
