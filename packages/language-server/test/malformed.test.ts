import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { connect } from './support/client.js';
import { framed } from './support/frames.js';
import { topology } from './support/project.js';

/** What the server says to these bytes, and whether it goes on as if nothing had been. */
async function afterBytes(...bytes: readonly (string | Buffer)[]): Promise<(number | undefined)[]> {
  const client = await connect();
  try {
    const errors: (number | undefined)[] = [];
    client.server.onMessage(({ id, error }) => {
      if (id === null) errors.push(error?.code);
    });
    for (const each of bytes) client.server.write(each);
    client.open('untitled:a', topology());
    assert.deepEqual(await client.published('untitled:a'), []);
    assert.equal(await client.stop(), 0);
    return errors;
  } finally {
    await client.server.kill();
  }
}

const notification = framed({ jsonrpc: '2.0', method: '$/nothing' });

describe('malformed messages', () => {
  const cases: Readonly<Record<string, { bytes: readonly (string | Buffer)[]; errors: readonly number[] }>> = {
    'what is not JSON': { bytes: ['Content-Length: 5\r\n\r\n{"a":'], errors: [-32700] },
    'an empty message': { bytes: ['Content-Length: 0\r\n\r\n'], errors: [-32700] },
    'bytes that are not UTF-8': { bytes: ['Content-Length: 2\r\n\r\n', Buffer.from([0xff, 0xfe])], errors: [-32700] },
    'JSON that is no message': {
      bytes: [framed(null), framed(7), framed('text'), framed([]), framed({}), framed({ jsonrpc: '2.0', id: {} })],
      errors: [-32600, -32600, -32600, -32600, -32600, -32600],
    },
    'a batch, which the protocol does not have': {
      bytes: [framed([{ jsonrpc: '2.0', id: 9, method: 'shutdown' }])],
      errors: [-32600],
    },
    'a header without a length': { bytes: ['Content-Type: text\r\n\r\n'], errors: [-32700] },
    'a header without a length, and its body': {
      bytes: ['Content-Type: text\r\n\r\n{"jsonrpc":"2.0","method":"$/nothing"}'],
      errors: [-32700],
    },
    'a length that is no number': { bytes: ['Content-Length: many\r\n\r\n{}'], errors: [-32700] },
    'a negative length': { bytes: ['Content-Length: -5\r\n\r\n{}'], errors: [-32700] },
    'a length that nobody has': { bytes: ['Content-Length: 99999999999\r\n\r\n{}'], errors: [-32700] },
    'noise without an end of line': { bytes: ['x'.repeat(100_000)], errors: [-32700] },
    'noise in several pieces': { bytes: ['no', 'ise\r\n\r\n', 'more\r\n\r\n'], errors: [-32700] },
    'a cancellation of nothing': {
      bytes: [
        framed({ jsonrpc: '2.0', method: '$/cancelRequest' }),
        framed({ jsonrpc: '2.0', method: '$/cancelRequest', params: { id: 77 } }),
      ],
      errors: [],
    },
    'an answer to what nobody asked': { bytes: [framed({ jsonrpc: '2.0', id: 77, result: 1 })], errors: [] },
    'a message in pieces': {
      bytes: [
        notification.subarray(0, 7),
        notification.subarray(7, 20),
        notification.subarray(20, 24),
        notification.subarray(24),
      ],
      errors: [],
    },
    'a header with more in it': {
      bytes: [`Content-Type: application/vscode-jsonrpc; charset=utf-8\r\n${notification}`],
      errors: [],
    },
  };

  for (const [name, { bytes, errors }] of Object.entries(cases)) {
    it(`${errors.length === 0 ? 'takes' : 'answers'} ${name}, and goes on`, async () => {
      assert.deepEqual(await afterBytes(...bytes), errors);
    });
  }

  const incomplete: Readonly<Record<string, unknown>> = {
    nothing: {},
    'no position': { textDocument: { uri: 'untitled:a' } },
    'a position of words': { textDocument: { uri: 'untitled:a' }, position: { line: 'x', character: null } },
    'an address that is none': { textDocument: { uri: 7 }, position: { line: 0, character: 0 } },
    'no document': { textDocument: null, position: { line: 0, character: 0 } },
  };
  for (const [name, params] of Object.entries(incomplete)) {
    it(`refuses parameters with ${name}`, async () => {
      const client = await connect();
      client.open('untitled:a', topology());
      await assert.rejects(client.request('textDocument/hover', params), { code: -32602 });
      assert.equal(await client.stop(), 0);
    });
  }

  it('takes a change of a document that is not open, and one without anything', async () => {
    const client = await connect();
    client.notify('textDocument/didChange', {});
    client.notify('textDocument/didOpen', { textDocument: null });
    client.replace('untitled:closed', 'topology: v1', 4);
    client.close('untitled:closed');
    client.open('untitled:a', topology());
    assert.deepEqual(await client.published('untitled:a'), []);
    assert.equal(await client.stop(), 0);
  });
});
