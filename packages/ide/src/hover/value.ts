import {
  type Catalog,
  findImage,
  findLocation,
  findServerType,
  formatPrice,
  isSold,
  type Location,
  type LocationName,
  type ServerType,
} from '@groundplan/catalog';
import { formatDuration, formatSize, parseDuration, parseSize } from '@groundplan/model';
import type { SchemaNode } from '@groundplan/model/language';
import { measureOf } from '../facts/measure.js';
import { code, counted, listed, shortened } from '../facts/words.js';
import type { Facts } from '../snapshot.js';
import { blocks, bullets, table } from './markdown.js';

/** What there is to say about a value itself, apart from its field; undefined when there is nothing. */
export function valuePage({ catalog }: Facts, schema: SchemaNode, text: string, field: string): string | undefined {
  if (schema['x-groundplan']?.catalog === 'server_type') {
    const type = findServerType(catalog, text);
    return type && serverTypePage(catalog, type);
  }
  const location = isLocation(schema) ? findLocation(catalog, text) : undefined;
  if (location !== undefined) return locationPage(catalog, location);
  const choice = schema.enum?.indexOf(text) ?? -1;
  if (choice >= 0) return choicePage({ catalog }, schema, text, choice, field);
  return measurePage(schema, text);
}

function choicePage(
  { catalog }: { readonly catalog: Catalog },
  schema: SchemaNode,
  text: string,
  choice: number,
  field: string,
): string {
  const image = field === 'image' ? findImage(catalog, text) : undefined;
  const others = (schema.enum ?? []).filter((each) => each !== text);
  return blocks(
    `**${code(text)}** · ${schema.title ?? field}`,
    schema.markdownEnumDescriptions?.[choice],
    bullets([
      image === undefined
        ? undefined
        : `**Architectures**: ${listed(image.architectures)}, pgBackRest ${image.pgbackrest}`,
      others.length === 0 ? undefined : `**Instead**: ${others.map(code).join(', ')}`,
    ]),
  );
}

/** A location's field, also where a region is written as its location alone. */
function isLocation(schema: SchemaNode): boolean {
  const names = schema.enum ?? schema.anyOf?.flatMap((part) => part.enum ?? []) ?? [];
  return names.includes('fsn1') || (Array.isArray(schema.type) && schema.properties?.['location'] !== undefined);
}

export function serverTypePage(catalog: Catalog, type: ServerType): string {
  const rows = catalog.locations.map(({ name, city }) => {
    const offer = type.perLocation[name];
    return [`${name} ${city}`, offer === undefined ? '–' : formatPrice(offer.monthly), saleWords(catalog, type, name)];
  });
  return blocks(
    `**${code(type.name)}** · ${counted(type.cores, `${type.cpuType} core`)} · ${type.memory} GB memory · ${type.disk} GB disk · ${type.architecture}`,
    table(['location', 'a month', ''], rows),
    `Net, without the IPv4 address; as of ${catalog.date}.`,
  );
}

function saleWords(catalog: Catalog, type: ServerType, location: LocationName): string {
  const offer = type.perLocation[location];
  switch (isSold(catalog, type.name, location)) {
    case 'no':
    case 'unknown':
      return 'not sold';
    case 'deprecated':
      return `withdrawn after ${offer?.deprecation?.unavailableAfter}`;
    case 'yes':
      return offer?.available === false
        ? 'sold; out of stock then'
        : offer?.available === true
          ? 'sold; in stock then'
          : 'sold';
  }
}

export function locationPage(catalog: Catalog, location: Location): string {
  const { name, city, country, networkZone, objectStorage, storageBox } = location;
  const types = catalog.serverTypes.filter((type) => ['yes', 'deprecated'].includes(isSold(catalog, type.name, name)));
  return blocks(
    `**${code(name)}** · ${city}, ${country} · network zone ${networkZone}`,
    bullets([
      `**Server types**: ${
        types.length === 0
          ? 'none known'
          : shortened(
              types.map((type) => type.name),
              24,
            )
      }`,
      `**Object storage**: ${objectStorage ? 'yes' : 'no'}; **storage boxes**: ${storageBox ? 'yes' : 'no'}`,
    ]),
    `As of ${catalog.date}.`,
  );
}

const unitWords = { d: 'day', h: 'hour', m: 'minute', s: 'second' } as const;

/** A duration or size in other words: `26h` is 1 day and 2 hours. */
function measurePage(schema: SchemaNode, text: string): string | undefined {
  const [words, shortest] = measured(schema, text) ?? [];
  if (words === undefined || shortest === undefined) return undefined;
  const title = schema.title === undefined ? '' : ` · ${schema.title}`;
  const shorter = shortest === text ? '' : ` · shortest: ${code(shortest)}`;
  return blocks(`**${code(text)}** = ${words}${shorter}${title}`, schema.description);
}

/** In other words, and the shortest way to write it. */
function measured(schema: SchemaNode, text: string): readonly [string, string] | undefined {
  const measure = measureOf(schema);
  const seconds = measure === 'duration' ? parseDuration(text) : undefined;
  if (seconds !== undefined) return [durationParts(seconds), formatDuration(seconds)];
  const gigabytes = measure === 'size' ? parseSize(text) : undefined;
  if (gigabytes === undefined) return undefined;
  return [gigabytes >= 1000 ? `${gigabytes} GB` : `${gigabytes / 1000} TB`, formatSize(gigabytes)];
}

function durationParts(seconds: number): string {
  const parts: string[] = [];
  let left = seconds;
  for (const [unit, length] of [
    ['d', 86_400],
    ['h', 3600],
    ['m', 60],
    ['s', 1],
  ] as const) {
    const count = Math.floor(left / length);
    left -= count * length;
    if (count > 0) parts.push(counted(count, unitWords[unit]));
  }
  return parts.length === 0 ? counted(0, 'second') : listed(parts);
}
