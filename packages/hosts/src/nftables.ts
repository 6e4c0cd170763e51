import { formatRange, type Host, type Model, parseAddress } from '@groundplan/model';
import { bastionHosts, isBastion } from './bastion.js';
import { indented, joined, type Placeholder, type PublicAddress, type Text } from './text.js';

/**
 * The firewall of a host from its first boot on: nothing comes in, on any interface, but SSH from where it is allowed. Hetzner's
 * own firewall covers public addresses only. What a tier serves is opened when the host is configured.
 */
export function bootstrapRuleset(model: Model, host: Host): Text<PublicAddress> {
  return ruleset(
    'First boot: everything is closed but SSH. Replaced when Groundplan configures the host.',
    sshRules(model, host),
  );
}

/**
 * The same for a host that is configured: SSH, and what its role serves.
 *
 * @param opened rules of the chain `input`, a line each
 */
export function runtimeRuleset(model: Model, host: Host, opened: Text): Text {
  const heading = `What may reach ${host.name}. Everything else is dropped, on private interfaces too.
# "nft list ruleset" shows what is in force, "systemctl reload nftables" loads this file as a whole or not at all.`;
  return joined<Placeholder>(ruleset<Placeholder>(heading, [...sshRules(model, host), ...indented(opened, '    ')]));
}

function ruleset<P extends Placeholder>(heading: string, opened: Text<P>): Text<P> {
  return [
    `#!/usr/sbin/nft -f
# ${heading}
flush ruleset

table inet groundplan {
  chain input {
    type filter hook input priority filter; policy drop;
    ct state established,related accept
    ct state invalid drop
    iif lo accept
    meta l4proto { icmp, ipv6-icmp } accept
    udp sport 67 udp dport 68 accept comment "DHCP"
`,
    ...opened,
    `  }

  chain forward {
    type filter hook forward priority filter; policy drop;
  }

  chain output {
    type filter hook output priority filter; policy accept;
    ip daddr 169.254.169.254 meta skuid != root reject comment "metadata of the server"
  }
}
`,
  ];
}

function sshRules(model: Model, host: Host): Text<PublicAddress> {
  const rules = [...(isBastion(model, host) ? fromAllowList(model) : []), ...fromBastion(model, host)];
  return rules;
}

function fromAllowList(model: Model): Text<PublicAddress> {
  const ranges = (model.access?.sshFrom ?? []).map(({ value }) => value);
  return [
    ...rule(
      'ip',
      ranges.filter((range) => !range.includes(':')),
      'SSH from the allow list',
    ),
    ...rule(
      'ip6',
      ranges.filter((range) => range.includes(':')),
      'SSH from the allow list',
    ),
  ];
}

/** Over the private network of the region; to the arbiter, which shares none with a bastion, over public addresses. */
function fromBastion(model: Model, host: Host): Text<PublicAddress> {
  const bastions = bastionHosts(model);
  if (host.region === undefined) return rule('ip', bastions.map(publicIpv4), 'SSH from the bastion');
  const ranges = bastions.filter(({ region }) => region === host.region).map(blockAround);
  return rule('ip', [...new Set(ranges)], 'SSH from the bastion');
}

function publicIpv4(host: Host): PublicAddress {
  return { publicAddress: host, version: 'ipv4' };
}

/** The block of the address plan that a host is in: hosts of one entity share it, so that one more changes no rule. */
export function blockAround({ address, tier }: Host): string {
  const size = tier === 'app' ? 128 : 16;
  const number = parseAddress(address) ?? 0;
  return formatRange({ base: number - (number % size), prefix: 32 - Math.log2(size) });
}

function rule(family: 'ip' | 'ip6', sources: Text<PublicAddress>, comment: string): Text<PublicAddress> {
  if (sources.length === 0) return [];
  const set = sources.flatMap((source, index) => (index === 0 ? [source] : [', ', source]));
  return [`    ${family} saddr { `, ...set, ` } tcp dport 22 accept comment "${comment}"\n`];
}
