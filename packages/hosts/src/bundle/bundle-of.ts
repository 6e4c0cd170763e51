import type { Host, Model } from '@groundplan/model';
import { appHost, appOpenings } from '../app/index.js';
import { balancerHost, balancerOpenings } from '../balancer/index.js';
import { everyHost } from '../every-host/index.js';
import { type Opening, rulesOf } from '../firewall.js';
import type { Bundle, BundlePart } from './bundle.js';

/**
 * Everything that a host is given after its first boot; undefined for hosts whose configuration Groundplan does not make yet:
 * databases, storage, the arbiter. The same model gives the same bundle.
 *
 * @throws when two parts of Groundplan's own write one file, which no topology can bring about
 */
export function bundleOf(model: Model, host: Host): Bundle | undefined {
  const role = roleOf(model, host);
  if (role === undefined) return undefined;
  return merged(host, [...everyHost(model, host, rulesOf(role.openings)), ...role.parts]);
}

function roleOf(model: Model, host: Host): { openings: readonly Opening[]; parts: readonly BundlePart[] } | undefined {
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
    units: parts.flatMap((part) => part.units ?? []),
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
