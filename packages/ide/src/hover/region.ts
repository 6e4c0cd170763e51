import { findLocation } from '@groundplan/catalog';
import type { Arbiter, Region } from '@groundplan/model';
import { costIn, costsOf, monthly, sumOf } from '../facts/cost.js';
import { code, counted } from '../facts/words.js';
import type { Facts } from '../snapshot.js';
import { compilesTo } from './compiles-to.js';
import { hostTable, typeWords, users } from './entity.js';
import { valueWords } from './field.js';
import { blocks, bullets, languageLink } from './markdown.js';

/** What is in a region: its network, its servers, its cost. */
export function regionPage(snapshot: Facts, region: Region): string {
  const { model, catalog } = snapshot;
  const hosts = model.hosts.filter((host) => host.region === region);
  const sum = costIn(snapshot).regions.find(({ name }) => name === region.name)?.sum;
  const location = findLocation(catalog, region.location.value);
  const place = location === undefined ? region.location.value : `${location.city} (${location.name})`;
  const cost = sum === undefined || hosts.length === 0 ? '' : ` · ${monthly(sum)}`;
  return blocks(
    `**region.${region.name}** · ${place} · ${counted(hosts.length, 'server')}${cost}`,
    hostTable(hosts),
    bullets([
      `**Network**: ${valueWords([{ region: undefined, text: region.cidr.value, origin: region.cidr.origin }])}`,
      hosts.length === 0 ? undefined : `**Servers**: ${typeWords(hosts)}`,
      region.firstName === region.name
        ? undefined
        : `**First name**: ${code(region.firstName)}; Terraform and addresses go on with it.`,
      model.regions.length > 1 ? users(snapshot, 'region', region.name) : undefined,
      `**Compiles to**: ${compilesTo(['regions', '*'])}`,
    ]),
    languageLink(model.singleRegionForm ? 'region' : 'regions'),
  );
}

/** The third site. */
export function arbiterPage(snapshot: Facts, arbiter: Arbiter): string {
  const hosts = snapshot.model.hosts.filter(({ tier }) => tier === 'arbiter');
  return blocks(
    `**arbiter** · ${counted(hosts.length, 'server')} · ${monthly(sumOf(costsOf(snapshot, 'arbiter')))}`,
    'A third site that breaks ties between the regions. It keeps no data and serves no traffic.',
    hostTable(hosts),
    bullets([
      `**Network**: ${valueWords([{ region: undefined, text: arbiter.cidr.value, origin: arbiter.cidr.origin }])}`,
      `**Compiles to**: ${compilesTo(['arbiter'])}`,
    ]),
    languageLink('arbiter'),
  );
}
