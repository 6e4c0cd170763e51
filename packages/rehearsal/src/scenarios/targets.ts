import type { App, Database, Host, LoadBalancer, Model, Route } from '@groundplan/model';

/** The hosts of an entity, in the order of their names. */
export function hostsOf({ hosts }: Pick<Model, 'hosts'>, entity: LoadBalancer | App | Database): Host[] {
  return hosts.filter((host) => host.entity?.kind === entity.kind && host.entity.name === entity.name);
}

/** The first PostgreSQL with at least so many servers. */
export function postgresql(model: Model, servers: number): Database | undefined {
  return model.databases.find(
    (database) => database.engine.value === 'postgresql' && hostsOf(model, database).length >= servers,
  );
}

/** The way that the users of a rehearsal take. */
export interface UsersRoute {
  readonly balancer: LoadBalancer;
  readonly route: Route;
  /** Undefined where the route leads to nothing that is known. */
  readonly app: App | undefined;
}

/** Of the first balancer with routes the one for every path, or else the first. */
export function usersRoute({ loadBalancers, apps }: Pick<Model, 'loadBalancers' | 'apps'>): UsersRoute | undefined {
  const balancer = loadBalancers.find(({ routes }) => routes.length > 0);
  const route = balancer?.routes.find(({ path }) => path === '/') ?? balancer?.routes[0];
  if (balancer === undefined || route === undefined) return undefined;
  return { balancer, route, app: apps.find(({ name }) => name === route.app.target?.name) };
}

/** The app that users ask, where several servers have it: what happens to others they would not notice. */
export function spareApp(model: Model): App | undefined {
  const app = usersRoute(model)?.app;
  return app !== undefined && hostsOf(model, app).length > 1 ? app : undefined;
}

/** The balancer that users ask, where there is a second one beside it, in one of these modes. */
export function spareBalancer(model: Model, ...modes: LoadBalancer['mode']['value'][]): LoadBalancer | undefined {
  const balancer = usersRoute(model)?.balancer;
  if (balancer === undefined || !modes.includes(balancer.mode.value)) return undefined;
  return hostsOf(model, balancer).length > 1 ? balancer : undefined;
}

/** What a database may lose when its primary is gone for good or for long (F6). */
export function lossOf({ durability }: Database): 'nothing' | 'the last second' {
  return durability.value === 'sync' ? 'nothing' : 'the last second';
}
