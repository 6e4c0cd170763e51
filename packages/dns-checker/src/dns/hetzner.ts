import { isMap, maps } from '../json.js';
import { changed, type Published } from '../machine/events.js';
import { canonical, type RecordSet } from '../machine/rules.js';
import type { DnsSettings } from '../settings.js';
import { askApi, type DnsApi, eachChange, failureOf, jsonOf, unavailable } from './api.js';

/** The most that the API gives at once. */
const perPage = 100;
/** An action takes a second or two. Milliseconds, and how often it is looked at. */
const glance = 300;
const mostGlances = 30;

/**
 * Record sets of Hetzner DNS, in the Cloud API (https://docs.hetzner.cloud, "Zone RRSets"). They are made by Terraform, with the
 * topology's label, and then left to the checkers: one that is not there or has not that label is left alone.
 */
export function hetznerDns(
  { api, zone }: Extract<DnsSettings, { provider: 'hetzner' }>,
  token: string,
  topology: string,
  sets: readonly RecordSet[],
): DnsApi {
  const base = `${api}/zones/${encodeURIComponent(zone)}/rrsets`;

  const call = async (url: string, method: 'GET' | 'POST' = 'GET', body?: unknown) => {
    const reply = await askApi(url, token, method, body);
    const value = jsonOf(reply);
    if (reply.status >= 300) throw failureOf(reply, messageOf(value));
    return value;
  };

  const readAll = async () => {
    const found = new Map<string, Record<string, unknown>>();
    for (let page: unknown = 1; typeof page === 'number'; ) {
      const value = await call(`${base}?page=${page}&per_page=${perPage}`);
      for (const rrset of maps(value.rrsets)) found.set(`${rrset.name} ${rrset.type}`, rrset);
      const { pagination } = isMap(value.meta) ? value.meta : {};
      page = isMap(pagination) ? pagination.next_page : undefined;
    }
    return found;
  };

  return {
    read: async () => {
      const found = await readAll();
      return new Map(
        sets.map((set) => [set.key, publishedOf(found.get(`${relative(set.name, zone)} ${set.type}`), topology)]),
      );
    },
    write: (changes) =>
      eachChange(changes, async (change) => {
        const set = sets.find(({ key }) => key === change.set);
        if (set === undefined) return;
        const path = `${encodeURIComponent(relative(set.name, zone))}/${set.type}`;
        // As it is at this moment: what was read before it was decided may be seconds old.
        const { rrset } = await call(`${base}/${path}`);
        const { addresses, blocked } = publishedOf(isMap(rrset) ? rrset : undefined, topology);
        if (blocked !== undefined) throw unavailable(blocked);
        const records = changed(addresses, change);
        if (records.join() === addresses.join()) return;
        const set_records = { records: records.map((value) => ({ value })) };
        const { action } = await call(`${base}/${path}/actions/set_records`, 'POST', set_records);
        await untilDone(isMap(action) ? action : {}, (id) => call(`${api}/actions/${id}`));
      }),
  };
}

function publishedOf(rrset: Record<string, unknown> | undefined, topology: string): Published {
  const nothing: Published = { addresses: [], foreign: [], outdated: false, blocked: undefined };
  if (rrset === undefined) return { ...nothing, blocked: 'it is not there; "terraform apply" makes it' };
  const values = maps(rrset.records)
    .map(({ value }) => canonical(String(value)))
    .sort();
  const labels = isMap(rrset.labels) ? rrset.labels : {};
  if (labels.topology !== topology) {
    return {
      ...nothing,
      foreign: values,
      blocked: `it has not the label topology=${topology}, so that it is somebody else's`,
    };
  }
  const isProtected = isMap(rrset.protection) && rrset.protection.change === true;
  return { ...nothing, addresses: values, blocked: isProtected ? 'it is protected from changes' : undefined };
}

async function untilDone(
  begun: Record<string, unknown>,
  look: (id: unknown) => Promise<Record<string, unknown>>,
): Promise<void> {
  let action = begun;
  for (let glances = 0; action.status === 'running' && glances < mostGlances; glances += 1) {
    await new Promise((resolve) => setTimeout(resolve, glance));
    const value = await look(action.id);
    action = isMap(value.action) ? value.action : {};
  }
  if (action.status === 'running') throw unavailable('the change is not done after 9 s');
  if (action.status === 'error') throw unavailable(`the change failed: ${messageOf(action)}`);
}

function messageOf({ error }: Record<string, unknown>): string {
  return isMap(error) ? `${error.message} (${error.code})` : 'no reason is given';
}

/** The name of a record set within its zone, `@` for the zone itself. */
function relative(name: string, zone: string): string {
  return name === zone ? '@' : name.endsWith(`.${zone}`) ? name.slice(0, -zone.length - 1) : name;
}
