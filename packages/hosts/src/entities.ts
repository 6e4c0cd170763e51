import type { App, Database, Host, LoadBalancer, Model, Region, SharedStorage } from '@groundplan/model';

/** The hosts of an entity in a region, by ordinal. */
export function hostsOf(model: Model, entity: App | Database | LoadBalancer | SharedStorage, region: Region): Host[] {
  return model.hosts
    .filter((host) => host.entity === entity && host.region === region)
    .sort((a, b) => a.ordinal - b.ordinal);
}

/** The databases that an app refers to in its environment or files, sorted by name. */
export function databasesOf(model: Model, app: App): Database[] {
  const names = referredTo(model, app, 'database');
  return model.databases.filter(({ name }) => names.has(name)).sort(byName);
}

/** The apps with a port that an app refers to, sorted by name. */
export function appsUsedBy(model: Model, app: App): App[] {
  const names = referredTo(model, app, 'app');
  return model.apps.filter(({ name, port }) => port !== undefined && names.has(name)).sort(byName);
}

/** The apps that a balancer's routes lead to, sorted by name. */
export function appsBehind(model: Model, balancer: LoadBalancer): App[] {
  const names = new Set(balancer.routes.map(({ app }) => app.name));
  return model.apps.filter(({ name, port }) => names.has(name) && port !== undefined).sort(byName);
}

function referredTo(model: Model, app: App, kind: 'app' | 'database'): Set<string> {
  const own = model.references.filter((reference) => reference.kind === kind && reference.from === `app.${app.name}`);
  return new Set(own.map(({ name }) => name));
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
