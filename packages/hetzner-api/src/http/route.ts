import type { ActionRuntime, PlannedFailure } from '../actions/lifecycle.js';
import type { JsonObject } from '../input/json.js';
import type { Offer } from '../offer/offer.js';
import type { Quotas } from '../options.js';
import type { Project, World } from '../state/world.js';

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** What a handler answers; `body` is written as JSON. */
export interface Reply {
  readonly status: number;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Everything a handler may look at. Handlers are synchronous, so that each request is atomic. */
export interface Context {
  readonly world: World;
  readonly project: Project;
  readonly offer: Offer;
  readonly quotas: Quotas;
  readonly actions: ActionRuntime;
  /** Milliseconds since 1970, by the clock of the API. */
  readonly now: number;
  /** URL of the request up to the query, for the Link header. */
  readonly url: string;
  /** Values of the `{…}` segments of the route. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: JsonObject;
  /** Set by fault injection: the first action that this request starts fails so, and changes nothing. */
  readonly failure: PlannedFailure | null;
}

export type Handler = (context: Context) => Reply;

export interface Route {
  readonly method: Method;
  /** Below `/v1`, with `{name}` for a variable segment. */
  readonly path: string;
  readonly handle: Handler;
}

/** 200 with a body. */
export function ok(body: object, headers?: Readonly<Record<string, string>>): Reply {
  return headers === undefined ? { status: 200, body } : { status: 200, body, headers };
}

/** 201 with a body. */
export function created(body: object): Reply {
  return { status: 201, body };
}

/** 204. */
export const noContent: Reply = { status: 204 };

/** The value of a `{…}` segment; routes guarantee that it is there. */
export function parameter(context: Context, name: string): string {
  return context.params[name] ?? '';
}

/** A `{…}` segment that is an id; 0, which nothing has, if it is no positive integer. */
export function idParameter(context: Context, name = 'id'): number {
  const text = parameter(context, name);
  return /^[1-9][0-9]{0,15}$/.test(text) ? Number(text) : 0;
}
