import type { App, LoadBalancer, Model, Region } from '../model.js';

/**
 * The regions of a balancer whose addresses a host name of its routes stands for: those in which every app of that name has servers, and
 * all of them where there is none such, since a name needs an address. Sorted by first name.
 */
export function regionsServing({ apps }: Model, { routes, inRegions }: LoadBalancer, host: string): Region[] {
  const names = new Set(routes.filter((route) => route.host === host).map(({ app }) => app.name));
  const wanted = apps.filter(({ name }) => names.has(name));
  const regions = inRegions.map(({ region }) => region);
  const serving = regions.filter((region) => wanted.every((app) => hasServers(app, region)));
  return (serving.length > 0 ? serving : regions).sort((a, b) => (a.firstName < b.firstName ? -1 : 1));
}

function hasServers({ inRegions }: App, region: Region): boolean {
  return inRegions.some((place) => place.region === region && place.count.value > 0);
}
