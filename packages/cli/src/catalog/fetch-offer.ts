import { Failure } from '../failure.js';

/** Where the API is; `HCLOUD_ENDPOINT` says otherwise, as it does for Hetzner's own tools. */
const defaultEndpoint = 'https://api.hetzner.cloud/v1';
const perPage = 50;
/** An answer that has more pages than this is not one of Hetzner's. */
const mostPages = 100;
const timeoutMilliseconds = 30_000;

/** The answers that a catalogue is made of, with their pages joined. */
export interface OfferAnswers {
  readonly locations: unknown;
  readonly serverTypes: unknown;
  readonly pricing: unknown;
  readonly images: unknown;
}

/**
 * Asks the API what the owner of the token can order.
 *
 * @throws Failure when the token is missing or refused, or the API cannot be reached
 */
export async function fetchOffer(variables: Readonly<Record<string, string | undefined>>): Promise<OfferAnswers> {
  const token = variables.HCLOUD_TOKEN ?? '';
  if (token === '') {
    throw new Failure(
      'HCLOUD_TOKEN is not set: make a token that may only read, in the Hetzner Console under Security, API tokens',
    );
  }
  const endpoint = (variables.HCLOUD_ENDPOINT || defaultEndpoint).replace(/\/+$/, '');
  if (!URL.canParse(endpoint)) throw new Failure(`HCLOUD_ENDPOINT is "${endpoint}", which is no address`);
  const get = (path: string) => fetchJson(`${endpoint}${path}`, token);
  return {
    locations: { locations: await pages(get, 'locations', '/locations') },
    serverTypes: { server_types: await pages(get, 'server_types', '/server_types') },
    pricing: await get('/pricing'),
    images: { images: await pages(get, 'images', '/images?type=system') },
  };
}

async function pages(get: (path: string) => Promise<unknown>, key: string, path: string): Promise<unknown[]> {
  const items: unknown[] = [];
  const joint = path.includes('?') ? '&' : '?';
  let page: number | null = 1;
  for (let count = 0; page !== null && count < mostPages; count++) {
    const answer = recordOf(await get(`${path}${joint}page=${page}&per_page=${perPage}`));
    const found = answer[key];
    if (!Array.isArray(found)) throw new Failure(`the API's answer to ${path} has no list "${key}"`);
    items.push(...found);
    const next = recordOf(recordOf(answer.meta).pagination).next_page;
    page = typeof next === 'number' ? next : null;
  }
  return items;
}

async function fetchJson(url: string, token: string): Promise<unknown> {
  let response: Response;
  try {
    response = await fetch(url, {
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(timeoutMilliseconds),
    });
  } catch (error) {
    throw new Failure(`the API cannot be reached at ${new URL(url).origin}: ${reasonOf(error)}`);
  }
  const body: unknown = await response.json().catch(() => undefined);
  if (response.ok) return body;
  if (response.status === 401) throw new Failure('the API does not accept the token in HCLOUD_TOKEN');
  const message = recordOf(recordOf(body).error).message;
  throw new Failure(
    `the API answers ${response.status} to ${new URL(url).pathname}: ${typeof message === 'string' ? message : 'no reason given'}`,
  );
}

/** `fetch` itself says only that it failed; several addresses that were tried have a reason each. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0]);
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : reasonOf(error.cause);
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
