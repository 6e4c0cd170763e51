import { fieldSchema, type SchemaNode } from '@groundplan/model/language';
import { kindOfSection } from '../../tree/sections.js';
import { text } from '../body.js';
import type { Context, ValueProposal } from '../context.js';
import { accepts, typesOf } from '../schema.js';
import { choices } from './choices.js';
import { expressions } from './expressions.js';
import { isLocation, locations } from './locations.js';
import { numbers, ranges, slots } from './numbers.js';
import { references } from './references.js';
import { serverTypes } from './server-types.js';
import { booleans, calendars, files, isCalendar, measures, unitsOf } from './texts.js';

/** What the text, number or truth value at a path may be. */
export function scalars(
  context: Context,
  path: readonly string[],
  generic: string,
  schema: SchemaNode,
): ValueProposal[] {
  const note = schema['x-groundplan'];
  if (note?.catalog === 'server_type') return serverTypes(context, path);
  if (note?.reference !== undefined) return references(context, path, generic, schema);
  if (isLocation(generic)) return locations(context, path, locationSchema(schema));
  if (schema.enum !== undefined) return choices(context, path, generic, schema);
  const units = unitsOf(schema);
  if (units.length > 0) return measures(context, schema, units);
  if (isCalendar(generic)) return calendars(schema);
  const named = files(context, path, generic);
  if (named !== undefined) return named;
  switch (path.at(-1)) {
    case 'cidr':
      return ranges(context, path);
    case 'slot':
      return slots(context, path);
    case 'renamed_from':
      return formerNames(context, path, schema);
    default:
  }
  const fromModel = expressions(context, path, generic);
  if (fromModel.length > 0) return fromModel;
  const types = typesOf(schema);
  if (types.includes('boolean')) return booleans(schema);
  if (types.includes('integer') || types.includes('number')) return numbers(context, path, generic, schema);
  return typeof schema.default === 'string' ? [simple(schema.default, 'default')] : [];
}

function simple(value: string, detail: string): ValueProposal {
  return { label: value, kind: 'value', body: text(value), detail };
}

/** A region may be its location alone, whose names the location's own node has. */
function locationSchema(schema: SchemaNode): SchemaNode {
  return schema.enum === undefined ? (fieldSchema(['arbiter', 'location']) ?? schema) : schema;
}

/** Names that the file still uses, though nothing has them any more: what was renamed. */
function formerNames({ model }: Context, path: readonly string[], schema: SchemaNode): ValueProposal[] {
  const declared = kindOfSection(path[0] ?? '');
  const lost = model.references.filter(({ kind, target }) => target === undefined && kind === declared);
  return [...new Set(lost.map(({ name }) => name))]
    .filter((name) => accepts(schema, name))
    .map((name) => simple(name, 'no longer declared'));
}
