import { isSold } from './offer.js';
import { compareText } from './order.js';
import type { Catalog, LocationName, Role, ServerType } from './types.js';

/**
 * The types of v1 of the language. They are written down and not worked out from the offer, because a default that follows
 * the offer would rescale running servers when the catalogue is refreshed, and move them to another price.
 */
const europe: Readonly<Record<Role, string>> = { lb: 'cx23', app: 'cx33', db: 'cx33', sto: 'cx23', arbiter: 'cx23' };
const america: Readonly<Record<Role, string>> = {
  lb: 'cpx11',
  app: 'cpx31',
  db: 'cpx31',
  sto: 'cpx21',
  arbiter: 'cpx11',
};
const singapore: Readonly<Record<Role, string>> = {
  lb: 'cpx22',
  app: 'cpx32',
  db: 'cpx32',
  sto: 'cpx22',
  arbiter: 'cpx12',
};

const defaults: Readonly<Record<LocationName, Readonly<Record<Role, string>>>> = {
  ash: america,
  fsn1: europe,
  hel1: europe,
  hil: america,
  nbg1: europe,
  sin: singapore,
};

/** What a role wants at least, where its default is gone from the offer. */
const needs: Readonly<Record<Role, { readonly cores: number; readonly memory: number }>> = {
  lb: { cores: 2, memory: 2 },
  app: { cores: 4, memory: 8 },
  db: { cores: 4, memory: 8 },
  sto: { cores: 2, memory: 4 },
  arbiter: { cores: 1, memory: 2 },
};

/**
 * The server type of a tier whose `type` is left out: the language's default for the role and the location as long as it is
 * sold there, else the smallest x86 type sold there that has the cores and the memory the role wants (every image runs on
 * x86). Only where the catalogue lists nothing that fits is it a type that is not sold there.
 */
export function defaultServerType(catalog: Catalog, role: Role, location: LocationName): string {
  const preferred = defaults[location][role];
  const sale = isSold(catalog, preferred, location);
  if (sale === 'yes' || sale === 'deprecated') return preferred;
  const { cores, memory } = needs[role];
  const [smallest] = catalog.serverTypes
    .filter((type) => type.architecture === 'x86' && type.cores >= cores && type.memory >= memory)
    .filter((type) => isSold(catalog, type.name, location) === 'yes')
    .sort(bySize);
  return smallest?.name ?? preferred;
}

function bySize(a: ServerType, b: ServerType): number {
  return a.memory - b.memory || a.cores - b.cores || a.disk - b.disk || compareText(a.name, b.name);
}
