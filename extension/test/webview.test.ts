import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Picture } from '../src/messages/messages.js';
import { changeText, failureText, problemsText } from '../src/webview/describe.js';
import { toggled } from '../src/webview/fail-menu.js';
import { fitZoom, nextZoom, scrollInto, zoomAt } from '../src/webview/view.js';

describe('the view of a picture', () => {
  it('is as large as the pane allows, and no larger than looks well', () => {
    assert.equal(fitZoom({ width: 1000, height: 500 }, { width: 500, height: 500 }), 0.5);
    assert.equal(fitZoom({ width: 100, height: 100 }, { width: 5000, height: 5000 }), 1.5);
    assert.equal(fitZoom({ width: 0, height: 0 }, { width: 500, height: 500 }), 1);
  });

  it('keeps the point under the pointer where it is', () => {
    const before = { zoom: 1, left: 100, top: 50 };
    const after = zoomAt(before, 2, 30, 40);
    assert.deepEqual(after, { zoom: 2, left: 230, top: 140 });
    assert.deepEqual(zoomAt(after, 1, 30, 40), before);
  });

  it('steps through the usual sizes', () => {
    assert.equal(nextZoom(0.37, 1), 0.5);
    assert.equal(nextZoom(0.37, -1), 0.33);
    assert.equal(nextZoom(8, 1), 8);
    assert.equal(nextZoom(0.1, -1), 0.1);
  });

  it('scrolls no further than it must', () => {
    assert.equal(scrollInto(0, 400, 100, 200), 0);
    assert.equal(scrollInto(0, 400, 500, 600), 224);
    assert.equal(scrollInto(500, 400, 100, 200), 76);
    assert.equal(scrollInto(500, 400, 10, 900), 0);
  });
});

describe('what is said of a picture', () => {
  const quiet: Picture = {
    version: 1,
    title: 'shop',
    svg: '<svg/>',
    width: 1,
    height: 1,
    nodes: [],
    problems: [],
    failable: [],
    failed: [],
    expanded: [],
    statements: [],
    states: {},
    changes: {},
    otherChanges: [],
    planProblems: [],
    plan: undefined,
  };
  const start = { line: 0, character: 0 };
  const problem = { code: 'a/b', message: 'no', range: { start, end: start }, nodes: [] };

  it('counts problems', () => {
    assert.equal(problemsText(quiet), 'no problems');
    const problems = [
      { ...problem, severity: 'error' as const },
      { ...problem, severity: 'warning' as const },
      { ...problem, severity: 'warning' as const },
    ];
    assert.equal(problemsText({ ...quiet, problems }), '1 error, 2 warnings');
  });

  it('counts what a failure does', () => {
    assert.equal(failureText(quiet), 'Nothing fails.');
    const states = { a: 'dark', b: 'dark', c: 'degraded', d: 'carries-on' } as const;
    assert.equal(failureText({ ...quiet, failed: ['a'], states }), '2 dark, 1 degraded, 1 carries on.');
  });

  it('says what changed, and nothing when nothing did', () => {
    assert.equal(changeText(undefined, quiet), 'shop: 0 nodes, no problems.');
    assert.equal(changeText(quiet, { ...quiet, version: 2, svg: '<svg></svg>' }), '');
    assert.equal(changeText(quiet, { ...quiet, failed: ['a'], states: { a: 'dark' } }), '1 dark.');
    assert.equal(changeText(quiet, { ...quiet, plan: 'plan.json' }), 'A plan is shown.');
  });

  it('switches one thing at a time', () => {
    assert.deepEqual(toggled(['a'], 'b'), ['a', 'b']);
    assert.deepEqual(toggled(['a', 'b'], 'a'), ['b']);
  });
});
