import {
  defaultServerType,
  findImage,
  formatPrice,
  isSold,
  type LocationName,
  monthlyPrice,
  type ServerType,
} from '@groundplan/catalog';
import type { Model } from '@groundplan/model';
import { roleAt } from '../../facts/roles.js';
import { text } from '../body.js';
import { type Context, isWrittenAt, type ValueProposal } from '../context.js';

/**
 * Server types with what they cost where the field's servers are, the cheapest first. Those that are not sold in each of these
 * locations come last, struck out; those that the image has no build for are left out.
 */
export function serverTypes(context: Context, path: readonly string[]): ValueProposal[] {
  const { catalog, model } = context;
  const locations = locationsOf(context, path);
  const architectures = findImage(catalog, model.image.value)?.architectures ?? ['x86'];
  const role = roleAt(path);
  const usual = new Set(
    role === undefined ? [] : locations.map((location) => defaultServerType(catalog, role, location)),
  );
  const fitting = catalog.serverTypes.filter(({ architecture }) => architectures.includes(architecture));
  return fitting
    .map((type) => ({ type, isHad: locations.every((location) => isSold(catalog, type.name, location) === 'yes') }))
    .sort((a, b) => Number(b.isHad) - Number(a.isHad) || bySize(context, locations, a.type, b.type))
    .map(({ type, isHad }) => ({
      label: type.name,
      kind: 'server-type',
      body: text(type.name),
      detail: [
        `${type.cores} ${type.cpuType === 'dedicated' ? 'dedicated ' : ''}${type.cores === 1 ? 'core' : 'cores'}`,
        `${type.memory} GB`,
        // Lists cut off what is long: the price has to be seen.
        ...(isHad
          ? priceWords(context, locations, type)
          : [`not sold in ${missing(context, locations, type).join(', ')}`]),
        `${type.disk} GB disk`,
        type.architecture,
        ...(usual.has(type.name) ? ['default'] : []),
      ].join(' · '),
      ...(isHad ? {} : { deprecated: true as const, rank: 9 }),
      ...(isHad && usual.has(type.name) && usual.size === 1 ? { preselect: true as const } : {}),
    }));
}

function missing({ catalog }: Context, locations: readonly LocationName[], { name }: ServerType): string[] {
  return locations.filter((location) => isSold(catalog, name, location) !== 'yes');
}

function bySize({ catalog }: Context, locations: readonly LocationName[], a: ServerType, b: ServerType): number {
  const price = ({ name }: ServerType) => {
    const [first] = locations;
    const figure = first === undefined ? undefined : monthlyPrice(catalog, name, first);
    return figure?.known ? figure.value : Number.MAX_SAFE_INTEGER;
  };
  return price(a) - price(b) || a.memory - b.memory || a.cores - b.cores || (a.name < b.name ? -1 : 1);
}

/** One price, or the lowest and the highest where the locations differ. */
/** Nothing where it is not known yet where the server will stand. */
function priceWords({ catalog }: Context, locations: readonly LocationName[], { name }: ServerType): string[] {
  const prices = [...new Set(locations.map((location) => formatPrice(monthlyPrice(catalog, name, location))))];
  const [first] = prices;
  if (first === undefined) return [];
  if (prices.length > 1) return [`${prices.join(' or ')} a month`];
  return [first.endsWith('€') ? `${first} a month` : first];
}

/** The locations of the servers whose type a field says. */
export function locationsOf(context: Context, path: readonly string[]): readonly LocationName[] {
  const { model } = context;
  if (path[0] === 'arbiter')
    return model.arbiter?.location.origin.kind === 'written' ? [model.arbiter.location.value] : [];
  const regions =
    path[0] === 'regions' ? model.regions.filter(({ name }) => name === path[1]) : withoutOwn(context, path);
  return [...new Set(regions.filter(isKnown).map(({ location }) => location.value))];
}

function isKnown({ location }: Model['regions'][number]): boolean {
  return location.origin.kind === 'written' || location.origin.kind === 'override';
}

/** The regions that do not say the type themselves. */
function withoutOwn(context: Context, [section = '', name = '']: readonly string[]): Model['regions'] {
  return context.model.regions.filter(
    (region) => !isWrittenAt(context, ['regions', region.name, section, name], 'type'),
  );
}
