import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { editServer } from './support/edit-server.js';

describe('the server under random edits', () => {
  it('answers everything, and ends up with the diagnostics of a fresh server', async function () {
    this.timeout(180_000);
    const { edits, requests, failures } = await editServer({ count: 2000, seed: 20_261_124 });
    assert.deepEqual(failures, []);
    assert.ok(edits >= 2000 && requests > 200, `${edits} edits, ${requests} requests`);
  });
});
