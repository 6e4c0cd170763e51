import type { Database, Host, Model, Region } from '../model.js';

/** Database servers that decide together who is the primary, and who else votes. */
export interface Cluster {
  readonly database: Database;
  readonly regions: readonly Region[];
  /** Sorted by key. */
  readonly members: readonly Host[];
  readonly voter: Host | undefined;
}

/** Each cluster of a database: one over all regions for Galera between them, else one in each. */
export function clustersOf(model: Model, database: Database): Cluster[] {
  const regions = database.inRegions.map(({ region }) => region);
  const groups = spansRegions(database) ? [regions] : regions.map((region) => [region]);
  return groups.map((group) => {
    const members = model.hosts.filter(
      ({ entity, region }) => entity === database && region !== undefined && group.includes(region),
    );
    return { database, regions: group, members, voter: extraVoter(model, members.length, group) };
  });
}

/** Whether the servers of all regions are one cluster. */
function spansRegions({ engine, betweenRegions, inRegions }: Database): boolean {
  return engine.value === 'mariadb' && inRegions.length > 1 && betweenRegions?.value === 'galera';
}

/**
 * The extra voter of a quorum whose members are even in number (language.md, "Voters"): the arbiter, else the first balancer by
 * first name of these regions. Undefined for odd numbers, and where there is nobody to ask.
 */
export function extraVoter(model: Model, members: number, regions: readonly Region[]): Host | undefined {
  if (members % 2 === 1) return undefined;
  const arbiter = model.hosts.find(({ tier }) => tier === 'arbiter');
  if (arbiter !== undefined) return arbiter;
  const [first] = model.hosts
    .filter(({ tier, region }) => tier === 'lb' && region !== undefined && regions.includes(region))
    .sort((a, b) => compare(orderOf(a), orderOf(b)) || a.ordinal - b.ordinal);
  return first;
}

/** By balancer, then by region. */
function orderOf({ entity, region }: Host): string {
  return `${entity?.firstName} ${region?.firstName}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
