import { refuseLockedServer } from '../actions/locks.js';
import { actionRoutes, beginAndRender } from '../actions/routes.js';
import { isProtected } from '../http/errors.js';
import { type Context, ok, type Route } from '../http/route.js';
import { hostname } from '../input/checks.js';
import { byIdNameCreated, filterBy, listReply } from '../query/list.js';
import { hostServer } from './hosts.js';
import { serverOf } from './lookup.js';
import { about } from './server-action.js';
import { serverActionRoutes } from './server-actions.js';
import { createServer } from './server-create.js';
import { serverNetworkRoutes } from './server-networks.js';
import { serverPowerRoutes } from './server-power.js';
import { renderServer } from './server-shape.js';
import { updateReply } from './update.js';

/** Detaches nothing until the action is over: an address of a server that is going away cannot be used before. */
function remove(context: Context) {
  const server = serverOf(context);
  if (server.protection.delete) throw isProtected('server deletion');
  refuseLockedServer(context, server.id);
  const before = server.status;
  const action = beginAndRender(context, {
    command: 'delete_server',
    resources: about(server),
    apply: () => {
      server.status = 'deleting';
    },
    onSuccess: { kind: 'server-deleted', server: server.id },
    onFailure: { kind: 'server-status', server: server.id, status: before },
    host: (driver) => driver.delete(hostServer(context, server)),
  });
  return ok({ action });
}

export const serverRoutes: readonly Route[] = [
  ...actionRoutes('servers', 'server', (context) => serverOf(context).id),
  {
    method: 'GET',
    path: '/servers',
    handle: (context) =>
      listReply(context, {
        key: 'servers',
        items: filterBy(context.project.servers.values(), context.query, 'status', (server) => server.status),
        render: (server) => renderServer(context, server),
        sort: byIdNameCreated,
        name: (server) => server.name,
        labels: (server) => server.labels,
      }),
  },
  { method: 'POST', path: '/servers', handle: createServer },
  {
    method: 'GET',
    path: '/servers/{id}',
    handle: (context) => ok({ server: renderServer(context, serverOf(context)) }),
  },
  {
    method: 'PUT',
    path: '/servers/{id}',
    handle: (context) =>
      updateReply(context, {
        items: context.project.servers,
        item: serverOf(context),
        key: 'server',
        render: (server) => renderServer(context, server),
        checkName: hostname,
        takenMessage: 'server name is already used',
      }),
  },
  { method: 'DELETE', path: '/servers/{id}', handle: remove },
  ...serverPowerRoutes,
  ...serverNetworkRoutes,
  ...serverActionRoutes,
];
