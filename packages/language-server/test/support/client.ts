import { pathToFileURL } from 'node:url';
import type { ClientCapabilities, Diagnostic, InitializeResult } from 'vscode-languageserver';

export type { Diagnostic, DocumentDiagnosticReport } from 'vscode-languageserver';

import { type Message, type ServerProcess, startProcess } from './server-process.js';

/** What the server answered instead of a result. */
export class ErrorAnswer extends Error {
  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}

export interface ClientOptions {
  readonly capabilities?: ClientCapabilities;
  /** Paths of the workspace folders. */
  readonly folders?: readonly string[];
  readonly initializationOptions?: unknown;
  /** What it calls itself. */
  readonly name?: string;
  /** Answers to what the server asks, by method; null for the rest. */
  readonly answers?: Readonly<Record<string, (params: never) => unknown>>;
  readonly processId?: number;
}

export interface LanguageClient {
  readonly initialized: InitializeResult;
  readonly server: ServerProcess;
  /** Rejects with {@link ErrorAnswer}. */
  readonly request: <R>(method: string, params?: unknown) => Promise<R>;
  /** The same, with the id by which it can be cancelled. */
  readonly ask: <R>(method: string, params?: unknown) => { readonly id: number; readonly answer: Promise<R> };
  readonly notify: (method: string, params?: unknown) => void;
  /** Sends everything that `work` sends in one piece, so that it arrives together. */
  readonly atOnce: <T>(work: () => T) => T;
  /** The next notification or request of the server of that kind, also one that came since the last call and nobody waited for. */
  readonly next: <P>(method: string) => Promise<P>;
  /** How many of that kind came and nobody waited for. */
  readonly unread: (method: string) => number;
  readonly open: (
    uri: string,
    text: string,
    options?: { readonly languageId?: string; readonly version?: number },
  ) => void;
  readonly close: (uri: string) => void;
  /** Replaces the whole text. */
  readonly replace: (uri: string, text: string, version: number) => void;
  /** What it says of the document, for clients that do not ask. */
  readonly published: (uri: string) => Promise<readonly Diagnostic[]>;
  /** Answers `shutdown`, and `exit` ends it; the code. */
  readonly stop: () => Promise<number | null>;
}

export function uriOf(path: string): string {
  return pathToFileURL(path).href;
}

/** Longer than any answer takes on a busy machine. */
const patienceMilliseconds = 50_000;

export async function connect(options: ClientOptions = {}): Promise<LanguageClient> {
  const server = await startProcess();
  const pending = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>();
  const unread: { method: string; params: unknown }[] = [];
  const waiting: { method: string; resolve: (params: never) => void }[] = [];
  let count = 0;

  server.onMessage((message: Message) => {
    if (message.method === undefined) {
      const call = pending.get(message.id as number);
      pending.delete(message.id as number);
      if (message.error !== undefined) call?.reject(new ErrorAnswer(message.error.code, message.error.message));
      else call?.resolve(message.result as never);
      return;
    }
    if (message.id !== undefined) {
      const result = options.answers?.[message.method]?.(message.params as never) ?? null;
      server.send({ id: message.id, result });
    }
    const at = waiting.findIndex(({ method }) => method === message.method);
    if (at >= 0) waiting.splice(at, 1)[0]?.resolve(message.params as never);
    else unread.push({ method: message.method, params: message.params });
  });

  const ask = <R>(method: string, params: unknown = {}) => {
    count += 1;
    const id = count;
    const answer = new Promise<R>((resolve, reject) => pending.set(id, { resolve, reject }));
    server.send({ id, method, params });
    return { id, answer: patient(answer, `no answer to ${method}`) };
  };
  const request = <R>(method: string, params?: unknown) => ask<R>(method, params).answer;
  const notify = (method: string, params: unknown = {}) => server.send({ method, params });
  const next = <P>(method: string): Promise<P> => {
    const at = unread.findIndex((each) => each.method === method);
    const found = at >= 0 ? unread.splice(at, 1)[0] : undefined;
    if (found !== undefined) return Promise.resolve(found.params as P);
    return patient(new Promise<P>((resolve) => waiting.push({ method, resolve })), `no ${method}`);
  };
  const folders = options.folders?.map((path) => ({ uri: uriOf(path), name: path })) ?? null;
  const initialized = await request<InitializeResult>('initialize', {
    processId: options.processId ?? null,
    rootUri: folders?.[0]?.uri ?? null,
    workspaceFolders: folders,
    capabilities: options.capabilities ?? {},
    ...(options.name === undefined ? {} : { clientInfo: { name: options.name } }),
    initializationOptions: options.initializationOptions,
  });
  notify('initialized');

  return {
    initialized,
    server,
    request,
    ask,
    notify,
    atOnce: (work) => {
      server.hold();
      try {
        return work();
      } finally {
        server.release();
      }
    },
    next,
    unread: (method) => unread.filter((each) => each.method === method).length,
    open: (uri, text, { languageId = 'topology', version = 1 } = {}) =>
      notify('textDocument/didOpen', { textDocument: { uri, languageId, version, text } }),
    close: (uri) => notify('textDocument/didClose', { textDocument: { uri } }),
    replace: (uri, text, version) =>
      notify('textDocument/didChange', { textDocument: { uri, version }, contentChanges: [{ text }] }),
    published: async (uri) => {
      for (;;) {
        const params = await next<{ uri: string; diagnostics: Diagnostic[] }>('textDocument/publishDiagnostics');
        if (params.uri === uri) return params.diagnostics;
      }
    },
    stop: async () => {
      await request('shutdown');
      notify('exit');
      return (await server.exited).code;
    },
  };
}

function patient<T>(promise: Promise<T>, complaint: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(complaint)), patienceMilliseconds);
  });
  return Promise.race([promise, timeout]).finally(() => clearTimeout(timer));
}
