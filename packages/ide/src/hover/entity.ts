import { formatPrice } from '@groundplan/catalog';
import { positionAt } from '@groundplan/diagnostics';
import type { CostLine, DeclarationKind, Host } from '@groundplan/model';
import { costsOf, monthly, sumOf } from '../facts/cost.js';
import {
  blocksOf,
  dotted,
  type Entity,
  hasServers,
  hostsOf,
  pathOf,
  referencesTo,
  type Tiered,
} from '../facts/entities.js';
import { code, counted, listed, shortened } from '../facts/words.js';
import { kindWords } from '../navigation/thing.js';
import type { Facts } from '../snapshot.js';
import { compilesTo } from './compiles-to.js';
import { blocks, bullets, languageLink, table } from './markdown.js';

/** More hosts than that are told in a line of their own. */
const mostRows = 8;

/** What a named thing is in this topology: its servers, addresses, cost and users. */
export function entityPage(snapshot: Facts, entity: Entity): string {
  const [section] = pathOf(entity);
  return blocks(
    headline(snapshot, entity),
    hasServers(entity) ? hostTable(hostsOf(snapshot.model, entity)) : undefined,
    bullets([
      ...particulars(entity),
      ...(hasServers(entity) ? [blockWords(entity), costWords(snapshot, entity)] : []),
      users(snapshot, entity.kind, entity.name),
      `**Compiles to**: ${compilesTo([section, '*']) ?? 'nothing of its own: it is a place that backups go to.'}`,
    ]),
    languageLink(section),
  );
}

/** `app.web`, how many servers, what they cost. */
export function headline(snapshot: Facts, entity: Entity): string {
  const title = `**${dotted(entity)}**`;
  if (!hasServers(entity)) return `${title} · ${kindWords[entity.kind]}`;
  const count = entity.inRegions.reduce((sum, place) => sum + place.count.value, 0);
  const where = entity.inRegions.length > 1 ? ` in ${entity.inRegions.length} regions` : '';
  const costs = costsOf(snapshot, dotted(entity));
  return `${title} · ${counted(count, 'server')}${where}${count === 0 ? '' : ` · ${monthly(sumOf(costs))}`}`;
}

/** What tells this one from others of its kind. */
function particulars(entity: Entity): readonly (string | undefined)[] {
  const renamed =
    entity.firstName === entity.name
      ? undefined
      : `**First name**: ${code(entity.firstName)}; Terraform and addresses go on with it.`;
  switch (entity.kind) {
    case 'load_balancer':
      return [
        renamed,
        `**Mode**: ${entity.mode.value}, TLS ${entity.tls.mode.value}, ${counted(entity.routes.length, 'route')}`,
      ];
    case 'app':
      return [renamed, `**Runs**: ${runWords(entity)}`];
    case 'database': {
      const replication = entity.betweenRegions;
      const between = replication === undefined ? '' : `, ${replication.value} between the regions`;
      return [
        renamed,
        `**Engine**: ${entity.engine.value}, ${entity.durability.value}${between}, port ${entity.port.value}`,
      ];
    }
    case 'storage':
      return [
        renamed,
        `**Engine**: ${entity.engine.value}, ${counted(entity.replicas.data.value, 'copy', 'copies')}, ${counted(entity.replicas.arbiter.value, 'tie-breaker')}`,
      ];
    case 'bucket':
      return [
        renamed,
        `**Name at Hetzner**: ${code(entity.bucketName.value)} in ${entity.location.value}`,
        `**Access**: ${entity.access.value}${entity.versioning.value ? ', with versions' : ''}`,
      ];
    case 'external':
      return [renamed, `**Target**: ${entity.type.value}, ${code(entity.host.value)}, port ${entity.port.value}`];
  }
}

function runWords({ run, port, schedule }: Extract<Entity, { kind: 'app' }>): string {
  const program =
    run === undefined
      ? 'nothing yet'
      : code(run.kind === 'container' ? run.image.value : run.kind === 'artifact' ? run.command.value : run.path.value);
  if (schedule !== undefined) return `${program}, ${schedule.value}, on one host at a time`;
  return port === undefined ? `${program}, without a port: a worker` : `${program} on port ${port.value}`;
}

/** Names and private addresses: the first of each region, so that a large tier does not fill the screen. */
export function hostTable(hosts: readonly Host[]): string | undefined {
  if (hosts.length === 0) return undefined;
  const regions = [...new Set(hosts.map(({ region }) => region))];
  const each = hosts.length <= mostRows ? mostRows : Math.max(1, Math.floor(mostRows / regions.length));
  const shown = regions
    .slice(0, mostRows)
    .flatMap((region) => hosts.filter((host) => host.region === region).slice(0, each));
  const left = hosts.length - shown.length;
  const rows = shown.map((host) => [host.name, host.address, host.type.value, host.location]);
  return `${table(['host', 'address', 'type', 'location'], rows)}${left > 0 ? `\n\n… and ${left} more` : ''}`;
}

function blockWords(entity: Tiered): string | undefined {
  const found = blocksOf(entity);
  if (found.length === 0) return undefined;
  const by = entity.slot === undefined ? 'by a hash of the first name' : 'written';
  const several = found.length > 1;
  const ranges = found.map(({ region, range }) => `${code(range)}${several ? ` in ${region.name}` : ''}`);
  const slots = [...new Set(found.map(({ number }) => number))];
  return `**Addresses**: ${shortened(ranges, 4)}; ${slots.length > 1 ? 'slots' : 'slot'} ${listed(slots.map(String))}, ${by}`;
}

const items: Readonly<Record<Exclude<CostLine['item'], 'server' | 'volume'>, string>> = {
  'primary-ipv4': 'IPv4',
  'floating-ipv4': 'floating IPv4',
  'floating-ipv6': 'floating IPv6',
  'object-storage': 'object storage',
};

function costWords(snapshot: Facts, entity: Tiered): string | undefined {
  const costs = costsOf(snapshot, dotted(entity)).filter(({ lines }) => lines.length > 0);
  if (costs.length === 0) return undefined;
  const words = costs.map(({ region, lines }) => {
    const parts = lines.map(({ item, type, quantity, unit }) => {
      if (item === 'volume') return `${quantity} GB of volumes at ${formatPrice(unit)}`;
      return `${quantity} × ${item === 'server' ? type : items[item]} at ${formatPrice(unit)}`;
    });
    return `${costs.length > 1 ? `${region}: ` : ''}${parts.join(', ')}`;
  });
  return `**Cost**: ${words.join('; ')}`;
}

/** Who refers to it, from which field and where. */
export function users({ model, tree }: Facts, kind: DeclarationKind, name: string): string {
  const lines = new Map<string, number[]>();
  for (const { from, field, span } of referencesTo(model, kind, name)) {
    const steps = field.split('.').slice(from.includes('.') ? 2 : 1);
    const own = steps.filter((step) => step !== '*').join('.');
    const user = [from === '' ? field.split('.')[0] : from, own].filter((word) => word !== '').join(' ');
    lines.set(user, [...(lines.get(user) ?? []), positionAt(tree.lines, span.start).line + 1]);
  }
  if (lines.size === 0) return '**Used by**: nothing';
  const words = [...lines].map(
    ([user, at]) => `${user} (${at.length === 1 ? 'line' : 'lines'} ${shortened(at.map(String), 3)})`,
  );
  return `**Used by**: ${shortened(words, 6)}`;
}

/** `2 × cx23, 4 × cx33`. */
export function typeWords(hosts: readonly Host[]): string {
  const types = [...new Set(hosts.map(({ type }) => type.value))].sort();
  return listed(types.map((type) => `${hosts.filter((host) => host.type.value === type).length} × ${type}`));
}
