import { isMap, maps } from '../json.js';
import { type Change, changed, type Published } from '../machine/events.js';
import { canonical, type RecordSet } from '../machine/rules.js';
import type { DnsSettings } from '../settings.js';
import type { Reply } from '../shell/ask.js';
import { askApi, type DnsApi, eachChange, failureOf, jsonOf, refused, unavailable } from './api.js';
import { recordComment } from './comment.js';

type CloudflareSettings = Extract<DnsSettings, { provider: 'cloudflare' }>;

interface CloudflareRecord {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly address: string;
  readonly ttl: number;
  readonly proxied: boolean;
  readonly comment: string;
}

const perPage = 100;
/** Cloudflare's word for a TTL of its own choice, the only one of proxied records. */
const automaticTtl = 1;
/** What others did first: an identical record exists, or the record is gone (developers.cloudflare.com, DNS error codes). */
const alreadySo = [81058, 81044];
/** Ways of saying that the token is none, other than the status 401 or 403. */
const tokenCodes = [6003, 6111, 9106, 9109, 10000];

/**
 * Single records of Cloudflare's (https://developers.cloudflare.com/api, "DNS Records"). Nobody else makes them: those with the topology's
 * comment, or with the address of one of its balancers, are the topology's; what else there is under a name is left alone.
 */
export function cloudflareDns(
  settings: CloudflareSettings,
  token: string,
  topology: string,
  sets: readonly RecordSet[],
): DnsApi {
  const comment = recordComment(topology);
  const ttl = settings.proxied ? automaticTtl : settings.ttl;
  const wanted = { ttl, proxied: settings.proxied, comment };
  let zoneId = settings.zone_id;

  const call = async (path: string, method: 'GET' | 'POST' | 'PATCH' | 'DELETE' = 'GET', body?: unknown) => {
    const reply = await askApi(`${settings.api}${path}`, token, method, body);
    const value = jsonOf(reply);
    const codes = codesIn(value);
    if (codes.some((code) => alreadySo.includes(code))) return value;
    if (reply.status >= 300 || value.success !== true) throw failureIn(reply, value, codes);
    return value;
  };

  const findZone = async (): Promise<string> => {
    if (zoneId !== undefined) return zoneId;
    const { result } = await call(`/zones?name=${encodeURIComponent(settings.zone)}`);
    const [zone] = maps(result);
    if (typeof zone?.id !== 'string') throw refused(`the token does not see the zone ${settings.zone}`);
    zoneId = zone.id;
    return zoneId;
  };

  const list = async (query: string) => {
    const zone = await findZone();
    const found: CloudflareRecord[] = [];
    for (let page = 1, pages = 1; page <= pages; page += 1) {
      const value = await call(`/zones/${zone}/dns_records?${query}&page=${page}&per_page=${perPage}`);
      found.push(...maps(value.result).map(recordOf));
      pages = isMap(value.result_info) ? Number(value.result_info.total_pages ?? 1) : 1;
    }
    return found;
  };

  const isOurs = (set: RecordSet, record: CloudflareRecord) =>
    record.comment === comment || set.targets.some(({ address }) => address === record.address);
  const isOutdated = (record: CloudflareRecord) =>
    record.ttl !== ttl || record.proxied !== settings.proxied || record.comment !== comment;

  const publishedOf = (set: RecordSet, all: readonly CloudflareRecord[]): Published => {
    const records = all.filter(({ name, type }) => name === set.name && type === set.type);
    const ours = records.filter((record) => isOurs(set, record));
    const foreign = records.filter((record) => !isOurs(set, record)).map(({ address }) => address);
    const isTaken = ours.length === 0 && foreign.length > 0;
    return {
      addresses: ours.map(({ address }) => address).sort(),
      foreign: foreign.sort(),
      outdated: ours.some(isOutdated),
      blocked: isTaken
        ? `it has ${foreign.join(', ')}, which Groundplan did not put there; delete that by hand, and the balancers' addresses come in`
        : undefined,
    };
  };

  const write = async (set: RecordSet, change: Change) => {
    // As it is at this moment: what was read before it was decided may be seconds old.
    const there = await list(`type=${set.type}&name.exact=${encodeURIComponent(set.name)}`);
    const ours = there.filter((record) => isOurs(set, record));
    const wantedAddresses = changed(
      ours.map(({ address }) => address),
      change,
    );
    const path = `/zones/${await findZone()}/dns_records`;
    // What is new comes first, so that the name is never without an address.
    for (const address of wantedAddresses) {
      const record = ours.find((each) => each.address === address);
      if (record === undefined) {
        await call(path, 'POST', { name: set.name, type: set.type, content: address, ...wanted });
      } else if (isOutdated(record)) {
        await call(`${path}/${record.id}`, 'PATCH', wanted);
      }
    }
    for (const { id, address } of ours) {
      if (!wantedAddresses.includes(address)) await call(`${path}/${id}`, 'DELETE');
    }
  };

  return {
    read: async () => {
      const all = [...(await list('type=A')), ...(await list('type=AAAA'))];
      return new Map(sets.map((set) => [set.key, publishedOf(set, all)]));
    },
    write: (changes) =>
      eachChange(changes, async (change) => {
        const set = sets.find(({ key }) => key === change.set);
        if (set !== undefined) await write(set, change);
      }),
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
