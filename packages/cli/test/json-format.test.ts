import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { renderJson } from '../src/report/json.js';
import { sampleReports } from './support/samples.js';

describe('the JSON format', () => {
  it('has one object a diagnostic, with places from 0 in UTF-16 units', () => {
    const [first] = JSON.parse(renderJson(sampleReports()));
    assert.deepEqual(first, {
      file: 'a b/topology.yaml',
      code: 'reference/unknown',
      severity: 'error',
      message: 'nothing is called app.wbe: did you mean app.web?',
      range: { start: { line: 2, character: 27 }, end: { line: 2, character: 34 } },
      url: 'https://github.com/groundplan/groundplan/blob/main/docs/diagnostics/reference/unknown.md',
      related: [
        {
          file: 'a b/topology.yaml',
          range: { start: { line: 2, character: 2 }, end: { line: 2, character: 5 } },
          message: 'app.web <is> declared "here"',
        },
      ],
      fixes: [
        {
          title: 'Change to app.web',
          edits: [
            { range: { start: { line: 2, character: 27 }, end: { line: 2, character: 34 } }, newText: 'app.web' },
          ],
        },
        {
          title: 'Remove it',
          edits: [
            { range: { start: { line: 2, character: 27 }, end: { line: 2, character: 34 } }, newText: '' },
            { range: { start: { line: 5, character: 0 }, end: { line: 5, character: 0 } }, newText: '\n' },
          ],
        },
      ],
    });
  });

  it('has every key for every diagnostic, and no other', () => {
    for (const object of JSON.parse(renderJson(sampleReports()))) {
      assert.deepEqual(Object.keys(object), [
        'file',
        'code',
        'severity',
        'message',
        'range',
        'url',
        'related',
        'fixes',
      ]);
    }
  });

  it('is an empty array where nothing is wrong', () => {
    assert.equal(renderJson([]), '[]\n');
  });
});
