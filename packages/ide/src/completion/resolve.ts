import { findLocation, findServerType } from '@groundplan/catalog';
import { isCode } from '@groundplan/diagnostics';
import { type Reference, referenceWords } from '@groundplan/model';
import { cursorAt } from '../cursor/index.js';
import { entities, entityAt } from '../facts/entities.js';
import { hereWords, outputWords } from '../facts/outputs.js';
import { entityPage } from '../hover/entity.js';
import { fieldPage } from '../hover/field.js';
import { regionPage } from '../hover/region.js';
import { codePage } from '../hover/suppression.js';
import { locationPage, serverTypePage } from '../hover/value.js';
import type { CompletionItem } from '../results.js';
import type { Snapshot } from '../snapshot.js';
import { sectionOf } from '../tree/sections.js';

/** An item of `complete` with its documentation, where that was left out because it takes time to write. */
export function resolveCompletion(snapshot: Snapshot, item: CompletionItem): CompletionItem {
  if (item.documentation !== undefined) return item;
  const documentation = page(snapshot, item);
  return documentation === undefined ? item : { ...item, documentation };
}

function page(snapshot: Snapshot, item: CompletionItem): string | undefined {
  const { catalog } = snapshot;
  switch (item.kind) {
    case 'server-type': {
      const type = findServerType(catalog, item.label);
      return type && serverTypePage(catalog, type);
    }
    case 'location': {
      const location = findLocation(catalog, item.label);
      return location && locationPage(catalog, location);
    }
    case 'key':
    case 'snippet':
      return keyPage(snapshot, item);
    case 'entity':
      if (!item.label.includes('.')) return namePage(snapshot, item);
      return referencePage(snapshot, item.label) ?? fieldPage(snapshot, [sectionOfWord(item.label)]);
    case 'value':
      return isCode(item.label) ? codePage(item.label) : undefined;
    case 'output':
      return referencePage(snapshot, item.label.replace(/^\$\{|\}$/g, ''));
    default:
      return undefined;
  }
}

function pathAt({ tree }: Snapshot, { edit }: CompletionItem): readonly string[] {
  const cursor = cursorAt(tree, edit.span.start);
  return cursor.place === 'key' || cursor.place === 'value' ? cursor.path.map(String) : [];
}

/** Where what a word such as `app.` begins is declared; secrets are named there alone. */
function sectionOfWord(label: string): string {
  const word = label.slice(0, label.indexOf('.'));
  const kind = (Object.keys(sectionOf) as (keyof typeof sectionOf)[]).find((each) => referenceWords[each] === word);
  return kind === undefined ? 'secrets' : sectionOf[kind];
}

function keyPage(snapshot: Snapshot, item: CompletionItem): string | undefined {
  const path = pathAt(snapshot, item);
  if (item.label.startsWith('{')) return fieldPage(snapshot, path);
  return fieldPage(snapshot, [...path, item.label]) ?? fieldPage(snapshot, path);
}

/** A name alone: of a balancer, of a region, or of what a region overrides. */
function namePage(snapshot: Snapshot, item: CompletionItem): string | undefined {
  const { model } = snapshot;
  const path = pathAt(snapshot, item);
  const section = path[0] === 'regions' ? path[2] : 'load_balancers';
  const isRegion = path.includes('geo_replication');
  const region = isRegion ? model.regions.find(({ name }) => name === item.label) : undefined;
  if (region !== undefined) return regionPage(snapshot, region);
  const entity = entityAt(model, [section ?? '', item.label]);
  return entity && entityPage(snapshot, entity);
}

function referencePage(snapshot: Snapshot, label: string): string | undefined {
  const { model } = snapshot;
  const [kind = '', name = '', output] = label.split('.');
  if (kind === 'region' && (name === 'name' || name === 'location')) return hereWords(model, name);
  const entity = entities(model).find((each) => each.kind === kind && each.name === name);
  if (entity === undefined) return undefined;
  const reference = { kind: entity.kind, name, output, from: '' } as Reference;
  const given = output === undefined || output === '' ? undefined : outputWords(model, reference);
  return [given, entityPage(snapshot, entity)].filter((part) => part !== undefined).join('\n\n---\n\n');
}
