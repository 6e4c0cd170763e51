import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Picture } from '../src/messages/messages.js';
import { changeText, failureText, planText, problemsText } from '../src/webview/describe.js';
import { toggled } from '../src/webview/fail-menu.js';
import { fitZoom, nextZoom, readableZoom, scrollInto, zoomAt } from '../src/webview/view.js';

describe('the view of a picture', () => {
  it('shows all of it at first, or else as much as can be read', () => {
    assert.equal(readableZoom({ width: 500, height: 500 }, { width: 500, height: 500 }), 1);
    assert.equal(readableZoom({ width: 1208, height: 1300 }, { width: 600, height: 670 }), 0.75);
  });

  it('shows the whole when asked to, no larger than looks well', () => {
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
    assert.equal(failureText(quiet), 'Nothing fails');
    const states = { a: 'dark', b: 'dark', c: 'degraded', d: 'carries-on' } as const;
    assert.equal(failureText({ ...quiet, failed: ['a'], states }), '2 dark, 1 degraded, 1 carries on');
  });

  it('says what changed, and nothing when nothing did', () => {
    assert.equal(changeText(undefined, quiet), 'shop: 0 nodes, no problems.');
    assert.equal(changeText(quiet, { ...quiet, version: 2, svg: '<svg></svg>' }), '');
    assert.equal(changeText(quiet, { ...quiet, failed: ['a'], states: { a: 'dark' } }), '1 dark.');
    assert.equal(changeText(quiet, { ...quiet, plan: 'plan.json' }), 'The plan: nothing changes.');
  });

  it('counts what a plan does, each server once', () => {
    assert.equal(planText(quiet), 'nothing changes');
    const changes = {
      'tier.fsn1.app.web': 'update',
      'host.fsn1_app_web_1': 'update',
      'host.fsn1_app_web_2': 'create',
      'tier.fsn1.db.main': 'update',
      'bucket.dumps': 'create',
    } as const;
    const otherChanges = [{ address: 'hcloud_ssh_key.ops', action: 'create', range: null }] as const;
    assert.equal(planText({ ...quiet, changes, otherChanges }), '2 created, 2 changed, 1 not drawn');
  });

  it('switches one thing at a time', () => {
    assert.deepEqual(toggled(['a'], 'b'), ['a', 'b']);
    assert.deepEqual(toggled(['a', 'b'], 'a'), ['b']);
  });
});
