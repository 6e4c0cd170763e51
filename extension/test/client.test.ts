import assert from 'node:assert/strict';
import * as server from '@groundplan/language-server';
import { describe, it } from 'mocha';
import { crashPolicy } from '../src/common/crashes.js';
import { latest } from '../src/common/latest.js';
import { nodesAt } from '../src/common/nodes-at.js';
import { clientCommands, methods } from '../src/common/server-names.js';
import { statusText } from '../src/common/summary-text.js';
import type { PictureNode } from '../src/messages/messages.js';

describe('the client', () => {
  it('speaks the protocol of the server', () => {
    assert.deepEqual(clientCommands, server.clientCommands);
    assert.deepEqual(methods, {
      summary: server.summaryRequest.method,
      diagram: server.diagramRequest.method,
      readFile: server.readFile.method,
      statFile: server.statFile.method,
      listFolder: server.listFolder.method,
    });
  });

  it('starts a server again that crashed, says so once, and gives up on one that goes on crashing', () => {
    let now = 0;
    const onCrash = crashPolicy(() => now);
    assert.match(onCrash().message ?? '', /stopped and was started again/);
    for (let crash = 2; crash <= 4; crash += 1) assert.deepEqual(onCrash(), { restart: true, message: undefined });
    assert.equal(onCrash().restart, false);
    now += 10 * 60_000;
    assert.equal(onCrash().restart, true);
  });

  it('forgets crashes of long ago', () => {
    let now = 0;
    const onCrash = crashPolicy(() => now);
    for (let crash = 0; crash < 20; crash += 1) {
      assert.equal(onCrash().restart, true);
      now += 60_000;
    }
  });

  it('does the latest of what was asked for, and nothing twice', async () => {
    const done: number[] = [];
    let value = 0;
    let finish = () => {};
    const run = latest(async () => {
      done.push(value);
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
    });
    run();
    for (value = 1; value < 5; value += 1) run();
    finish();
    await new Promise(setImmediate);
    finish();
    await new Promise(setImmediate);
    assert.deepEqual(done, [0, 5]);
  });

  it('shows problems in the status bar only where there are some', () => {
    const summary = { name: 'shop', errors: 0, warnings: 0, hosts: 6, cost: '60.15 € a month' };
    assert.equal(statusText(summary), '$(type-hierarchy-sub) 6 servers · 60.15 € a month');
    assert.equal(
      statusText({ ...summary, errors: 2, warnings: 1, hosts: 1 }),
      '$(type-hierarchy-sub) $(error) 2 $(warning) 1 · 1 server · 60.15 € a month',
    );
  });
});

describe('nodes at the cursor', () => {
  const node = (id: string, from: number, to: number) =>
    ({ id, range: { start: { line: from, character: 0 }, end: { line: to, character: 5 } } }) as unknown as PictureNode;
  const nodes = [node('region', 0, 20), node('web here', 5, 9), node('web there', 5, 9), node('count', 6, 6)];

  it('are those of the innermost part of the file', () => {
    assert.deepEqual(nodesAt(nodes, { line: 6, character: 2 }), ['count']);
    assert.deepEqual(nodesAt(nodes, { line: 7, character: 2 }), ['web here', 'web there']);
    assert.deepEqual(nodesAt(nodes, { line: 15, character: 0 }), ['region']);
    assert.deepEqual(nodesAt(nodes, { line: 30, character: 0 }), []);
    const people = { ...node('internet', 5, 9), kind: 'internet' } as PictureNode;
    assert.deepEqual(nodesAt([...nodes, people], { line: 7, character: 2 }), ['web here', 'web there']);
  });
});
