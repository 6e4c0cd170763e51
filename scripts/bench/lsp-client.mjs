import { spawn } from 'node:child_process';

/**
 * A client of the Language Server Protocol with nothing that could slow a server down: it starts the program, frames messages and
 * matches answers. It is told diagnostics (no pull), knows snippets and answers every question of the server at once.
 *
 * @param {string[]} args of Node: the server's program and its arguments
 * @param {string} folder the workspace
 * @param {(section: string | undefined) => unknown} settings what `workspace/configuration` answers for a section
 */
export function startServer(args, folder, settings) {
  const child = spawn(process.execPath, args, {
    cwd: folder,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const waiting = new Map();
  let awaited;
  let lastId = 0;
  let buffer = Buffer.alloc(0);

  const send = (message) => {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message });
    child.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  };
  const answer = ({ method, params }) => {
    if (method === 'workspace/configuration') return params.items.map(({ section }) => settings(section));
    return null;
  };
  const take = (message) => {
    if (message.method !== undefined && message.id !== undefined) send({ id: message.id, result: answer(message) });
    else if (message.id !== undefined) {
      const { resolve, reject } = waiting.get(message.id);
      waiting.delete(message.id);
      if (message.error === undefined) resolve(message.result);
      else reject(new Error(message.error.message));
    } else if (message.method === 'textDocument/publishDiagnostics') awaited?.(message.params);
  };
  child.stdout.on('data', (chunk) => {
    buffer = Buffer.concat([buffer, chunk]);
    for (;;) {
      const end = buffer.indexOf('\r\n\r\n');
      if (end < 0) return;
      const length = Number(/Content-Length: (\d+)/i.exec(buffer.toString('latin1', 0, end))?.[1]);
      if (buffer.length < end + 4 + length) return;
      const message = JSON.parse(buffer.toString('utf8', end + 4, end + 4 + length));
      buffer = buffer.subarray(end + 4 + length);
      take(message);
    }
  });

  return {
    pid: child.pid,
    notify: (method, params) => send({ method, params }),
    request: (method, params) => {
      const id = ++lastId;
      send({ id, method, params });
      return new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
    },
    /** The next diagnostics that the server publishes and that `accepts` takes; it fails when none come for a minute. */
    diagnostics: (accepts = () => true) =>
      new Promise((resolve, reject) => {
        const late = setTimeout(() => reject(new Error(`no such diagnostics from ${args[0]}`)), 60_000);
        late.unref();
        awaited = (params) => {
          if (!accepts(params)) return;
          awaited = undefined;
          clearTimeout(late);
          resolve(params);
        };
      }),
    /** @returns {Promise<void>} when the process has ended */
    stop: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await ended;
    },
    signal: (name) => child.kill(name),
  };
}

/** What every client here says of itself. */
export function initializeParams(folder) {
  const uri = `file://${folder}`;
  return {
    processId: process.pid,
    rootUri: uri,
    workspaceFolders: [{ uri, name: 'bench' }],
    capabilities: {
      workspace: { configuration: true, didChangeConfiguration: { dynamicRegistration: true } },
      textDocument: {
        publishDiagnostics: { relatedInformation: true, versionSupport: true },
        completion: { completionItem: { snippetSupport: true, documentationFormat: ['markdown'] } },
        hover: { contentFormat: ['markdown'] },
      },
    },
  };
}
