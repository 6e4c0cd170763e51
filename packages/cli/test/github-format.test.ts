import assert from 'node:assert/strict';
import type { Span } from '@groundplan/diagnostics';
import { describe, it } from 'mocha';
import { renderGithub } from '../src/report/github.js';
import { diagnosticAt, marked, reportOf } from './support/marked.js';
import { sampleReports } from './support/samples.js';

describe('the GitHub format', () => {
  it('has one command a diagnostic, with places from 1', () => {
    assert.deepEqual(renderGithub(sampleReports()).split('\n'), [
      '::error file=a b/topology.yaml,line=3,endLine=3,col=28,endColumn=35,title=reference/unknown::nothing is called app.wbe: did you mean app.web?',
      '::warning file=a b/topology.yaml,line=4,endLine=4,col=13,endColumn=16,title=suppression/unused::100%25, a:b%0D%0A\u0000<&>"',
      '::notice file=a b/topology.yaml,line=5,endLine=5,col=4,endColumn=5,title=suppression/unused::unused',
      '',
    ]);
  });

  it('escapes what would end a property', () => {
    const { text, spans } = marked('«a»');
    const rendered = renderGithub([reportOf('100%,a:b.yaml', text, [diagnosticAt(spans[0] as Span)])]);
    assert.match(rendered, /^::error file=100%25%2Ca%3Ab\.yaml,line=1,/);
  });

  it('leaves out columns where a part has several lines, since GitHub refuses them', () => {
    const { text, spans } = marked('«a: 1\nb: 2»');
    const rendered = renderGithub([reportOf('t.yaml', text, [diagnosticAt(spans[0] as Span)])]);
    assert.match(rendered, /^::error file=t\.yaml,line=1,endLine=2,title=schema\/repeated::/);
  });
});
