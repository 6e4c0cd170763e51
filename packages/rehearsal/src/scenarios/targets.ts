import type { App, Database, Host, LoadBalancer, Model } from '@groundplan/model';

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

/** The first app that serves requests from several servers. */
export function spareApp(model: Model): App | undefined {
  return model.apps.find((app) => app.port !== undefined && hostsOf(model, app).length > 1);
}

/** The first balancer with a second one beside it, in one of these modes. */
export function spareBalancer(model: Model, ...modes: LoadBalancer['mode']['value'][]): LoadBalancer | undefined {
  return model.loadBalancers.find(
    (balancer) => modes.includes(balancer.mode.value) && hostsOf(model, balancer).length > 1,
  );
}

/** What a database may lose when its primary is gone for good or for long (F6). */
export function lossOf({ durability }: Database): 'nothing' | 'the last second' {
  return durability.value === 'sync' ? 'nothing' : 'the last second';
}
