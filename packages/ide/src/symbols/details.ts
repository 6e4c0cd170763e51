import type { Model } from '@groundplan/model';
import type { Mapping, Node } from '@groundplan/syntax';
import { type Entity, entities, pathOf } from '../facts/entities.js';
import { kindOfSection } from '../tree/sections.js';

const longest = 60;

/** By path, such as `apps.web`, what is told of the things that have names. */
export type Details = ReadonlyMap<string, string>;

export function detailsOf(model: Model): Details {
  return new Map([
    ...model.regions.map(({ name, location }) => [`regions.${name}`, location.value] as const),
    ...entities(model).map((entity) => [pathOf(entity).join('.'), entityDetail(entity)] as const),
  ]);
}

/** A few words beside a name: what it says, how many it holds, which servers it stands for. */
export function detailOf(details: Details, path: readonly string[], node: Node): string | undefined {
  const [section = ''] = path;
  const named = path.length === 2 ? details.get(path.join('.')) : undefined;
  if (named !== undefined) return named;
  switch (node.kind) {
    case 'scalar':
      return node.value === null ? undefined : clipped(typeof node.value === 'string' ? node.value : node.source);
    case 'sequence':
      return listDetail(node.items);
    case 'mapping':
      return path.length === 1 && kindOfSection(section) !== undefined ? String(node.entries.length) : choiceOf(node);
  }
}

function entityDetail(entity: Entity): string {
  if (entity.kind === 'bucket') return `${entity.location.value}, ${entity.access.value}`;
  if (entity.kind === 'external') return [entity.type.value, entity.host.value].join(' ').trim();
  const perType = new Map<string, number>();
  for (const { count, type } of entity.inRegions) perType.set(type.value, (perType.get(type.value) ?? 0) + count.value);
  const servers = [...perType].map(([type, count]) => `${count} × ${type}`).join(', ');
  return entity.kind === 'database' ? `${entity.engine.value}, ${servers}` : servers;
}

function listDetail(items: readonly Node[]): string {
  const texts = items.map((item) => (item.kind === 'scalar' && item.value !== null ? String(item.value) : undefined));
  return texts.every((text) => text !== undefined) ? clipped(texts.join(', ')) : String(items.length);
}

/** What a map says before all: the program of `run`, the target of `backup`. */
function choiceOf({ entries }: Mapping): string | undefined {
  const first = entries.find(({ key }) => ['container', 'artifact', 'script', 'to', 'mode', 'provider'].includes(key));
  return first?.value.kind === 'scalar' && typeof first.value.value === 'string'
    ? clipped(first.value.value)
    : undefined;
}

function clipped(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const letters = [...line.slice(0, 2 * longest)];
  return letters.length > longest ? `${letters.slice(0, longest - 1).join('')}…` : line;
}
