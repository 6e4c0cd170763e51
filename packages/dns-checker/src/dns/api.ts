import { isMap } from '../json.js';
import type { Change, Problem, Published } from '../machine/events.js';
import { reasonOf } from '../reason.js';
import { ask, type Reply } from '../shell/ask.js';

/** Records at a provider, as far as a checker has to do with them. */
export interface DnsApi {
  /**
   * What there is for each set, by its key.
   *
   * @throws DnsFailure
   */
  read(): Promise<ReadonlyMap<string, Published>>;
  /**
   * Makes each set what it is to be; always after a `read`. What fails does not keep the other sets from being written.
   *
   * @throws DnsFailure the first of them
   */
  write(changes: readonly Change[]): Promise<void>;
}

/** DNS could not be read or written. */
export class DnsFailure extends Error {
  constructor(readonly problem: Problem) {
    super(problem.text);
    this.name = 'DnsFailure';
  }
}

/** Milliseconds. */
const patience = 10_000;

/** A request in JSON, with the token of the provider. */
export async function askApi(
  url: string,
  token: string,
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE' = 'GET',
  body?: unknown,
): Promise<Reply> {
  const { hostname } = new URL(url);
  const content = body === undefined ? undefined : JSON.stringify(body);
  try {
    return await ask({
      url,
      method,
      headers: {
        authorization: `Bearer ${token}`,
        accept: 'application/json',
        ...(content === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: content,
      patience,
    });
  } catch (error) {
    throw unavailable(`${hostname}: ${reasonOf(error)}`);
  }
}

/** The failure that an answer is; `text` is what the provider says. */
export function failureOf({ status, headers }: Reply, text: string): DnsFailure {
  const kind = status === 401 || status === 403 ? 'refused' : 'unavailable';
  return new DnsFailure({ kind, text: `${status}: ${text}`, retryAfter: status === 429 ? waitOf(headers) : undefined });
}

export function refused(text: string): DnsFailure {
  return new DnsFailure({ kind: 'refused', text, retryAfter: undefined });
}

export function unavailable(text: string): DnsFailure {
  return new DnsFailure({ kind: 'unavailable', text, retryAfter: undefined });
}

/** The body of an answer; a failure when it is no JSON. */
export function jsonOf(reply: Reply): Record<string, unknown> {
  try {
    const value: unknown = reply.body === '' ? {} : JSON.parse(reply.body);
    if (isMap(value)) return value;
  } catch {
    // Said below, as for anything else that is no map.
  }
  throw failureOf(reply, 'the answer is not from the API');
}

/** Carries out each change, and fails afterwards when any did. */
export async function eachChange(changes: readonly Change[], work: (change: Change) => Promise<void>): Promise<void> {
  const failures: DnsFailure[] = [];
  for (const change of changes) {
    try {
      await work(change);
    } catch (error) {
      if (!(error instanceof DnsFailure)) throw error;
      failures.push(new DnsFailure({ ...error.problem, text: `${change.set}: ${error.problem.text}` }));
      if (error.problem.kind === 'refused') break;
    }
  }
  const [first] = failures;
  if (first !== undefined) throw first;
}

/** `Retry-After` in seconds, or a minute. */
function waitOf(headers: Reply['headers']): number {
  const seconds = Number(headers['retry-after'] ?? 60);
  return (Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 600) : 60) * 1000;
}
