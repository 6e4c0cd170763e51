import assert from 'node:assert/strict';
import type { ActionShape, ApiOptions, RunningApi } from '@groundplan/hetzner-api';
import { startApi } from '@groundplan/hetzner-api';
import { testCatalog } from './catalog.js';

/** A token of the right length; its project is empty at first. */
export const token = 't'.repeat(64);

/** Noon of a day on which everything in the tests happens. */
export const noon = Date.UTC(2026, 10, 24, 12);

/** A clock that stands still until it is moved. */
export interface TestClock {
  now: number;
}

export interface Answer<Body> {
  readonly status: number;
  readonly body: Body;
  readonly headers: Headers;
}

export interface ErrorBody {
  readonly error: { readonly code: string; readonly message: string; readonly details: unknown };
}

/** A client of one project. */
export interface Client {
  readonly api: RunningApi;
  readonly clock: TestClock;
  get<Body>(path: string): Promise<Answer<Body>>;
  post<Body>(path: string, body?: object): Promise<Answer<Body>>;
  put<Body>(path: string, body: object): Promise<Answer<Body>>;
  delete<Body>(path: string): Promise<Answer<Body>>;
  /** A client of the project of another token. */
  as(otherToken: string): Client;
}

/**
 * Runs a test against an API on loopback whose clock stands still at noon, whose actions end at once and which sells what
 * is in the test catalogue, unless the options say otherwise.
 */
export async function withApi(options: ApiOptions, test: (client: Client) => Promise<void>): Promise<void> {
  const clock: TestClock = { now: noon };
  const api = await startApi({ clock: () => clock.now, actionMilliseconds: 0, catalog: testCatalog, ...options });
  try {
    await test(clientOf(api, clock, token));
  } finally {
    await api.close();
  }
}

function clientOf(api: RunningApi, clock: TestClock, authorization: string): Client {
  const send = async <Body>(method: string, path: string, body?: object): Promise<Answer<Body>> => {
    const response = await fetch(`${api.url}${path}`, {
      method,
      headers: { Authorization: `Bearer ${authorization}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: (text === '' ? {} : JSON.parse(text)) as Body, headers: response.headers };
  };
  return {
    api,
    clock,
    get: (path) => send('GET', path),
    post: (path, body = {}) => send('POST', path, body),
    put: (path, body) => send('PUT', path, body),
    delete: (path) => send('DELETE', path),
    as: (other) => clientOf(api, clock, other),
  };
}

/** The body of an answer that must have succeeded. */
export function succeeded<Body>(answer: Answer<Body>, status?: number): Body {
  assert.ok(answer.status < 300, `expected success, got ${answer.status} ${JSON.stringify(answer.body)}`);
  if (status !== undefined) assert.equal(answer.status, status);
  return answer.body;
}

/** Asserts that an answer is a refusal with that status, code and message (or a part of it). */
export function refused(answer: Answer<unknown>, status: number, code: string, message?: string): void {
  const { error } = answer.body as ErrorBody;
  assert.deepEqual({ status: answer.status, code: error?.code }, { status, code }, JSON.stringify(answer.body));
  if (message !== undefined) assert.ok(error.message.includes(message), `'${error.message}' lacks '${message}'`);
}

/** Asserts that an answer is `invalid_input` about exactly these fields. */
export function refusedFields(answer: Answer<unknown>, ...names: readonly string[]): void {
  refused(answer, 422, 'invalid_input');
  const { details } = (answer.body as ErrorBody).error;
  const { fields } = details as { fields: { name: string; messages: string[] }[] };
  assert.deepEqual(
    fields.map((field) => field.name),
    names,
  );
  for (const field of fields) assert.ok(field.messages.length > 0);
}

/** Asserts that an action has that command and succeeded. */
export function actionSucceeded(body: { readonly action: ActionShape | null }, command: string): void {
  assert.deepEqual(
    { command: body.action?.command, status: body.action?.status },
    { command, status: 'success' },
    JSON.stringify(body.action),
  );
}
