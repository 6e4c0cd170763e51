import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { CancellationToken, type Connection, ResponseError } from 'vscode-languageserver';
import type { Analyses } from '../src/analyses.js';
import { answering } from '../src/answer.js';
import type { Documents } from '../src/documents.js';

describe('a mistake of ours in one feature', () => {
  it('is written down once, answered as such, and ends nothing', async () => {
    const log: string[] = [];
    const connection = { console: { error: (message: string) => log.push(message) } } as unknown as Connection;
    const answers = answering(connection, {} as Documents, {} as Analyses, () => Promise.resolve());
    const failing = answers.guard(() => Promise.reject(new TypeError('nobody thought of this')));

    const answer = await failing({}, CancellationToken.None);

    assert.ok(answer instanceof ResponseError);
    assert.equal(answer.code, -32603);
    assert.doesNotMatch(answer.message, /nobody thought|at /, 'the user is shown no stack');
    assert.equal(log.length, 1);
    assert.match(log[0] ?? '', /nobody thought of this/);
    assert.match(log[0] ?? '', /answer\.test\.ts/);
  });
});
