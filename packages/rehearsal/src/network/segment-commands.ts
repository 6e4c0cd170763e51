/** One end of a cable between a host and the router of a segment. */
export interface Nic {
  /** Network namespace of the host. */
  readonly namespace: string;
  /** Name in the host: `eth0`, `enp7s0`. */
  readonly device: string;
  readonly macAddress: string;
}

/** How a host hangs on a segment. */
export interface Plug {
  /** Unique in the segment, of at most 14 characters. */
  readonly port: string;
  readonly nic: Nic;
}

/** What is led to a host: an IPv4 address, or an IPv6 network in CIDR notation. */
export type Target = string;

/** What a router answers to as the gateway. */
export interface Gateway {
  readonly ipv4: string;
  /** Undefined where there is no IPv6. */
  readonly ipv6: string | undefined;
}

/** Hetzner's, the same for every server (docs.hetzner.com, "Static IP configuration"). */
export const publicGateway: Gateway = { ipv4: '172.31.1.1', ipv6: 'fe80::1' };

/** MTU of Hetzner's private networks (docs.hetzner.com, "Networks: FAQ"). */
export const privateMtu = 1450;

/** Lines for `ip -batch` in the router's namespace that plug a host in. */
export function plugCommands({ port, nic }: Plug, gateway: Gateway, mtu: number | undefined): string[] {
  const size = mtu === undefined ? '' : ` mtu ${mtu}`;
  const { device, namespace, macAddress } = nic;
  return [
    `link add ${port}${size} type veth peer name ${device} address ${macAddress}${size} netns ${namespace}`,
    `address add ${gateway.ipv4}/32 dev ${port}`,
    ...(gateway.ipv6 === undefined ? [] : [`address add ${gateway.ipv6}/64 dev ${port} nodad`]),
    `link set ${port} up`,
  ];
}

/** The line that leads a target to a host that is plugged in. An IPv6 network is led to the link-local address of its interface. */
export function leadCommand(target: Target, { port, nic }: Plug): string {
  if (!target.includes(':')) return `route replace ${target}/32 dev ${port}`;
  return `route replace ${target} via ${linkLocalOf(nic.macAddress)} dev ${port}`;
}

/** The line that stops leading it there. */
export function unleadCommand(target: Target, { port }: Plug): string {
  return target.includes(':') ? `route delete ${target} dev ${port}` : `route delete ${target}/32 dev ${port}`;
}

/** The link-local IPv6 address that an interface gives itself by its MAC address (RFC 4291, appendix A). */
export function linkLocalOf(macAddress: string): string {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = macAddress.split(':').map((octet) => Number.parseInt(octet, 16));
  const groups = [((a ^ 2) << 8) | b, (c << 8) | 0xff, 0xfe00 | d, (e << 8) | f];
  return `fe80::${groups.map((group) => group.toString(16)).join(':')}`;
}

/** The MAC address of a server's public interface, in the range that Hetzner uses for them. */
export function publicMacOf(server: number): string {
  const octets = [24, 16, 8, 0].map((shift) => ((server >>> shift) & 0xff).toString(16).padStart(2, '0'));
  return `96:00:${octets.join(':')}`;
}

/** The name of a server's private interface, counted from 0 (docs.hetzner.com, "Networks: Server configuration"). */
export function privateDevice(index: number): string {
  return `enp${7 + index}s0`;
}

/** The first address of a range in CIDR notation, which is the gateway of a private network. */
export function gatewayOf(ipRange: string): string {
  const address = ipRange.slice(0, ipRange.indexOf('/'));
  const octets = address.split('.');
  return [...octets.slice(0, 3), Number(octets[3]) + 1].join('.');
}
