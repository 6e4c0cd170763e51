import { formatRange, parseRange } from '../addresses/ipv4.js';
import { canonicalIpv6Range } from '../addresses/ipv6.js';
import { limitExceeded } from '../http/errors.js';
import type { Context } from '../http/route.js';
import { oneOf } from '../input/checks.js';
import type { Fields } from '../input/fields.js';
import type { FirewallRuleRecord } from '../state/records.js';

/** Rules times addresses of one firewall (https://docs.hetzner.com/cloud/firewalls/overview, Limits). */
const effectiveRules = 500;

const longestDescription = 255;

/**
 * Reads the rules of a request. Noted: a direction with the other direction's addresses, a port where the protocol has
 * none or none where it has, an address with host bits, more than 50 rules or 100 addresses a rule.
 */
export function readRules(context: Context, fields: Fields, list: readonly Fields[]): readonly FirewallRuleRecord[] {
  const { rulesPerFirewall } = context.offer.catalog.limits;
  if (list.length > rulesPerFirewall) fields.refuse('rules', `must not be longer than ${rulesPerFirewall} rules`);
  return list.map((rule) => readRule(context, rule));
}

/** 403 if the rules are more than 500, counted once for each address. */
export function refuseTooManyEffectiveRules(rules: readonly FirewallRuleRecord[]): void {
  const count = rules.reduce((sum, rule) => sum + Math.max(1, rule.sourceIps.length + rule.destinationIps.length), 0);
  if (count > effectiveRules) throw limitExceeded('effective firewall rules', 'firewall_effective_rule_limit');
}

function readRule(context: Context, fields: Fields): FirewallRuleRecord {
  const direction = fields.requiredText('direction', oneOf('in', 'out')) === 'out' ? 'out' : 'in';
  const sourceIps = readRanges(context, fields, 'source_ips');
  const destinationIps = readRanges(context, fields, 'destination_ips');
  const protocol = fields.requiredText('protocol', oneOf('tcp', 'udp', 'icmp', 'esp', 'gre'));
  const port = fields.text('port', checkPort) ?? null;
  const description =
    fields.text('description', (text) =>
      text.length > longestDescription ? `must not be longer than ${longestDescription} characters` : undefined,
    ) ?? null;
  const [own, other] = direction === 'in' ? (['source_ips', 'destination_ips'] as const) : swapped;
  if ((direction === 'in' ? sourceIps : destinationIps).length === 0) {
    fields.refuse(own, `must not be empty for direction ${direction}`);
  }
  if ((direction === 'in' ? destinationIps : sourceIps).length > 0) {
    fields.refuse(other, `must be empty for direction ${direction}`);
  }
  const hasPorts = protocol === 'tcp' || protocol === 'udp';
  if (hasPorts && port === null) fields.refuse('port', `is required for protocol ${protocol}`);
  if (!hasPorts && port !== null) fields.refuse('port', `is not allowed for protocol ${protocol}`);
  return { direction, sourceIps, destinationIps, protocol, port, description };
}

const swapped = ['destination_ips', 'source_ips'] as const;

function readRanges(context: Context, fields: Fields, name: string): string[] {
  const most = context.offer.catalog.limits.sourcesPerFirewallRule;
  const texts = fields.texts(name) ?? [];
  if (texts.length > most) fields.refuse(name, `must not be longer than ${most} networks`);
  return texts.flatMap((text) => {
    const canonical = canonicalRange(text);
    if (canonical === undefined) fields.refuse(name, `'${text}' is not a network in CIDR notation`);
    return canonical ?? [];
  });
}

function canonicalRange(text: string): string | undefined {
  const range = parseRange(text);
  return range === undefined ? canonicalIpv6Range(text) : formatRange(range);
}

function checkPort(text: string): string | undefined {
  const [low, high = low, ...rest] = text.split('-').map((part) => (/^[0-9]{1,5}$/.test(part) ? Number(part) : 0));
  if (low === undefined || high === undefined || rest.length > 0) return 'is not a port or a range of ports';
  if (low < 1 || high > 65535 || low > high) return 'must be a port between 1 and 65535, or a range of them';
  return undefined;
}
