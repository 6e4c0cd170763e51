import { Failure } from '../failure.js';
import { openApi, recordOf } from '../hetzner/api.js';

const perPage = 50;
/** An answer that has more pages than this is not one of Hetzner's. */
const mostPages = 100;

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
  const get = openApi(variables, token, 'HCLOUD_TOKEN');
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
