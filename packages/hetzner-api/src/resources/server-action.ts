import { refuseLockedServer } from '../actions/locks.js';
import { type Context, created, type Route } from '../http/route.js';
import type { ServerRecord } from '../state/records.js';
import { serverOf } from './lookup.js';

/** A handler of one action of a server; answers the body of a 201. */
export type ServerAction = (context: Context, server: ServerRecord) => object;

/** The route of an action that is refused while another one runs on the server. */
export function exclusive(name: string, act: ServerAction): Route {
  return route(name, (context, server) => {
    refuseLockedServer(context, server.id);
    return act(context, server);
  });
}

/** The route of an action that goes on beside others. */
export function concurrent(name: string, act: ServerAction): Route {
  return route(name, act);
}

function route(name: string, act: ServerAction): Route {
  return {
    method: 'POST',
    path: `/servers/{id}/actions/${name}`,
    handle: (context) => created(act(context, serverOf(context))),
  };
}

/** What an action of a server is about. */
export function about(server: ServerRecord, ...others: readonly { id: number; type: string }[]) {
  return [{ id: server.id, type: 'server' }, ...others];
}
