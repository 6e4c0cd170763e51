import assert from 'node:assert/strict';
import type { Server } from 'node:https';
import { connect } from 'node:tls';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { View } from '../../src/machine/view.js';
import { listen, tell } from '../../src/shell/channel.js';
import { type Seal, sealOf } from '../../src/shell/seal.js';

const ours = sealOf('our key');
const address = '127.0.0.1';
const own: View = { from: 'edge-1', sequence: 7, at: 1, opinions: { a: { opinion: 'up', reason: '' } } };
const theirs: View = { from: 'edge-2', sequence: 3, at: 2, opinions: {} };

describe('what checkers tell each other', () => {
  let server: Server;
  let port: number;
  let latest: View | undefined;
  let heard: View[];

  beforeEach(async () => {
    heard = [];
    latest = own;
    server = await listen(
      ours,
      { address, port: 0 },
      () => latest,
      (view) => heard.push(view),
    );
    port = (server.address() as { port: number }).port;
  });

  afterEach(() => new Promise((resolve) => server.close(resolve)));

  it('is told both ways at once', async () => {
    assert.deepEqual(await tell(ours, { address, port }, theirs, 2000), own);
    assert.deepEqual(heard, [theirs]);
  });

  it('is told one way by a host that has nothing to tell yet', async () => {
    latest = undefined;
    assert.equal(await tell(ours, { address, port }, theirs, 2000), undefined);
    assert.deepEqual(heard, [theirs]);
  });

  it('is heard from nobody who has another key, nor from one without any', async () => {
    await assert.rejects(tell(sealOf('another key'), { address, port }, theirs, 2000));
    await assert.rejects(
      new Promise((resolve, reject) => {
        const socket = connect({ host: address, port, rejectUnauthorized: false });
        socket.once('secureConnect', resolve);
        socket.once('error', reject);
      }),
    );
    assert.deepEqual(heard, []);
  });

  it('is not heard when its signature is that of another text', async () => {
    const forger: Seal = { ...ours, sign: () => ours.sign('another text') };
    assert.equal(await tell(forger, { address, port }, theirs, 2000), undefined);
    assert.deepEqual(heard, []);
  });

  it('is not believed when the answer is signed by somebody else', async () => {
    const listener: Seal = { ...ours, isGood: () => false };
    assert.equal(await tell(listener, { address, port }, theirs, 2000), undefined);
  });
});

describe('a signature', () => {
  it('is good for its own text and key alone', () => {
    const signature = ours.sign('text');
    assert.equal(ours.isGood('text', signature), true);
    assert.equal(ours.isGood('text!', signature), false);
    assert.equal(sealOf('another key').isGood('text', signature), false);
    assert.equal(ours.isGood('text', ''), false);
    assert.equal(ours.isGood('text', 'no hexadecimal'), false);
  });
});
