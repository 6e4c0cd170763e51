import assert from 'node:assert/strict';
import type { Diagnostic, Span } from '@groundplan/diagnostics';
import { describe, it } from 'mocha';
import stringWidth from 'string-width';
import { renderText } from '../src/report/text/text.js';
import { coloured, plain } from '../src/terminal/paint.js';
import { diagnosticAt, marked, reportOf } from './support/marked.js';

interface Shown {
  /** What the mark is about, with `«»` around it; parts after the first are related. */
  readonly source: string;
  readonly details?: Partial<Diagnostic>;
  readonly columns?: number;
}

/** How a diagnostic about the first marked part is shown. */
function shown({ source, details = {}, columns = 80 }: Shown): string {
  const { text, spans } = marked(source);
  const [span, ...others] = spans as [Span, ...Span[]];
  const related = others.map((each) => ({ span: each, message: 'see this' }));
  const diagnostic = diagnosticAt(span, { ...details, related });
  return renderText([reportOf('topology.yaml', text, [diagnostic])], { paint: plain, columns, measure: stringWidth });
}

function lines(...text: string[]): string {
  return `${text.join('\n')}\n`;
}

describe('the text format', () => {
  it('shows the line, the keys above it, the exact part, and the label under it', () => {
    const { text, spans } = marked(
      ['topology: v1', 'load_balancers:', '  edge:', '    routes: { shop.example.com: «app.wbe» }', ''].join('\n'),
    );
    const diagnostic = diagnosticAt(spans[0] as Span, {
      code: 'reference/unknown',
      message: 'nothing is called app.wbe: did you mean app.web?',
      label: 'did you mean app.web?',
    });
    assert.equal(
      renderText([reportOf('topology.yaml', text, [diagnostic])], { paint: plain, columns: 80, measure: stringWidth }),
      lines(
        'topology.yaml:4:33 error reference/unknown  nothing is called app.wbe',
        '  2 │ load_balancers:',
        '  3 │   edge:',
        '  4 │     routes: { shop.example.com: app.wbe }',
        '    │                                 ^^^^^^^ did you mean app.web?',
      ),
    );
  });

  it('leaves out what stands between a key and the keys above it', () => {
    assert.equal(
      shown({
        source: [
          'apps:',
          '  api:',
          '    count: 2',
          '',
          '  # the shop',
          '  web:',
          '    port: 3000',
          '    env:',
          '      - a',
          '    count: «1»',
        ].join('\n'),
      }),
      lines(
        'topology.yaml:10:12 error schema/repeated  this is wrong',
        '   1 │ apps:',
        '   6 │   web:',
        '  10 │     count: 1',
        '     │            ^',
      ),
    );
  });

  it('finds the key of a list that stands at its indentation', () => {
    assert.equal(
      shown({ source: ['access:', '  ssh_keys:', '  - keys/a.pub', '  - «keys/a.pub»'].join('\n') }),
      lines(
        'topology.yaml:4:5 error schema/repeated  this is wrong',
        '  1 │ access:',
        '  2 │   ssh_keys:',
        '  4 │   - keys/a.pub',
        '    │     ^^^^^^^^^^',
      ),
    );
  });

  it('marks what has no width, at the end of a line and of the file, with one column', () => {
    assert.equal(
      shown({ source: 'name:«»' }),
      lines('topology.yaml:1:6 error schema/repeated  this is wrong', '  1 │ name:', '    │      ^'),
    );
    assert.equal(
      shown({ source: '«»' }),
      lines('topology.yaml:1:1 error schema/repeated  this is wrong', '  1 │', '    │ ^'),
    );
  });

  it('counts wide characters as two columns and combining marks as none', () => {
    assert.equal(
      shown({ source: 'labels: { 名前: e\u0301t\u00e9, x: «日本👩‍👩‍👧» }' }),
      lines(
        'topology.yaml:1:24 error schema/repeated  this is wrong',
        '  1 │ labels: { 名前: e\u0301t\u00e9, x: 日本👩‍👩‍👧 }',
        '    │                         ^^^^^^',
      ),
    );
  });

  it('marks a whole character when only a part of it is meant', () => {
    assert.equal(
      shown({ source: 'a: e«\u0301»' }),
      lines('topology.yaml:1:5 error schema/repeated  this is wrong', '  1 │ a: e\u0301', '    │    ^'),
    );
  });

  it('shows tabs as blanks up to the next fourth column', () => {
    assert.equal(
      shown({ source: 'a:\t«b\tc»' }),
      lines('topology.yaml:1:4 error schema/repeated  this is wrong', '  1 │ a:  b   c', '    │     ^^^^^'),
    );
  });

  it('shows signs for what a terminal would act on', () => {
    assert.equal(
      shown({ source: 'a: \u001b[2J«x»\u202e', details: { label: 'a\u0007b' } }),
      lines('topology.yaml:1:8 error schema/repeated  this is wrong', '  1 │ a: ␛[2Jx�', '    │        ^ a␇b'),
    );
  });

  it('cuts a long line around the mark', () => {
    const long = 'x'.repeat(100);
    assert.equal(
      shown({ source: `a: ${long} «here» ${long}`, columns: 46 }),
      lines(
        'topology.yaml:1:105 error schema/repeated  this is wrong',
        '  1 │ …xxxxxxxxxxxxxxxxx here xxxxxxxxxxxxxxx…',
        '    │                    ^^^^',
      ),
    );
    assert.equal(
      shown({ source: `«here» ${long}`, columns: 26 }),
      lines('topology.yaml:1:1 error schema/repeated  this is wrong', '  1 │ here xxxxxxxxxxxxxx…', '    │ ^^^^'),
    );
    assert.equal(
      shown({ source: `${long} «here»`, columns: 26 }),
      lines(
        'topology.yaml:1:102 error schema/repeated  this is wrong',
        '  1 │ …xxxxxxxxxxxxxx here',
        '    │                 ^^^^',
      ),
    );
    assert.equal(
      shown({ source: `a: «${long}»`, columns: 26 }),
      lines(
        'topology.yaml:1:4 error schema/repeated  this is wrong',
        '  1 │ a: xxxxxxxxxxxxxxxx…',
        '    │    ^^^^^^^^^^^^^^^^',
      ),
    );
  });

  it('shows a line of a million characters in no more than the terminal is wide', () => {
    const text = shown({ source: `${'x'.repeat(500_000)}«y»${'\u{1f600}'.repeat(250_000)}`, columns: 80 });
    assert.ok(
      text.split('\n').every((line) => line.length <= 160),
      text.slice(0, 400),
    );
    assert.match(text, /x{20,}y/);
  });

  it('joins the lines of a part that has several', () => {
    assert.equal(
      shown({
        source: ['apps:', '  web:', '    run: «{', '      container: a', '    }», port: 1', ''].join('\n'),
        details: { label: 'all of it' },
      }),
      lines(
        'topology.yaml:3:10 error schema/repeated  this is wrong',
        '  1 │   apps:',
        '  2 │     web:',
        '  3 │       run: {',
        '    │ ╭──────────^',
        '  4 │ │       container: a',
        '  5 │ │     }, port: 1',
        '    │ ╰─────^ all of it',
      ),
    );
  });

  it('leaves out the middle of many lines, and a last line break', () => {
    const many = Array.from({ length: 9 }, (_, index) => `  line-${index + 1}: x`).join('\n');
    assert.equal(
      shown({ source: `text:\n«${many}\n»rest: y\n` }),
      lines(
        'topology.yaml:2:1 error schema/repeated  this is wrong',
        '   1 │   text:',
        '   2 │ ╭   line-1: x',
        '   3 │ │   line-2: x',
        '   4 │ │   line-3: x',
        '     │ ┆',
        '   8 │ │   line-7: x',
        '   9 │ │   line-8: x',
        '  10 │ │   line-9: x',
        '     │ ╰───────────^',
      ),
    );
  });

  it('shows the other places that explain it, with line numbers as wide as everywhere', () => {
    const before = '\n'.repeat(98);
    assert.equal(
      shown({ source: `«main»: 1${before}\nx: «other»` }),
      lines(
        'topology.yaml:1:1 error schema/repeated  this is wrong',
        '    1 │ main: 1',
        '      │ ^^^^',
        '  topology.yaml:100:4  see this',
        '  100 │ x: other',
        '      │    -----',
      ),
    );
  });

  it('shows the two lines before where the text is no YAML', () => {
    const { text, spans } = marked('name: shop\n\napps:\n  web: «[»');
    const diagnostic = diagnosticAt(spans[0] as Span, {
      code: 'syntax/invalid-yaml',
      message: 'this list does not end',
    });
    assert.equal(
      renderText([reportOf('topology.yaml', text, [diagnostic])], { paint: plain, columns: 80, measure: stringWidth }),
      lines(
        'topology.yaml:4:8 error syntax/invalid-yaml  this list does not end',
        '  2 │',
        '  3 │ apps:',
        '  4 │   web: [',
        '    │        ^',
      ),
    );
  });

  it('puts an empty line between two diagnostics', () => {
    const { text, spans } = marked('«a»: 1\n«b»: 2\n');
    const diagnostics = spans.map((span) => diagnosticAt(span));
    const rendered = renderText([reportOf('topology.yaml', text, diagnostics)], {
      paint: plain,
      columns: 80,
      measure: stringWidth,
    });
    assert.equal(rendered.split('\n\n').length, 2);
  });

  it('colours the place, the severity, the code, the numbers and the mark, and nothing of the text', () => {
    const { text, spans } = marked('ttl: «600»');
    const diagnostic = diagnosticAt(spans[0] as Span, { severity: 'warning', message: 'too long', label: 'shorten' });
    const rendered = renderText([reportOf('topology.yaml', text, [diagnostic])], {
      paint: coloured,
      columns: 80,
      measure: stringWidth,
    });
    const esc = '\u001b';
    assert.equal(
      rendered,
      lines(
        `${esc}[1mtopology.yaml:1:6${esc}[22m ${esc}[1m${esc}[33mwarning${esc}[39m${esc}[22m ${esc}[36mschema/repeated${esc}[39m  too long`,
        `  ${esc}[2m1 │${esc}[22m ttl: 600`,
        `  ${esc}[2m  │${esc}[22m      ${esc}[33m^^^ shorten${esc}[39m`,
      ),
    );
  });
});
