import { formatRange, type Host, type Model, parseAddress } from '@groundplan/model';
import { bastionHosts, isBastion } from './bastion.js';
import type { Text } from './text.js';

/** Balancers of one entity are in one block of the address plan, so that one more changes no rule. */
const balancerBlock = 16;

/**
 * The firewall of a host from its first boot on: nothing comes in, on any interface, but SSH from where it is allowed. Hetzner's
 * own firewall covers public addresses only. What a tier serves is opened when the host is configured.
 */
export function bootstrapRuleset(model: Model, host: Host): Text {
  return [
    `#!/usr/sbin/nft -f
# First boot: everything is closed but SSH. Replaced when Groundplan configures the host.
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
    ...sshRules(model, host),
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

function sshRules(model: Model, host: Host): Text {
  const rules = [...(isBastion(model, host) ? fromAllowList(model) : []), ...fromBastion(model, host)];
  return rules;
}

function fromAllowList(model: Model): Text {
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
function fromBastion(model: Model, host: Host): Text {
  const bastions = bastionHosts(model);
  if (host.region === undefined) return rule('ip', bastions, 'SSH from the bastion');
  const ranges = bastions.filter(({ region }) => region === host.region).map(({ address }) => blockOf(address));
  return rule('ip', [...new Set(ranges)], 'SSH from the bastion');
}

function blockOf(address: string): string {
  const number = parseAddress(address) ?? 0;
  return formatRange({ base: number - (number % balancerBlock), prefix: 32 - Math.log2(balancerBlock) });
}

function rule(family: 'ip' | 'ip6', sources: Text, comment: string): Text {
  if (sources.length === 0) return [];
  const set = sources.flatMap((source, index) => (index === 0 ? [source] : [', ', source]));
  return [`    ${family} saddr { `, ...set, ` } tcp dport 22 accept comment "${comment}"\n`];
}
