import { refuseChangingNetwork } from '../actions/locks.js';
import { beginAndRender } from '../actions/routes.js';
import { allocateMac } from '../addresses/public-addresses.js';
import { notFound, refused } from '../http/errors.js';
import type { Context, Route } from '../http/route.js';
import { readFields } from '../input/fields.js';
import type { NetworkRecord, PrivateNetRecord, ServerRecord } from '../state/records.js';
import { hostNetwork, hostServer } from './hosts.js';
import { requireRecord } from './lookup.js';
import { planAttachment, planNewAliases } from './network-rules.js';
import { refuseFullGroup } from './placement-groups.js';
import { about, exclusive } from './server-action.js';
import { refuseRunning } from './server-power.js';

function attach(context: Context, server: ServerRecord): object {
  const fields = readFields(context.body);
  const id = fields.requiredInteger('network');
  const ip = fields.text('ip');
  const aliasIps = fields.texts('alias_ips') ?? [];
  const ipRange = fields.text('ip_range');
  fields.finish();
  const network = requireRecord(context.project.networks, id, 'network');
  refuseChangingNetwork(context, network.id);
  const place = planAttachment(context, network, server, { ip, aliasIps, ipRange });
  const net: PrivateNetRecord = { ...place, macAddress: allocateMac(context.world.addresses) };
  return {
    action: beginAndRender(context, {
      command: 'attach_to_network',
      resources: about(server, { id: network.id, type: 'network' }),
      apply: () => {
        server.privateNets.push(net);
      },
      host: (driver) => driver.attachNetwork(hostServer(context, server), hostNetwork(network, net)),
    }),
  };
}

/** The network of a request and the server's place in it. */
function attached(context: Context, server: ServerRecord, id: number): [NetworkRecord, PrivateNetRecord] {
  const network = requireRecord(context.project.networks, id, 'network');
  const net = server.privateNets.find((candidate) => candidate.network === id);
  if (net === undefined) throw notFound(`attachment of server '${server.id}' to network '${id}'`);
  return [network, net];
}

function detach(context: Context, server: ServerRecord): object {
  const fields = readFields(context.body);
  const id = fields.requiredInteger('network');
  fields.finish();
  const [network, net] = attached(context, server, id);
  refuseChangingNetwork(context, network.id);
  return {
    action: beginAndRender(context, {
      command: 'detach_from_network',
      resources: about(server, { id: network.id, type: 'network' }),
      apply: () => {
        server.privateNets = server.privateNets.filter((candidate) => candidate !== net);
      },
      host: (driver) => driver.detachNetwork(hostServer(context, server), hostNetwork(network, net)),
    }),
  };
}

function changeAliases(context: Context, server: ServerRecord): object {
  const fields = readFields(context.body);
  const id = fields.requiredInteger('network');
  const texts = fields.texts('alias_ips') ?? [];
  fields.finish();
  const [network, net] = attached(context, server, id);
  const aliasIps = planNewAliases(context, network, server, texts);
  return {
    action: beginAndRender(context, {
      command: 'change_alias_ips',
      resources: about(server, { id: network.id, type: 'network' }),
      apply: () => {
        net.aliasIps = aliasIps;
      },
      host: (driver) => driver.changeAliasIps(hostServer(context, server), hostNetwork(network, net)),
    }),
  };
}

function joinGroup(context: Context, server: ServerRecord): object {
  const fields = readFields(context.body);
  const id = fields.requiredInteger('placement_group');
  fields.finish();
  const group = requireRecord(context.project.placementGroups, id, 'placement group');
  if (server.placementGroup !== null) {
    throw refused('already_in_placement_group', 'server is already part of a placement group');
  }
  refuseRunning(server);
  refuseFullGroup(context, group);
  return {
    action: beginAndRender(context, {
      command: 'add_to_placement_group',
      resources: about(server, { id: group.id, type: 'placement_group' }),
      apply: () => {
        server.placementGroup = group.id;
      },
    }),
  };
}

function leaveGroup(context: Context, server: ServerRecord): object {
  const group = server.placementGroup;
  if (group === null) throw refused('service_error', 'server is not part of a placement group');
  return {
    action: beginAndRender(context, {
      command: 'remove_from_placement_group',
      resources: about(server, { id: group, type: 'placement_group' }),
      apply: () => {
        server.placementGroup = null;
      },
    }),
  };
}

/** Where a server belongs: networks, alias IPs, placement group. */
export const serverNetworkRoutes: readonly Route[] = [
  exclusive('attach_to_network', attach),
  exclusive('detach_from_network', detach),
  exclusive('change_alias_ips', changeAliases),
  exclusive('add_to_placement_group', joinGroup),
  exclusive('remove_from_placement_group', leaveGroup),
];
