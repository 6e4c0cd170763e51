import {
  contains,
  formatIpv4,
  formatRange,
  holds,
  isPrivate,
  overlaps,
  parseIpv4,
  parseRange,
  type Range,
} from '../addresses/ipv4.js';
import { invalidField, invalidInput, limitExceeded, notFound, refused } from '../http/errors.js';
import type { Context } from '../http/route.js';
import { oneOf } from '../input/checks.js';
import { type Fields, readFields } from '../input/fields.js';
import type { NetworkRecord, RouteRecord, SubnetRecord } from '../state/records.js';
import { gatewayOf, publicGateway, storedRange } from './network-rules.js';

interface SubnetRequest {
  readonly type: string;
  readonly ipRange: string | undefined;
  readonly networkZone: string;
  readonly vswitchId: number | undefined;
}

/** Reads a subnet of a request. */
export function readSubnet(fields: Fields): SubnetRequest {
  const type = fields.requiredText('type', oneOf('cloud', 'server', 'vswitch'));
  const ipRange = fields.text('ip_range', (text) => {
    const range = parseRange(text);
    if (range === undefined) return 'is not a network in CIDR notation';
    return range.prefix > 30 ? 'must be /30 or larger' : undefined;
  });
  const networkZone = fields.requiredText('network_zone');
  const vswitchId = fields.integer('vswitch_id');
  if (type === 'vswitch' && vswitchId === undefined) fields.refuse('vswitch_id', 'is required for type vswitch');
  if (type !== 'vswitch' && vswitchId !== undefined) fields.refuse('vswitch_id', 'is only allowed for type vswitch');
  return { type, ipRange, networkZone, vswitchId };
}

/**
 * The subnet as it will be stored, with the first free /24 if it names no range. Refused: outside the network, over
 * another subnet or a route, an unknown zone, a vSwitch twice, more than 50.
 */
export function planSubnet(context: Context, network: NetworkRecord, request: SubnetRequest): SubnetRecord {
  if (!context.offer.locations.some((location) => location.network_zone === request.networkZone)) {
    throw invalidField('network_zone', `network zone '${request.networkZone}' not found`);
  }
  if (network.subnets.length >= context.offer.catalog.limits.subnetsPerNetwork) {
    throw limitExceeded('subnet', 'subnet_limit');
  }
  const { vswitchId = null } = request;
  if (vswitchId !== null) refuseUsedVswitch(context, vswitchId);
  const range = request.ipRange === undefined ? firstFree24(network) : parseRange(request.ipRange);
  if (range === undefined) throw invalidInput('no free range of size /24 in the network');
  if (!contains(storedRange(network.ipRange), range)) {
    throw invalidField('ip_range', 'must be part of the IP range of the network');
  }
  if (!isFree(network, range)) throw invalidField('ip_range', 'overlaps with another subnet or a route');
  const type = request.type === 'vswitch' || request.type === 'server' ? request.type : 'cloud';
  return {
    type,
    ipRange: formatRange(range),
    networkZone: request.networkZone,
    // The gateway of cloud subnets is the first address of the network, that of a vSwitch the first of the subnet.
    gateway: formatIpv4(type === 'vswitch' ? range.first + 1 : gatewayOf(network)),
    vswitchId,
  };
}

function refuseUsedVswitch(context: Context, vswitchId: number): void {
  for (const network of context.project.networks.values()) {
    if (network.subnets.some((subnet) => subnet.vswitchId === vswitchId)) {
      throw refused('vswitch_id_already_used', 'vswitch is already registered in another network');
    }
  }
}

function isFree(network: NetworkRecord, range: Range): boolean {
  const used = [...network.subnets.map((subnet) => subnet.ipRange), ...destinations(network)];
  return !used.some((text) => overlaps(storedRange(text), range));
}

/** Destinations of routes, without the default route, which lies over everything. */
function destinations(network: NetworkRecord): string[] {
  return network.routes.map((route) => route.destination).filter((destination) => destination !== '0.0.0.0/0');
}

function firstFree24(network: NetworkRecord): Range | undefined {
  const whole = storedRange(network.ipRange);
  for (let first = whole.first; first <= whole.last; first += 256) {
    const range: Range = { first, last: first + 255, prefix: 24 };
    if (isFree(network, range)) return range;
  }
  return undefined;
}

/** Action `add_subnet`. */
export function addSubnet(context: Context, network: NetworkRecord): () => void {
  const fields = readFields(context.body);
  const request = readSubnet(fields);
  fields.finish();
  const subnet = planSubnet(context, network, request);
  return () => {
    network.subnets.push(subnet);
  };
}

/** Action `delete_subnet`; `service_error` while a server has an address in it. */
export function deleteSubnet(context: Context, network: NetworkRecord): () => void {
  const fields = readFields(context.body);
  const text = fields.requiredText('ip_range');
  fields.finish();
  const subnet = network.subnets.find((candidate) => candidate.ipRange === text);
  if (subnet === undefined) throw notFound(`subnet with IP range '${text}'`);
  const range = storedRange(subnet.ipRange);
  const used = [...context.project.servers.values()].some((server) =>
    server.privateNets.some((net) => net.network === network.id && holds(range, parseIpv4(net.ip) ?? 0)),
  );
  // Clients look for these words: terraform-provider-hcloud tries again while "servers are attached".
  if (used) throw refused('service_error', 'cannot remove subnet because servers are attached to it');
  return () => {
    network.subnets = network.subnets.filter((candidate) => candidate !== subnet);
  };
}

/** Reads a route of a request. */
export function readRoute(fields: Fields): RouteRecord {
  return {
    destination: fields.requiredText('destination', (text) =>
      parseRange(text) === undefined ? 'is not a network in CIDR notation' : undefined,
    ),
    gateway: fields.requiredText('gateway', (text) =>
      parseIpv4(text) === undefined ? 'is not an IPv4 address' : undefined,
    ),
  };
}

/** The route, if the rules of https://docs.hetzner.cloud (Networks) allow it; at most 100. */
export function planRoute(context: Context, network: NetworkRecord, route: RouteRecord): RouteRecord {
  if (network.routes.length >= context.offer.catalog.limits.routesPerNetwork) {
    throw limitExceeded('route', 'route_limit');
  }
  const range = storedRange(route.destination);
  if (route.destination !== '0.0.0.0/0') {
    if (!isPrivate(range)) {
      throw invalidField('destination', 'must be 0.0.0.0/0 or one of the private IPv4 ranges of RFC1918');
    }
    if (holds(range, publicGateway)) throw invalidField('destination', 'must not contain 172.31.1.1');
    if (!isFree(network, range)) {
      throw invalidInput('network route destination overlaps with another subnetwork or network route');
    }
  } else if (network.routes.some((other) => other.destination === route.destination)) {
    throw invalidInput('network route destination overlaps with another subnetwork or network route');
  }
  const gateway = parseIpv4(route.gateway) ?? 0;
  if (gateway === gatewayOf(network)) {
    throw invalidField('gateway', 'must not be the first IP of the network');
  }
  if (gateway === publicGateway) throw invalidField('gateway', 'must not be 172.31.1.1');
  if (!holds(storedRange(network.ipRange), gateway)) {
    throw invalidField('gateway', 'must be part of the IP range of the network');
  }
  const vswitches = network.subnets.filter((subnet) => subnet.type === 'vswitch');
  if (vswitches.some((subnet) => holds(storedRange(subnet.ipRange), gateway))) {
    throw invalidField('gateway', 'must not be behind a vSwitch');
  }
  return route;
}

/** Action `add_route`. */
export function addRoute(context: Context, network: NetworkRecord): () => void {
  const fields = readFields(context.body);
  const request = readRoute(fields);
  fields.finish();
  const route = planRoute(context, network, request);
  return () => {
    network.routes.push(route);
  };
}

/** Action `delete_route`. */
export function deleteRoute(context: Context, network: NetworkRecord): () => void {
  const fields = readFields(context.body);
  const request = readRoute(fields);
  fields.finish();
  const route = network.routes.find(
    (candidate) => candidate.destination === request.destination && candidate.gateway === request.gateway,
  );
  if (route === undefined) throw notFound(`route '${request.destination}' via '${request.gateway}'`);
  return () => {
    network.routes = network.routes.filter((candidate) => candidate !== route);
  };
}
