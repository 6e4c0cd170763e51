import { formatIpv6, isInNetwork64, parseIpv6 } from '../addresses/ipv6.js';
import { defaultReverseName } from '../addresses/public-addresses.js';
import { invalidField } from '../http/errors.js';
import type { Context } from '../http/route.js';
import { hostname } from '../input/checks.js';
import { readFields } from '../input/fields.js';
import type { DnsPointer, IpType } from '../state/records.js';

interface PublicIp {
  readonly ip: string;
  readonly type: IpType;
  dnsPointers: DnsPointer[];
}

/** The reverse names an address has when it is new: Hetzner's own for IPv4, none for IPv6. */
export function initialPointers(type: IpType, ip: string): DnsPointer[] {
  return type === 'ipv4' ? [{ ip, dns_ptr: defaultReverseName(ip) }] : [];
}

/** Reads a `change_dns_ptr` request and returns the change of the address, which is chosen among the candidates. */
export function planPointer(context: Context, candidates: readonly PublicIp[]): () => void {
  const fields = readFields(context.body);
  const text = fields.requiredText('ip');
  const pointer = fields.text('dns_ptr', hostname);
  if (!fields.has('dns_ptr') && !Object.hasOwn(context.body, 'dns_ptr')) fields.requiredText('dns_ptr');
  fields.finish();
  const owner = candidates.find((candidate) => covers(candidate, text));
  if (owner === undefined) throw invalidField('ip', `'${text}' does not belong to this resource`);
  const ip = owner.type === 'ipv6' ? formatIpv6(parseIpv6(text) ?? []) : text;
  return () => {
    const others = owner.dnsPointers.filter((known) => known.ip !== ip);
    if (pointer !== undefined) owner.dnsPointers = [...others, { ip, dns_ptr: pointer }];
    else owner.dnsPointers = [...others, ...initialPointers(owner.type, ip)];
  };
}

function covers(candidate: PublicIp, text: string): boolean {
  return candidate.type === 'ipv4' ? candidate.ip === text : isInNetwork64(candidate.ip, text);
}
