import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { createContext, runInContext } from 'node:vm';
import { build } from 'esbuild';
import { describe, it } from 'mocha';
import { publicKey, topology } from './support/project.js';
import type { Message } from './support/server-process.js';

const folder = fileURLToPath(new URL('..', import.meta.url));

/** What a worker has of the web, and nothing of Node. */
const web = { TextDecoder, TextEncoder, URL, atob, btoa, clearTimeout, console, queueMicrotask, setTimeout };

/** The server for browsers, bundled as an extension does it, in a world without Node. */
async function startWorker() {
  const { outputFiles } = await build({
    stdin: {
      contents: "import { serveWorker } from '@groundplan/language-server/browser'; serveWorker(self, '1.2.3');",
      resolveDir: folder,
    },
    bundle: true,
    platform: 'browser',
    format: 'iife',
    conditions: ['source'],
    write: false,
    logLevel: 'silent',
  });
  const listeners: ((message: Message) => void)[] = [];
  let close = () => {};
  const closed = new Promise<void>((resolve) => {
    close = resolve;
  });
  const self: { onmessage?: (event: { data: unknown }) => void } & Record<string, unknown> = {
    postMessage: (message: Message) => {
      for (const listen of listeners) listen(structuredClone(message));
    },
    addEventListener: () => {
      // For errors of the worker itself, of which there are none.
    },
    close: () => close(),
  };
  runInContext(outputFiles[0]?.text ?? '', createContext({ ...web, self }));
  const send = (message: object) => self.onmessage?.({ data: structuredClone({ jsonrpc: '2.0', ...message }) });
  const next = (matches: (message: Message) => boolean) =>
    new Promise<Message>((resolve) => {
      listeners.push((message) => {
        if (matches(message)) resolve(message);
      });
    });
  return {
    send,
    next,
    closed,
    request: (id: number, method: string, params: object) => {
      const answer = next((message) => message.id === id && message.method === undefined);
      send({ id, method, params });
      return answer;
    },
    answer: (method: string, answerOf: (uri: string) => unknown) =>
      listeners.push((message) => {
        if (message.method !== method) return;
        send({ id: message.id, result: answerOf((message.params as { uri: string }).uri) });
      }),
  };
}

describe('the server in a browser', () => {
  it('checks, explains and draws with nothing but the web, and reads files through its client', async () => {
    const worker = await startWorker();
    const uri = 'vscode-vfs://github/acme/shop/topology.yaml';
    const key = 'vscode-vfs://github/acme/shop/keys/ops.pub';
    worker.answer('groundplan/statFile', (of) => (of === key ? '1' : null));
    worker.answer('groundplan/readFile', () => ({ kind: 'file', base64: btoa(publicKey) }));
    const { result } = await worker.request(1, 'initialize', {
      processId: null,
      rootUri: null,
      capabilities: {},
      initializationOptions: { files: true },
    });
    assert.deepEqual((result as { serverInfo: unknown }).serverInfo, { name: 'groundplan', version: '1.2.3' });
    worker.send({ method: 'initialized', params: {} });

    const published = worker.next(({ method }) => method === 'textDocument/publishDiagnostics');
    const text = topology(['app.web', 'app.wbe']);
    worker.send({
      method: 'textDocument/didOpen',
      params: { textDocument: { uri, languageId: 'topology', version: 1, text } },
    });
    const { diagnostics } = (await published).params as { diagnostics: { code: string }[] };
    assert.deepEqual(
      diagnostics.map(({ code }) => code),
      ['reference/unknown'],
    );
    const document = { textDocument: { uri } };
    const hover = await worker.request(2, 'textDocument/hover', { ...document, position: { line: 3, character: 1 } });
    assert.match(JSON.stringify(hover.result), /dns/);
    const drawing = await worker.request(3, 'groundplan/diagram', document);
    assert.match((drawing.result as { svg: string }).svg, /^<svg /);

    assert.equal((await worker.request(4, 'shutdown', {})).result, null);
    worker.send({ method: 'exit' });
    await worker.closed;
  });
});
