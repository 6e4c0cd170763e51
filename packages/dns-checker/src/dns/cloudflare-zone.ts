import { isMap, maps } from '../json.js';
import { canonical } from '../machine/rules.js';
import type { Reply } from '../shell/ask.js';
import { askApi, failureOf, jsonOf, refused, unavailable } from './api.js';

/** A record of an address at Cloudflare. */
export interface CloudflareRecord {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  /** An IPv6 address in its short form. */
  readonly address: string;
  /** Seconds, or 1 for Cloudflare's own choice. */
  readonly ttl: number;
  readonly proxied: boolean;
  /** Empty when there is none. */
  readonly comment: string;
}

/** The records of one zone. Every function throws DnsFailure. */
export interface CloudflareZone {
  /** Those that fit a query of the API, such as `type=A`; all pages of them. */
  readonly list: (query: string) => Promise<CloudflareRecord[]>;
  readonly create: (
    name: string,
    type: string,
    address: string,
    settings: Pick<CloudflareRecord, 'ttl' | 'proxied' | 'comment'>,
  ) => Promise<void>;
  readonly update: (id: string, settings: Pick<CloudflareRecord, 'ttl' | 'proxied' | 'comment'>) => Promise<void>;
  /** One that is gone already is no failure. */
  readonly remove: (id: string) => Promise<void>;
}

const perPage = 100;
/** What others did first: an identical record exists, or the record is gone (developers.cloudflare.com, DNS error codes). */
const alreadySo = [81058, 81044];
/** Ways of saying that the token is none, other than the status 401 or 403. */
const tokenCodes = [6003, 6111, 9106, 9109, 10000];

/**
 * A zone by its name, or by its id where that is known, in Cloudflare's API (https://developers.cloudflare.com/api, "DNS Records").
 *
 * @param api its address, with `/client/v4`
 */
export function openCloudflareZone(
  { api, zone, zone_id: knownId }: { readonly api: string; readonly zone: string; readonly zone_id?: string },
  token: string,
): CloudflareZone {
  let zoneId = knownId;

  const call = async (path: string, method: 'GET' | 'POST' | 'PATCH' | 'DELETE' = 'GET', body?: unknown) => {
    const reply = await askApi(`${api}${path}`, token, method, body);
    const value = jsonOf(reply);
    const codes = codesIn(value);
    if (codes.some((code) => alreadySo.includes(code))) return value;
    if (reply.status >= 300 || value.success !== true) throw failureIn(reply, value, codes);
    return value;
  };

  const pathOfRecords = async (): Promise<string> => {
    if (zoneId === undefined) {
      const { result } = await call(`/zones?name=${encodeURIComponent(zone)}`);
      const [found] = maps(result);
      if (typeof found?.id !== 'string') throw refused(`the token does not see the zone ${zone}`);
      zoneId = found.id;
    }
    return `/zones/${zoneId}/dns_records`;
  };

  return {
    list: async (query) => {
      const path = await pathOfRecords();
      const found: CloudflareRecord[] = [];
      for (let page = 1, pages = 1; page <= pages; page += 1) {
        const value = await call(`${path}?${query}&page=${page}&per_page=${perPage}`);
        found.push(...maps(value.result).map(recordOf));
        pages = isMap(value.result_info) ? Number(value.result_info.total_pages ?? 1) : 1;
      }
      return found;
    },
    create: async (name, type, address, settings) => {
      await call(await pathOfRecords(), 'POST', { name, type, content: address, ...settings });
    },
    update: async (id, settings) => {
      await call(`${await pathOfRecords()}/${id}`, 'PATCH', settings);
    },
    remove: async (id) => {
      await call(`${await pathOfRecords()}/${id}`, 'DELETE');
    },
  };
}

function recordOf(value: Record<string, unknown>): CloudflareRecord {
  return {
    id: String(value.id),
    name: String(value.name),
    type: String(value.type),
    address: canonical(String(value.content)),
    ttl: Number(value.ttl),
    proxied: value.proxied === true,
    comment: typeof value.comment === 'string' ? value.comment : '',
  };
}

function codesIn({ errors }: Record<string, unknown>): number[] {
  return maps(errors).map(({ code }) => Number(code));
}

function failureIn(reply: Reply, value: Record<string, unknown>, codes: readonly number[]) {
  const [first] = maps(value.errors);
  const [chained] = maps(first?.error_chain);
  const text = [first, chained]
    .flatMap((error) => (error === undefined ? [] : [`${error.message} (${error.code})`]))
    .join(': ');
  const said = text === '' ? 'no reason is given' : text;
  if (codes.some((code) => tokenCodes.includes(code))) return refused(`${reply.status}: ${said}`);
  return reply.status < 300 ? unavailable(said) : failureOf(reply, said);
}
