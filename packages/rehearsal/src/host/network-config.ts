import { publicGateway } from '../network/segment-commands.js';

/** A host's public interface. */
export interface PublicNic {
  readonly ipv4: string | undefined;
  /** The /64 in CIDR notation. */
  readonly ipv6: string | undefined;
}

/** A host's interface in a private network. */
export interface PrivateNic {
  readonly device: string;
  readonly ip: string;
  readonly ipRange: string;
  readonly gateway: string;
}

/**
 * cloud-init's network configuration of the public interface (version 2): what Hetzner's has, but with fixed addresses where that
 * asks by DHCP. JSON is YAML.
 */
export function networkConfig(nic: PublicNic | undefined, nameservers: readonly string[]): string {
  if (nic === undefined) return '{ "version": 2, "ethernets": {} }\n';
  const { ipv4, ipv6 } = nic;
  const eth0 = {
    addresses: [...(ipv4 === undefined ? [] : [`${ipv4}/32`]), ...(ipv6 === undefined ? [] : [firstOf(ipv6)])],
    routes: [
      ...(ipv4 === undefined ? [] : [{ to: '0.0.0.0/0', via: publicGateway.ipv4, 'on-link': true }]),
      ...(ipv6 === undefined ? [] : [{ to: '::/0', via: publicGateway.ipv6, 'on-link': true }]),
    ],
    'accept-ra': false,
    'link-local': ['ipv6'],
    ...(nameservers.length === 0 ? {} : { nameservers: { addresses: nameservers } }),
  };
  return `${JSON.stringify({ version: 2, ethernets: { eth0 } }, null, 2)}\n`;
}

/** `2001:db8:1::/64` → `2001:db8:1::1/64`, which is the address that Hetzner gives a server of its network. */
function firstOf(network: string): string {
  return network.replace('::/', '::1/');
}

/**
 * A file of systemd-networkd for a private interface, in the place of Hetzner's `hc-utils`: the address alone, and the network
 * through its gateway.
 */
export function privateNicFile(nic: PrivateNic): { readonly path: string; readonly content: string } {
  return {
    path: `/etc/systemd/network/50-private-${nic.device}.network`,
    content: `[Match]
Name=${nic.device}

[Network]
Address=${nic.ip}/32
LinkLocalAddressing=no
IPv6AcceptRA=no

[Route]
Destination=${nic.gateway}/32
Scope=link

[Route]
Destination=${nic.ipRange}
Gateway=${nic.gateway}
GatewayOnLink=yes
`,
  };
}
