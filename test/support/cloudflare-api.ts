/**
 * A stand-in for Cloudflare's v4 API on the loopback interface: zones and DNS records, in Cloudflare's envelope and with
 * its refusals. It keeps everything in memory.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type CloudflareError,
  type CloudflareRecord,
  conflictWith,
  type RecordInput,
  readRecordInput,
} from './cloudflare-records.js';

export type { CloudflareRecord } from './cloudflare-records.js';

export interface CloudflareZone {
  id: string;
  name: string;
  account: { id: string; name: string };
  paused: boolean;
  type: string;
  status: string;
  name_servers: string[];
  created_on: string;
  modified_on: string;
}

export interface CloudflareApi {
  /** Such as `http://127.0.0.1:41234/client/v4`. */
  url: string;
  /** The only token that it accepts. */
  token: string;
  /** Makes a zone as its owner would in the dashboard. */
  addZone(name: string): CloudflareZone;
  zones(): CloudflareZone[];
  /** The records of one zone, oldest first. */
  records(zoneId: string): CloudflareRecord[];
  /** Refuses requests by this method from now on, as for a token that may only read; undefined refuses none. */
  refuse(method: string | undefined): void;
  /** Every request so far, such as `POST /zones/…/dns_records`. */
  requests: string[];
  close(): Promise<void>;
}

interface Stored {
  zone: CloudflareZone;
  records: Map<string, CloudflareRecord>;
}

interface Answer {
  status: number;
  result: unknown;
  errors?: CloudflareError[];
  resultInfo?: object;
}

const basePath = '/client/v4';
const account = { id: '0'.repeat(31).concat('a'), name: 'Groundplan' };
const zonesPerPage = 20;
const recordsPerPage = 100;

/** Starts the server on a free port; `zones` are the names of zones that are there from the start. */
export async function startCloudflareApi(options: { token?: string; zones?: string[] } = {}): Promise<CloudflareApi> {
  const token = options.token ?? 'groundplan-cloudflare-token';
  const stored = new Map<string, Stored>();
  const requests: string[] = [];
  let refusedMethod: string | undefined;
  let lastId = 0;
  const nextId = () => {
    lastId += 1;
    return lastId.toString(16).padStart(32, '0');
  };
  const addZone = (name: string): CloudflareZone => {
    const now = new Date().toISOString();
    const names = { name, name_servers: ['ada.ns.cloudflare.com', 'bob.ns.cloudflare.com'] };
    const state = { account, paused: false, type: 'full', status: 'active', created_on: now, modified_on: now };
    const zone = { id: nextId(), ...names, ...state };
    stored.set(zone.id, { zone, records: new Map() });
    return zone;
  };
  for (const name of options.zones ?? []) addZone(name);

  const server = createServer((request, response) => {
    handle(request)
      .then((answer) => write(response, answer))
      .catch((error: unknown) => write(response, failure(500, 10_001, String(error))));
  });

  async function handle(request: IncomingMessage): Promise<Answer> {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const path = url.pathname.startsWith(basePath) ? url.pathname.slice(basePath.length) : url.pathname;
    requests.push(`${request.method} ${path}`);
    const body = await readBody(request);
    const refused = refuseToken(request, token);
    if (refused !== undefined) return refused;
    if (request.method === refusedMethod) return failure(403, 10_000, 'Authentication error');
    const [collection, zoneId, inner, recordId, ...rest] = path.split('/').slice(1);
    const unroutable = failure(404, 7003, `Could not route to ${path}, perhaps your object identifier is invalid?`);
    if (collection !== 'zones' || rest.length > 0) return unroutable;
    if (zoneId === undefined) return zoneCollection(request.method, url.searchParams, body);
    const entry = stored.get(zoneId);
    if (entry === undefined) return unroutable;
    if (inner === undefined) return oneZone(request.method, entry, body);
    if (inner !== 'dns_records') return unroutable;
    if (recordId === undefined) return recordCollection(request.method, entry, url.searchParams, body);
    return oneRecord(request.method, entry, recordId, body);
  }

  function zoneCollection(method: string | undefined, query: URLSearchParams, body: Body): Answer {
    const zones = [...stored.values()].map(({ zone }) => zone);
    if (method === 'GET') return page(filterBy(zones, query, ['name', 'status']), query, zonesPerPage);
    if (method !== 'POST') return notAllowed();
    const name = body.name;
    if (typeof name !== 'string' || !name.includes('.'))
      return failure(400, 1105, 'You attempted to add an invalid domain.');
    if (zones.some((zone) => zone.name === name)) return failure(400, 1061, `${name} already exists`);
    return success(addZone(name));
  }

  function oneZone(method: string | undefined, { zone }: Stored, body: Body): Answer {
    if (method === 'GET') return success(zone);
    if (method === 'DELETE') {
      stored.delete(zone.id);
      return success({ id: zone.id });
    }
    if (method !== 'PATCH') return notAllowed();
    if (typeof body.paused === 'boolean') zone.paused = body.paused;
    if (typeof body.type === 'string') zone.type = body.type;
    zone.modified_on = new Date().toISOString();
    return success(zone);
  }

  function recordCollection(method: string | undefined, entry: Stored, query: URLSearchParams, body: Body): Answer {
    const records = [...entry.records.values()];
    if (method === 'GET') return page(filterBy(records, query, ['name', 'type', 'content']), query, recordsPerPage);
    if (method !== 'POST') return notAllowed();
    return store(entry, undefined, body);
  }

  function oneRecord(method: string | undefined, entry: Stored, id: string, body: Body): Answer {
    const record = entry.records.get(id);
    if (record === undefined) return failure(404, 81044, 'Record does not exist.');
    if (method === 'GET') return success(record);
    if (method === 'DELETE') {
      entry.records.delete(id);
      return success({ id });
    }
    if (method === 'PUT') return store(entry, record, body);
    if (method === 'PATCH') return store(entry, record, { ...record, ...body });
    return notAllowed();
  }

  function store({ zone, records }: Stored, before: CloudflareRecord | undefined, body: Body): Answer {
    const { input, error } = readRecordInput(body, zone.name);
    if (error !== undefined) return { status: 400, result: null, errors: [error] };
    const others = [...records.values()].filter(({ id }) => id !== before?.id);
    const conflict = conflictWith(input, others);
    if (conflict !== undefined) return { status: 400, result: null, errors: [conflict] };
    const record = toRecord(input, before, before?.id ?? nextId());
    records.set(record.id, record);
    return success(record);
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${basePath}`,
    token,
    addZone,
    zones: () => [...stored.values()].map(({ zone }) => zone),
    records: (zoneId) => [...(stored.get(zoneId)?.records.values() ?? [])],
    refuse: (method) => {
      refusedMethod = method;
    },
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

type Body = Record<string, unknown>;

function toRecord(input: RecordInput, before: CloudflareRecord | undefined, id: string): CloudflareRecord {
  const now = new Date().toISOString();
  const commentTime = before?.comment === input.comment ? (before.comment_modified_on ?? now) : now;
  return {
    id,
    ...input,
    created_on: before?.created_on ?? now,
    modified_on: now,
    ...(input.comment === null ? {} : { comment_modified_on: commentTime }),
  };
}

/** Cloudflare's two ways of saying no: no credentials at all, and ones that it does not know. */
function refuseToken(request: IncomingMessage, token: string): Answer | undefined {
  const header = request.headers.authorization;
  if (header === undefined) return failure(400, 9106, 'Missing X-Auth-Key, X-Auth-Email or Authorization headers');
  return header === `Bearer ${token}` ? undefined : failure(403, 9109, 'Invalid access token');
}

/** Keeps what fits every filter in the query, given as `name` or as `name.exact`. */
function filterBy<T extends object>(items: T[], query: URLSearchParams, names: (keyof T & string)[]): T[] {
  return items.filter((item) =>
    names.every((name) => {
      const wanted = query.get(name) ?? query.get(`${name}.exact`);
      return wanted === null || item[name] === wanted;
    }),
  );
}

function page(items: unknown[], query: URLSearchParams, defaultSize: number): Answer {
  const number = Math.max(1, Number(query.get('page') ?? 1) || 1);
  const size = Math.max(1, Number(query.get('per_page') ?? defaultSize) || defaultSize);
  const result = items.slice((number - 1) * size, number * size);
  const totals = { total_count: items.length, total_pages: Math.ceil(items.length / size) };
  return { status: 200, result, resultInfo: { page: number, per_page: size, count: result.length, ...totals } };
}

function success(result: unknown): Answer {
  return { status: 200, result };
}

function failure(status: number, code: number, message: string): Answer {
  return { status, result: null, errors: [{ code, message }] };
}

function notAllowed(): Answer {
  return failure(405, 10_405, 'Method not allowed for this authentication scheme');
}

function write(response: ServerResponse, { status, result, errors = [], resultInfo }: Answer): void {
  const envelope = { result, success: errors.length === 0, errors, messages: [] };
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(resultInfo === undefined ? envelope : { ...envelope, result_info: resultInfo }));
}

async function readBody(request: IncomingMessage): Promise<Body> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  if (text === '') return {};
  const value: unknown = JSON.parse(text);
  return typeof value === 'object' && value !== null ? (value as Body) : {};
}
