import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Engine, makeEngine } from './engine.js';
import { codeOfStatus, type FaultControl, type FaultTable, makeFaultTable } from './faults.js';
import { bearerToken } from './http/authentication.js';
import { readBody } from './http/body.js';
import { controlPath, handleControl } from './http/control.js';
import { ApiError } from './http/errors.js';
import type { Reply } from './http/route.js';
import { parseBody } from './input/fields.js';
import type { ApiOptions } from './options.js';
import type { ProjectSnapshot } from './snapshot.js';

/** One request that the API has answered. */
export interface LoggedRequest {
  readonly method: string;
  /** Path below `/v1` with its query; the whole path for what is not below it. */
  readonly path: string;
  /** 0 if the connection was broken by a fault. */
  readonly status: number;
}

/** An API that listens. */
export interface RunningApi {
  /** `http://127.0.0.1:PORT/v1`, for `HCLOUD_ENDPOINT`. */
  readonly url: string;
  /** Stops listening and breaks open connections. */
  close(): Promise<void>;
  /** All resources of the token's project; throws if the token is not good. */
  snapshot(token: string): ProjectSnapshot;
  /** The requests so far, the oldest first; the last 100,000 of them. */
  requests(): readonly LoggedRequest[];
  readonly faults: FaultControl;
}

const base = '/v1';
const mostLogged = 100_000;

/** Starts the API on loopback. Rejects if the port is taken or the state file cannot be read. */
export async function startApi(options: ApiOptions = {}): Promise<RunningApi> {
  const engine = makeEngine(options);
  const faults = makeFaultTable();
  const log: LoggedRequest[] = [];
  const delays = new Set<NodeJS.Timeout>();
  let count = 0;

  const delay = (milliseconds: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(() => {
        delays.delete(timer);
        resolve();
      }, milliseconds);
      delays.add(timer);
    });

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    count += 1;
    const exchange = readExchange(request);
    const result = await carryOut(engine, faults, request, exchange, delay);
    if (log.length >= mostLogged) log.shift();
    log.push({ method: exchange.method, path: exchange.shown, status: result?.status ?? 0 });
    if (result === null) {
      request.socket.destroy();
      return;
    }
    // Hetzner sends one with every answer and its clients show it in their errors.
    const correlation = { 'X-Correlation-Id': count.toString(16).padStart(16, '0') };
    send(response, { ...result, headers: { ...correlation, ...result.headers } });
  };

  const server = createServer((request, response) => {
    answer(request, response).catch(() => request.socket.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, options.host ?? '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${base}`,
    close: () =>
      new Promise((resolve) => {
        for (const timer of delays) clearTimeout(timer);
        delays.clear();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
    snapshot: (token) => engine.snapshot(token),
    requests: () => [...log],
    faults,
  };
}

/** What a request is about, before its body is read. */
interface Exchange {
  readonly method: string;
  readonly url: URL;
  /** Path below `/v1`; undefined for what is not below it. */
  readonly path: string | undefined;
  readonly shown: string;
}

function readExchange(request: IncomingMessage): Exchange {
  const url = new URL(request.url ?? '/', `http://${request.headers.host ?? '127.0.0.1'}`);
  const path = url.pathname.startsWith(`${base}/`) ? url.pathname.slice(base.length) : undefined;
  return { method: request.method ?? 'GET', url, path, shown: `${path ?? url.pathname}${url.search}` };
}

/** Answers one request; null if the connection is to be broken. */
async function carryOut(
  engine: Engine,
  faults: FaultTable,
  request: IncomingMessage,
  exchange: Exchange,
  delay: (milliseconds: number) => Promise<void>,
): Promise<Reply | null> {
  const { method, url, path } = exchange;
  let headers: Readonly<Record<string, string>> = {};
  try {
    const body = await readBody(request);
    if (url.pathname === controlPath || url.pathname.startsWith(`${controlPath}/`)) {
      return handleControl(faults, method, url.pathname, request.headers.host, parseBody(body));
    }
    if (path === undefined) throw new ApiError(404, 'not_found', `this API is below ${base}`);
    const token = bearerToken(request.headers.authorization);
    const rate = engine.admit(token);
    headers = rate.headers;
    const hit = faults.strike(method, path);
    if (hit.milliseconds > 0) await delay(hit.milliseconds);
    if (hit.answer?.kind === 'disconnect') return null;
    if (hit.answer !== null) {
      const { status, code = codeOfStatus(status), message = 'injected fault' } = hit.answer;
      throw new ApiError(status, code, message);
    }
    if (!rate.allowed) throw new ApiError(429, 'rate_limit_exceeded', 'limit of requests per hour reached');
    const reply = engine.handle({
      method,
      path,
      query: url.searchParams,
      token,
      body,
      url: `${url.origin}${url.pathname}`,
      failure: hit.failure,
    });
    return { ...reply, headers: { ...headers, ...reply.headers } };
  } catch (error) {
    return { ...refusal(error), headers };
  }
}

function refusal(error: unknown): Reply {
  if (error instanceof ApiError) {
    return {
      status: error.status,
      body: { error: { code: error.code, message: error.message, details: error.details } },
    };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { status: 500, body: { error: { code: 'server_error', message, details: null } } };
}

function send(response: ServerResponse, reply: Reply): void {
  const text = reply.body === undefined ? undefined : JSON.stringify(reply.body);
  response.writeHead(reply.status, {
    ...(text === undefined ? {} : { 'Content-Type': 'application/json' }),
    ...reply.headers,
  });
  response.end(text);
}
