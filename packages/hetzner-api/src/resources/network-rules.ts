import { formatIpv4, holds, isPrivate, overlaps, parseIpv4, parseRange, type Range } from '../addresses/ipv4.js';
import { invalidField, limitExceeded, refused } from '../http/errors.js';
import type { Context } from '../http/route.js';
import type { Check } from '../input/fields.js';
import type { NetworkRecord, PrivateNetRecord, ServerRecord, SubnetRecord } from '../state/records.js';
import type { Project } from '../state/world.js';

/** The range of a network: private, /24 at least. */
export const networkRange: Check<string> = (text) => {
  const range = parseRange(text);
  if (range === undefined) return 'is not a network in CIDR notation';
  if (!isPrivate(range)) return 'must be one of the private IPv4 ranges of RFC1918';
  return range.prefix > 24 ? 'must be /24 or larger' : undefined;
};

/** Gateway of the public interface of every server, which no private address may be. */
export const publicGateway: number = parseIpv4('172.31.1.1') ?? 0;

/** Alias addresses of one server in one network. */
const aliasesPerNetwork = 5;

/** The range of something that was checked before it was stored. */
export function storedRange(text: string): Range {
  const range = parseRange(text);
  if (range === undefined) throw new Error(`'${text}' was stored as a range`);
  return range;
}

/** The first address of a network, which is the gateway of its private interfaces. */
export function gatewayOf(network: Pick<NetworkRecord, 'ipRange'>): number {
  return storedRange(network.ipRange).first + 1;
}

/** How a server asks to be attached. */
export interface AttachRequest {
  readonly ip: string | undefined;
  readonly aliasIps: readonly string[];
  readonly ipRange: string | undefined;
}

/**
 * Finds the addresses of a server in a network, or refuses as Hetzner does: `server_already_attached`,
 * `networks_overlap`, `no_subnet_available`, `ip_not_available`, and the limits of 100 servers a network and three
 * networks a server. A server that is being created has no id yet: its record is not in the project.
 */
export function planAttachment(
  context: Context,
  network: NetworkRecord,
  server: Pick<ServerRecord, 'location' | 'privateNets'>,
  request: AttachRequest,
): Omit<PrivateNetRecord, 'macAddress'> {
  const { limits } = context.offer.catalog;
  if (server.privateNets.some((net) => net.network === network.id)) {
    throw refused('server_already_attached', 'server is already attached to this network');
  }
  refuseOverlappingNetworks(context.project, network, server);
  if (server.privateNets.length >= limits.networksPerServer) {
    throw limitExceeded('networks per server', 'server_network_limit');
  }
  const attached = [...context.project.servers.values()].filter((other) =>
    other.privateNets.some((net) => net.network === network.id),
  );
  if (attached.length >= limits.serversPerNetwork) throw limitExceeded('servers per network', 'network_server_limit');
  const subnets = subnetsFor(context, network, server.location, request);
  const taken = takenAddresses(context.project, network.id);
  const ip = request.ip === undefined ? lowestFree(network, subnets, taken) : parseIpv4(request.ip);
  if (ip === undefined) throw noSubnet();
  if (!isUsable(network, subnets, taken, ip)) throw refused('ip_not_available', 'IP not available');
  taken.add(ip);
  return {
    network: network.id,
    ip: formatIpv4(ip),
    aliasIps: planAliases(network, subnets, taken, request.aliasIps),
  };
}

/** The alias addresses in their canonical form; `ip_not_available` if one is taken or lies nowhere. */
export function planNewAliases(
  context: Context,
  network: NetworkRecord,
  server: ServerRecord,
  aliases: readonly string[],
): readonly string[] {
  const subnets = subnetsFor(context, network, server.location, { ip: undefined, aliasIps: [], ipRange: undefined });
  const taken = takenAddresses(context.project, network.id);
  const own = server.privateNets.find((net) => net.network === network.id);
  for (const alias of own?.aliasIps ?? []) taken.delete(parseIpv4(alias) ?? 0);
  return planAliases(network, subnets, taken, aliases);
}

function planAliases(
  network: NetworkRecord,
  subnets: readonly Range[],
  taken: Set<number>,
  aliases: readonly string[],
): readonly string[] {
  if (aliases.length > aliasesPerNetwork) throw limitExceeded('alias IPs per network', 'alias_ip_limit');
  return aliases.map((text) => {
    const alias = parseIpv4(text);
    if (alias === undefined) throw invalidField('alias_ips', `'${text}' is not an IPv4 address`);
    if (!isUsable(network, subnets, taken, alias)) throw refused('ip_not_available', 'IP not available');
    taken.add(alias);
    return formatIpv4(alias);
  });
}

function refuseOverlappingNetworks(
  project: Project,
  network: NetworkRecord,
  server: Pick<ServerRecord, 'privateNets'>,
): void {
  for (const net of server.privateNets) {
    const other = project.networks.get(net.network);
    if (other !== undefined && overlaps(storedRange(other.ipRange), storedRange(network.ipRange))) {
      throw refused('networks_overlap', 'the network IP range overlaps with one of the server networks');
    }
  }
}

/** The subnets that a server of a location may use: those of its zone that are no vSwitch, or the one asked for. */
function subnetsFor(context: Context, network: NetworkRecord, location: string, request: AttachRequest): Range[] {
  const zone = context.offer.locations.find((candidate) => candidate.name === location)?.network_zone;
  const usable = (subnet: SubnetRecord): boolean =>
    subnet.type !== 'vswitch' &&
    subnet.networkZone === zone &&
    (request.ipRange === undefined || subnet.ipRange === request.ipRange);
  const ranges = network.subnets.filter(usable).map((subnet) => storedRange(subnet.ipRange));
  if (ranges.length === 0) throw noSubnet();
  return ranges;
}

function noSubnet() {
  return refused('no_subnet_available', 'no subnet or IP available');
}

/** Every address of servers in a network. */
function takenAddresses(project: Project, network: number): Set<number> {
  const taken = new Set<number>();
  for (const server of project.servers.values()) {
    for (const net of server.privateNets) {
      if (net.network !== network) continue;
      for (const text of [net.ip, ...net.aliasIps]) taken.add(parseIpv4(text) ?? 0);
    }
  }
  return taken;
}

/**
 * Reserved (https://docs.hetzner.cloud, Networks, and Hetzner's page about networks): the first address of the network,
 * the first and the last of every subnet, and 172.31.1.1.
 */
function isUsable(network: NetworkRecord, subnets: readonly Range[], taken: ReadonlySet<number>, ip: number): boolean {
  const subnet = subnets.find((range) => holds(range, ip));
  if (subnet === undefined || ip === subnet.first || ip === subnet.last) return false;
  return ip !== gatewayOf(network) && ip !== publicGateway && !taken.has(ip);
}

function lowestFree(network: NetworkRecord, subnets: readonly Range[], taken: ReadonlySet<number>): number | undefined {
  for (const range of subnets) {
    for (let ip = range.first + 1; ip < range.last; ip += 1) {
      if (isUsable(network, subnets, taken, ip)) return ip;
    }
  }
  return undefined;
}
