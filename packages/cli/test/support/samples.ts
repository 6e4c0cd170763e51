import type { Span } from '@groundplan/diagnostics';
import type { FileReport } from '../../src/report/report.js';
import { diagnosticAt, marked, reportOf } from './marked.js';

/** Two files: one with an error that has a fix and a related place, a warning and an information, one without anything. */
export function sampleReports(): FileReport[] {
  const { text, spans } = marked(
    [
      '# caf\u00e9 \u{1f600}',
      'apps:',
      '  «web»: { routes: "\u{1f600}", to: «app.wbe» }',
      'dns: { ttl: «600» }',
      'x: «y»',
      '',
    ].join('\n'),
  );
  const [web, wrong, ttl, other] = spans as [Span, Span, Span, Span];
  return [
    reportOf('a b/topology.yaml', text, [
      diagnosticAt(wrong, {
        code: 'reference/unknown',
        message: 'nothing is called app.wbe: did you mean app.web?',
        label: 'did you mean app.web?',
        related: [{ span: web, message: 'app.web <is> declared "here"' }],
        fixes: [
          { title: 'Change to app.web', edits: [{ span: wrong, newText: 'app.web' }] },
          {
            title: 'Remove it',
            edits: [
              { span: wrong, newText: '' },
              { span: { start: text.length, end: text.length }, newText: '\n' },
            ],
          },
        ],
      }),
      diagnosticAt(ttl, { code: 'suppression/unused', severity: 'warning', message: '100%, a:b\r\n\u0000<&>"' }),
      diagnosticAt(other, { code: 'suppression/unused', severity: 'information', message: 'unused' }),
    ]),
    reportOf('empty.topology.yaml', 'name: shop\n', []),
  ];
}
