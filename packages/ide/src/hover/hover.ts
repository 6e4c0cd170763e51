import { fieldSchema, genericPath } from '@groundplan/model/language';
import { entityAt, regionAt } from '../facts/entities.js';
import { type Place, placeAt } from '../place/place-at.js';
import type { Hover } from '../results.js';
import type { Facts } from '../snapshot.js';
import { entityPage } from './entity.js';
import { fieldPage } from './field.js';
import { herePage, overriddenEntity, referenceAt, referencePage } from './reference.js';
import { arbiterPage, regionPage } from './region.js';
import { suppressionHover } from './suppression.js';
import { valuePage } from './value.js';

/** What there is to say about what stands at an offset: undefined where there is nothing, in comments but for ignored codes too. */
export function hover(snapshot: Facts, offset: number): Hover | undefined {
  const { tree, model } = snapshot;
  if (tree.comments.some(({ span }) => span.start < offset && offset <= span.end))
    return suppressionHover(snapshot, offset);
  const place = placeAt(tree, offset);
  if (place === undefined) return undefined;
  const reference = place.part === 'value' ? referenceAt(model, offset) : undefined;
  const markdown = reference && referencePage(snapshot, reference);
  if (reference !== undefined && markdown !== undefined) return { span: reference.span, markdown };
  return (place.part === 'value' ? herePage(snapshot, offset) : undefined) ?? ofPlace(snapshot, place);
}

function ofPlace(snapshot: Facts, place: Place): Hover | undefined {
  const markdown = place.part === 'value' ? valueMarkdown(snapshot, place) : keyMarkdown(snapshot, place.path);
  return markdown === undefined ? undefined : { span: place.span, markdown };
}

function keyMarkdown(snapshot: Facts, path: readonly string[]): string | undefined {
  const { model } = snapshot;
  const entity = entityAt(model, path) ?? overriddenEntity(model, path);
  if (entity !== undefined) return entityPage(snapshot, entity);
  const region = regionAt(model, path);
  if (region !== undefined && path[0] === 'regions') return regionPage(snapshot, region);
  if (model.arbiter !== undefined && path.length === 1 && path[0] === 'arbiter')
    return arbiterPage(snapshot, model.arbiter);
  return fieldPage(snapshot, path);
}

function valueMarkdown(snapshot: Facts, { path, node }: Place): string | undefined {
  const schema = fieldSchema(path);
  if (schema === undefined || node.kind !== 'scalar') return undefined;
  const text = typeof node.value === 'string' ? node.value : node.source;
  return valuePage(snapshot, schema, text, genericPath(path).join('.')) ?? fieldPage(snapshot, path);
}
