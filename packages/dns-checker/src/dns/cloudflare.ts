import { type Change, changed, type Published } from '../machine/events.js';
import type { RecordSet } from '../machine/rules.js';
import type { DnsSettings } from '../settings.js';
import { type DnsApi, eachChange } from './api.js';
import { type CloudflareRecord, openCloudflareZone } from './cloudflare-zone.js';
import { recordComment } from './comment.js';

type CloudflareSettings = Extract<DnsSettings, { provider: 'cloudflare' }>;

/** Cloudflare's word for a TTL of its own choice, the only one of proxied records. */
const automaticTtl = 1;

/**
 * Single records of Cloudflare's. Nobody else makes them: those with the topology's comment, or with the address of one of its balancers,
 * are the topology's; what else there is under a name is left alone.
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
  const { list, create, update, remove } = openCloudflareZone(settings, token);

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
    // What is new comes first, so that the name is never without an address.
    for (const address of wantedAddresses) {
      const record = ours.find((each) => each.address === address);
      if (record === undefined) await create(set.name, set.type, address, wanted);
      else if (isOutdated(record)) await update(record.id, wanted);
    }
    for (const { id, address } of ours) {
      if (!wantedAddresses.includes(address)) await remove(id);
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
