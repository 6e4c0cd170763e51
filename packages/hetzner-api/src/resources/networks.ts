import { refuseChangingNetwork } from '../actions/locks.js';
import { actionRoutes, beginAndRender } from '../actions/routes.js';
import { formatRange, parseRange } from '../addresses/ipv4.js';
import { isProtected } from '../http/errors.js';
import { type Context, created, noContent, ok, type Route } from '../http/route.js';
import { nameUpTo } from '../input/checks.js';
import { readFields } from '../input/fields.js';
import { byIdNameCreated, listReply } from '../query/list.js';
import type { NetworkShape } from '../shapes.js';
import type { NetworkRecord } from '../state/records.js';
import { type Project, takeId } from '../state/world.js';
import { formatTime } from '../time.js';
import { networkOf, refuseBeyond, refuseTakenName } from './lookup.js';
import {
  addRoute,
  addSubnet,
  deleteRoute,
  deleteSubnet,
  planRoute,
  planSubnet,
  readRoute,
  readSubnet,
} from './network-parts.js';
import { networkRange } from './network-rules.js';
import { updateReply } from './update.js';

/** A network as the API shows it. */
export function renderNetwork(project: Project, network: NetworkRecord): NetworkShape {
  return {
    id: network.id,
    name: network.name,
    ip_range: network.ipRange,
    subnets: network.subnets.map((subnet) => ({
      type: subnet.type,
      ip_range: subnet.ipRange,
      network_zone: subnet.networkZone,
      gateway: subnet.gateway,
      vswitch_id: subnet.vswitchId,
    })),
    routes: network.routes,
    servers: [...project.servers.values()]
      .filter((server) => server.privateNets.some((net) => net.network === network.id))
      .map((server) => server.id),
    load_balancers: [],
    protection: network.protection,
    labels: network.labels,
    created: formatTime(network.created),
    expose_routes_to_vswitch: network.exposeRoutesToVswitch,
  };
}

function create(context: Context) {
  const { project } = context;
  const fields = readFields(context.body);
  const name = fields.requiredText('name', nameUpTo(128));
  const ipRange = fields.requiredText('ip_range', networkRange);
  const labels = fields.labels() ?? {};
  const subnets = (fields.objects('subnets') ?? []).map(readSubnet);
  const routes = (fields.objects('routes') ?? []).map(readRoute);
  const exposeRoutesToVswitch = fields.flag('expose_routes_to_vswitch') ?? false;
  fields.finish();
  refuseTakenName(project.networks, name);
  refuseBeyond(project.networks.size, context.quotas.networks, 'network', 'network_limit');
  const network: NetworkRecord = {
    id: takeId(context.world),
    name,
    labels,
    created: context.now,
    ipRange,
    subnets: [],
    routes: [],
    protection: { delete: false },
    exposeRoutesToVswitch,
  };
  for (const subnet of subnets) network.subnets.push(planSubnet(context, network, subnet));
  for (const route of routes) network.routes.push(planRoute(context, network, route));
  project.networks.set(network.id, network);
  return created({ network: renderNetwork(project, network) });
}

function remove(context: Context) {
  const network = networkOf(context);
  if (network.protection.delete) throw isProtected('network deletion');
  refuseChangingNetwork(context, network.id);
  for (const server of context.project.servers.values()) {
    server.privateNets = server.privateNets.filter((net) => net.network !== network.id);
  }
  context.project.networks.delete(network.id);
  return noContent;
}

/** An action that changes the network itself; `read` refuses what is wrong and returns the change. */
function change(command: string, read: (context: Context, network: NetworkRecord) => () => void): Route {
  return {
    method: 'POST',
    path: `/networks/{id}/actions/${command}`,
    handle: (context) => {
      const network = networkOf(context);
      refuseChangingNetwork(context, network.id);
      const apply = read(context, network);
      const action = beginAndRender(context, { command, resources: [{ id: network.id, type: 'network' }], apply });
      return created({ action });
    },
  };
}

function changeRange(context: Context, network: NetworkRecord): () => void {
  const fields = readFields(context.body);
  const text = fields.requiredText('ip_range', networkRange);
  const range = parseRange(text);
  const old = parseRange(network.ipRange);
  if (range !== undefined && old !== undefined && (range.first !== old.first || range.prefix > old.prefix)) {
    fields.refuse('ip_range', `can only be extended, and only at the end of ${formatRange(old)}`);
  }
  fields.finish();
  return () => {
    network.ipRange = text;
  };
}

function changeProtection(context: Context, network: NetworkRecord): () => void {
  const fields = readFields(context.body);
  const value = fields.flag('delete');
  fields.finish();
  return () => {
    network.protection = { delete: value ?? network.protection.delete };
  };
}

export const networkRoutes: readonly Route[] = [
  ...actionRoutes('networks', 'network', (context) => networkOf(context).id),
  {
    method: 'GET',
    path: '/networks',
    handle: (context) =>
      listReply(context, {
        key: 'networks',
        items: context.project.networks.values(),
        render: (network) => renderNetwork(context.project, network),
        sort: byIdNameCreated,
        name: (network) => network.name,
        labels: (network) => network.labels,
      }),
  },
  { method: 'POST', path: '/networks', handle: create },
  {
    method: 'GET',
    path: '/networks/{id}',
    handle: (context) => ok({ network: renderNetwork(context.project, networkOf(context)) }),
  },
  {
    method: 'PUT',
    path: '/networks/{id}',
    handle: (context) => {
      const network = networkOf(context);
      refuseChangingNetwork(context, network.id);
      return updateReply(context, {
        items: context.project.networks,
        item: network,
        key: 'network',
        render: (item) => renderNetwork(context.project, item),
        more: (fields) => {
          const expose = fields.flag('expose_routes_to_vswitch');
          return () => {
            network.exposeRoutesToVswitch = expose ?? network.exposeRoutesToVswitch;
          };
        },
      });
    },
  },
  { method: 'DELETE', path: '/networks/{id}', handle: remove },
  change('add_subnet', addSubnet),
  change('delete_subnet', deleteSubnet),
  change('add_route', addRoute),
  change('delete_route', deleteRoute),
  change('change_ip_range', changeRange),
  change('change_protection', changeProtection),
];
