import type { Host, Model } from '@groundplan/model';
import { alerting } from '../alerts/index.js';
import { appHost, appOpenings } from '../app/index.js';
import { backups } from '../backups/index.js';
import { balancerHost, balancerOpenings } from '../balancer/index.js';
import { databaseHost, voters } from '../database/index.js';
import { dnsChecker } from '../dns-checker/index.js';
import { everyHost } from '../every-host/index.js';
import { rulesOf } from '../firewall.js';
import type { Bundle, BundlePart, Unit } from './bundle.js';
import type { Role } from './role.js';

/**
 * Everything that a host is given after its first boot; undefined for hosts whose configuration Groundplan does not make yet. The same model gives the same bundle.
 *
 * @throws when two parts of Groundplan's own write one file, which no topology can bring about
 */
export function bundleOf(model: Model, host: Host): Bundle | undefined {
  const own = roleOf(model, host);
  if (own === undefined && host.entity !== undefined) return undefined;
  const roles = [...(own === undefined ? [] : [own]), ...voters(model, host), ...dnsChecker(model, host)];
  const openings = roles.flatMap((role) => role.openings);
  return merged(host, [
    ...everyHost(model, host, rulesOf(openings)),
    ...alerting(model, host),
    ...backups(model, host),
    ...roles.flatMap(({ parts }) => parts),
  ]);
}

function roleOf(model: Model, host: Host): Role | undefined {
  const { entity, region } = host;
  if (entity === undefined || region === undefined) return undefined;
  switch (entity.kind) {
    case 'load_balancer':
      return {
        openings: balancerOpenings(model, entity, region),
        parts: balancerHost(model, entity, region, host),
      };
    case 'app':
      return { openings: appOpenings(model, entity, region), parts: appHost(model, entity, region, host) };
    case 'database':
      return databaseHost(model, host);
    case 'storage':
      return undefined;
  }
}

function merged(host: Host, parts: readonly BundlePart[]): Bundle {
  const own = parts.filter(({ givesWay }) => givesWay !== true).flatMap((part) => part.files ?? []);
  const taken = new Set(own.map(({ path }) => path));
  const theirs = parts.filter(({ givesWay }) => givesWay === true).flatMap((part) => part.files ?? []);
  const files = [...own, ...theirs.filter(({ path }) => !taken.has(path))].sort((a, b) => compare(a.path, b.path));
  const twice = files.find(({ path }, index) => files[index + 1]?.path === path);
  if (twice !== undefined) throw new Error(`${host.name} would get ${twice.path} twice`);
  const packages = new Set(parts.flatMap((part) => part.packages ?? []));
  return {
    host,
    packages: [...packages].sort(compare),
    files,
    units: distinct(parts.flatMap((part) => part.units ?? [])),
  };
}

/** Two parts may need the same of a unit: a host that votes for two clusters. */
function distinct(units: readonly Unit[]): Unit[] {
  return [...new Map(units.map((unit) => [unit.name, unit])).values()];
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
