import { recordComment } from '@groundplan/dns-checker';
import {
  type CloudflareRecord,
  type CloudflareZone,
  DnsFailure,
  openCloudflareZone,
} from '@groundplan/dns-checker/node';
import type { Model } from '@groundplan/model';
import type { Context } from '../command.js';
import { Failure } from '../failure.js';

/** The records that the checkers on hosts keep at Cloudflare: Terraform does not know them, so that they are taken away by asking Cloudflare. */
export interface CheckerRecords {
  readonly found: readonly CloudflareRecord[];
  /** Takes away what is there at that moment: to be called when no checker is left that would write it again. */
  readonly remove: () => Promise<void>;
}

/** Where the API is; `CLOUDFLARE_BASE_URL` says otherwise, as it does for the provider. */
const defaultEndpoint = 'https://api.cloudflare.com/client/v4';

/** As Terraform has it, and as Cloudflare's own tools do. */
const tokenVariables = ['TF_VAR_cloudflare_api_token', 'CLOUDFLARE_API_TOKEN'] as const;

/**
 * Those of the names of the topology's routes that carry its comment; what else there is in the zone is somebody else's. Hetzner DNS has
 * none: there the checkers write into what Terraform made, and destroys.
 *
 * @throws Failure when there is no token, or Cloudflare does not show them
 */
export async function checkerRecords(
  { dns, loadBalancers, name }: Model,
  { variables, progress }: Context,
): Promise<CheckerRecords> {
  const names = new Set(loadBalancers.flatMap(({ routes }) => routes.map(({ host }) => host)));
  if (dns?.provider.value !== 'cloudflare' || names.size === 0) return { found: [], remove: async () => {} };
  const zone = dns.zone.value;
  const comment = recordComment(name.value);
  const isOurs = (record: CloudflareRecord) => record.comment === comment && names.has(record.name);
  const opened = openZone(zone, dns.zoneId?.value, variables);
  const list = async () => [...(await opened.list('type=A')), ...(await opened.list('type=AAAA'))].filter(isOurs);
  try {
    const found = await progress('asking Cloudflare', list);
    return {
      found: found.sort(byPlace),
      remove: () => progress('removing DNS records', () => removeAll(list, opened)),
    };
  } catch (error) {
    if (!(error instanceof DnsFailure)) throw error;
    throw new Failure(
      `Cloudflare does not show the records of ${zone} (${error.message}), of which the checkers' are to go with the hosts: nothing was destroyed. Set ${tokenVariables[0]} to a token that may edit them; or, to destroy the rest and delete them by hand, write "provider: none" under dns`,
    );
  }
}

function openZone(zone: string, zoneId: string | undefined, variables: Context['variables']): CloudflareZone {
  const token = tokenVariables.map((variable) => variables[variable]).find(Boolean);
  if (!token) {
    throw new Failure(
      `set ${tokenVariables[0]}: the checkers' records in ${zone} are removed by asking Cloudflare, not by Terraform`,
    );
  }
  const api = (variables.CLOUDFLARE_BASE_URL || defaultEndpoint).replace(/\/+$/, '');
  if (!URL.canParse(api)) throw new Failure(`CLOUDFLARE_BASE_URL is "${api}", which is no address`);
  return openCloudflareZone({ api, zone, ...(zoneId !== undefined && { zone_id: zoneId }) }, token);
}

/** One that is refused does not keep the others. */
async function removeAll(list: () => Promise<CloudflareRecord[]>, zone: CloudflareZone): Promise<void> {
  const left: CloudflareRecord[] = [];
  let reason = '';
  const there = await list().catch((error) => {
    throw error instanceof DnsFailure ? new RecordsStay(undefined, error.message) : error;
  });
  for (const record of there.sort(byPlace)) {
    try {
      await zone.remove(record.id);
    } catch (error) {
      if (!(error instanceof DnsFailure)) throw error;
      left.push(record);
      reason ||= error.message;
    }
  }
  if (left.length > 0) throw new RecordsStay(left, reason);
}

/** Records that are still there. */
export class RecordsStay extends Error {
  constructor(
    /** Undefined when Cloudflare does not say any more what there is. */
    readonly left: readonly CloudflareRecord[] | undefined,
    reason: string,
  ) {
    super(reason);
  }
}

/** `shop.example.com A 203.0.113.7`. */
export function recordLine({ name, type, address }: CloudflareRecord): string {
  return `${name} ${type} ${address}`;
}

function byPlace(a: CloudflareRecord, b: CloudflareRecord): number {
  return recordLine(a) < recordLine(b) ? -1 : 1;
}
