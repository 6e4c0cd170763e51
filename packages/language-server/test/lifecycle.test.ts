import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { connect } from './support/client.js';
import { framed, unframe } from './support/frames.js';
import { type Message, type ServerProcess, startProcess } from './support/server-process.js';

const initialize = { method: 'initialize', params: { processId: null, rootUri: null, capabilities: {} } };
const hover = {
  method: 'textDocument/hover',
  params: { textDocument: { uri: 'file:///a' }, position: { line: 0, character: 0 } },
};

/** Sends messages one after the other, each request after the answer to the one before; the errors and results by id. */
async function conversation(...messages: readonly (Message & { readonly method: string })[]) {
  const server = await startProcess();
  const answers: Record<string, unknown> = {};
  for (const message of messages) {
    if (message.id === undefined) {
      server.send(message);
      continue;
    }
    const answer = await answerTo(server, message);
    answers[String(message.id)] = answer.error?.code ?? 'result';
  }
  const settled = await Promise.race([server.exited, later(50_000)]);
  await server.kill();
  return { answers, exit: settled === undefined ? 'still running' : settled.code };
}

function answerTo(server: ServerProcess, message: Message): Promise<Message> {
  return new Promise((resolve) => {
    server.onMessage((answer) => {
      if (answer.id === message.id && answer.method === undefined) resolve(answer);
    });
    server.send(message);
  });
}

function later(milliseconds: number): Promise<undefined> {
  return new Promise((resolve) => setTimeout(() => resolve(undefined), milliseconds).unref());
}

describe('the life of the server', () => {
  it('ends with 0 after shutdown and exit', async () => {
    const { answers, exit } = await conversation(
      { id: 1, ...initialize },
      { method: 'initialized' },
      { id: 2, method: 'shutdown' },
      { method: 'exit' },
    );
    assert.deepEqual({ answers, exit }, { answers: { 1: 'result', 2: 'result' }, exit: 0 });
  });

  it('ends with 1 after exit without shutdown', async () => {
    assert.equal((await conversation({ id: 1, ...initialize }, { method: 'exit' })).exit, 1);
  });

  it('ends with 1 after exit before initialize', async () => {
    assert.equal((await conversation({ method: 'exit' })).exit, 1);
  });

  it('refuses requests before initialize, and ignores notifications', async () => {
    const { answers } = await conversation(
      { id: 'a', ...hover },
      { method: 'textDocument/didOpen', params: {} },
      { id: 'b', method: 'shutdown' },
      { id: 'c', ...initialize },
      { method: 'exit' },
    );
    assert.deepEqual(answers, { a: -32002, b: -32002, c: 'result' });
  });

  it('refuses a second initialize, and one without capabilities', async () => {
    const { answers } = await conversation(
      { id: 0, method: 'initialize', params: { processId: null } },
      { id: 1, ...initialize },
      { id: 2, ...initialize },
      { method: 'exit' },
    );
    assert.deepEqual(answers, { 0: -32602, 1: 'result', 2: -32600 });
  });

  it('refuses requests after shutdown, and ignores notifications', async () => {
    const { answers, exit } = await conversation(
      { id: 1, ...initialize },
      { id: 2, method: 'shutdown' },
      { id: 3, ...hover },
      { id: 4, method: 'shutdown' },
      { method: 'textDocument/didOpen', params: { textDocument: { uri: 'file:///a', version: 1, text: '' } } },
      { method: 'exit' },
    );
    assert.deepEqual({ answers, exit }, { answers: { 1: 'result', 2: 'result', 3: -32600, 4: -32600 }, exit: 0 });
  });

  it('answers unknown requests with MethodNotFound, and ignores unknown notifications', async () => {
    const { answers, exit } = await conversation(
      { id: 1, ...initialize },
      { id: 2, method: 'textDocument/astrology', params: {} },
      { id: 3, method: '$/unheardOf', params: {} },
      { method: '$/unheardOf', params: {} },
      { method: 'workspace/unheardOf' },
      { id: 4, method: 'shutdown' },
      { method: 'exit' },
    );
    assert.deepEqual({ answers, exit }, { answers: { 1: 'result', 2: -32601, 3: -32601, 4: 'result' }, exit: 0 });
  });

  it('ends with 1 when the client hangs up, with 0 when it has said goodbye', async () => {
    const sudden = await startProcess();
    sudden.hangUp();
    assert.equal((await sudden.exited).code, 1);
    const polite = await startProcess();
    await answerTo(polite, { id: 1, ...initialize });
    await answerTo(polite, { id: 2, method: 'shutdown' });
    polite.hangUp();
    assert.equal((await polite.exited).code, 0);
  });

  it('ends when the process of the client dies without a word', async () => {
    const bystander = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    const client = await connect({ processId: bystander.pid ?? 0 });
    bystander.kill('SIGKILL');
    assert.equal((await client.server.exited).code, 1);
  });

  it('says what it does to a client that wants to know', async () => {
    const client = await connect();
    client.notify('$/setTrace', { value: 'messages' });
    client.open('untitled:shop', 'topology: v1\n');
    const { message } = await client.next<{ message: string }>('$/logTrace');
    assert.match(message, /^checked shop at version 1: \d+ diagnostics$/);
    client.notify('$/setTrace', { value: 'off' });
    client.replace('untitled:shop', 'topology: v2\n', 2);
    await client.published('untitled:shop');
    assert.equal(client.unread('$/logTrace'), 0);
    assert.equal(await client.stop(), 0);
  });

  it('writes nothing but the protocol, and says who it is', async () => {
    const client = await connect();
    assert.equal(client.initialized.serverInfo?.name, 'groundplan');
    assert.equal(client.initialized.capabilities.positionEncoding, 'utf-16');
    assert.equal(await client.stop(), 0);
    assert.equal((await client.server.exited).stderr, '');
  });
});

describe('groundplan lsp', () => {
  /** Listens, and says hello to the server that connects. */
  async function served(listen: (server: ReturnType<typeof createServer>) => Promise<readonly string[]>) {
    const server = createServer();
    const connected = once(server, 'connection') as Promise<[Socket]>;
    const child = await startProcess(await listen(server));
    const [socket] = await connected;
    const answer = new Promise((resolve) => socket.on('data', unframe(resolve)));
    socket.write(framed({ jsonrpc: '2.0', id: 1, ...initialize }));
    assert.ok(((await answer) as Message).result);
    socket.destroy();
    server.close();
    assert.equal((await child.exited).code, 1);
  }

  it('connects to a port with --socket', () =>
    served(async (server) => {
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      return ['--socket', String((server.address() as { port: number }).port)];
    }));

  it('connects to a socket with --pipe', () =>
    served(async (server) => {
      const path = join(tmpdir(), `groundplan-${process.pid}.sock`);
      server.listen(path);
      await once(server, 'listening');
      return [`--pipe=${path}`];
    }));

  it('says in one line when nobody listens, or when it is told two ways', async () => {
    const nobody = await (await startProcess(['--socket', '1'])).exited;
    assert.equal(nobody.code, 2);
    assert.match(nobody.stderr, /^groundplan: port 1: .*\n$/);
    const two = await (await startProcess(['--stdio', '--socket', '1'])).exited;
    assert.deepEqual(two, { code: 2, stderr: 'groundplan: lsp takes one of --stdio, --socket and --pipe\n' });
  });
});
