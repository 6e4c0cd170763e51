import { type SchemaNode, topologySchema } from '@groundplan/model/language';

/*
 * What the schema says of a map as it stands: which keys it still needs and which mean nothing in it. Only for what the language's own
 * schema uses; what is wrong with a text is said by the checks, not here.
 */

export type Data = Readonly<Record<string, unknown>>;

/** The node that a `$ref` names, with what stands beside it. */
export function resolved(node: SchemaNode): SchemaNode {
  if (node.$ref === undefined) return node;
  const { $ref, ...own } = node;
  const target = topologySchema.definitions?.[$ref.slice('#/definitions/'.length)];
  return target === undefined ? own : { ...resolved(target), ...own };
}

/** The types that a node takes; all when it names none. */
export function typesOf({ type }: SchemaNode): readonly string[] {
  return type === undefined ? [] : typeof type === 'string' ? [type] : type;
}

/** Whether a value is as a node wants it. */
export function accepts(schema: SchemaNode, value: unknown): boolean {
  const node = resolved(schema);
  const types = typesOf(node);
  if (types.length > 0 && !types.some((type) => hasType(value, type))) return false;
  if (node.const !== undefined && node.const !== value) return false;
  if (node.enum !== undefined && !node.enum.some((each) => each === value)) return false;
  if (typeof value === 'string' && node.pattern !== undefined && !expression(node.pattern).test(value)) return false;
  if (typeof value === 'number' && (value < (node.minimum ?? value) || value > (node.maximum ?? value))) return false;
  if (isMap(value) && !acceptsMap(node, value)) return false;
  if (node.not !== undefined && accepts(node.not, value)) return false;
  if (node.allOf?.some((part) => !accepts(part, value))) return false;
  if (node.anyOf !== undefined && !node.anyOf.some((part) => accepts(part, value))) return false;
  if (node.oneOf !== undefined && node.oneOf.filter((part) => accepts(part, value)).length !== 1) return false;
  const branch = node.if === undefined ? undefined : accepts(node.if, value) ? node.then : undefined;
  return branch === undefined || accepts(branch, value);
}

const expressions = new Map<string, RegExp>();

/** The patterns are those of the schema, so that they are few. */
function expression(pattern: string): RegExp {
  const known = expressions.get(pattern) ?? new RegExp(pattern);
  expressions.set(pattern, known);
  return known;
}

function acceptsMap(node: SchemaNode, value: Data): boolean {
  if (node.required?.some((key) => value[key] === undefined)) return false;
  return Object.entries(value).every(([key, each]) => {
    if (node.properties !== undefined && Object.hasOwn(node.properties, key)) {
      return each === undefined || accepts(node.properties[key] ?? {}, each);
    }
    if (node.propertyNames !== undefined && !accepts(node.propertyNames, key)) return false;
    const others = node.additionalProperties ?? true;
    return typeof others === 'boolean' ? others : accepts(others, each);
  });
}

function hasType(value: unknown, type: string): boolean {
  switch (type) {
    case 'object':
      return isMap(value);
    case 'array':
      return Array.isArray(value);
    case 'integer':
      return Number.isInteger(value);
    default:
      return typeof value === type;
  }
}

function isMap(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a value looks like what a node wants, although something may still be missing in it. */
export function resembles(schema: SchemaNode, value: unknown): boolean {
  const node = resolved(schema);
  const types = typesOf(node);
  if (Array.isArray(value)) return types.includes('array');
  if (!isMap(value)) return value === null || accepts(node, value);
  if (!types.includes('object')) return false;
  return Object.entries(value).every(([key, each]) => {
    if (node.properties !== undefined && Object.hasOwn(node.properties, key)) {
      return resembles(node.properties[key] ?? {}, each);
    }
    if (node.propertyNames !== undefined && !accepts(node.propertyNames, key)) return false;
    const others = node.additionalProperties ?? true;
    return typeof others === 'boolean' ? others : resembles(others, each);
  });
}

/** The parts of a map's node that hold for the map as it is. */
function partsInForce(schema: SchemaNode, data: Data): readonly SchemaNode[] {
  const node = resolved(schema);
  const then = node.if !== undefined && node.then !== undefined && accepts(node.if, data) ? [node.then] : [];
  return [node, ...then, ...(node.allOf ?? [])].flatMap((part) => (part === node ? [node] : partsInForce(part, data)));
}

/** By node, the conditions that it makes, written out. */
const conditions = new WeakMap<SchemaNode, string>();

/** Whether what a key of the map holds decides about other keys of it, or whether it may be there at all. */
export function isConditionOf(schema: SchemaNode, key: string): boolean {
  const node = resolved(schema);
  let written = conditions.get(node);
  if (written === undefined) {
    written = JSON.stringify([node.if, node.then, node.allOf, node.oneOf]);
    conditions.set(node, written);
  }
  return written.includes(`"${key}"`) || node.properties?.[key]?.not !== undefined;
}

/** The keys that the map lacks and must have, also those that only a check of its own asks for. */
export function missingKeys(schema: SchemaNode, data: Data): readonly string[] {
  const required = partsInForce(schema, data).flatMap((part) => part.required ?? []);
  return [...new Set(required)].filter((key) => data[key] === undefined);
}

/** The keys of which the map must have one and has none. */
export function choosableKeys(schema: SchemaNode, data: Data): readonly string[] {
  const keys = (resolved(schema).oneOf ?? []).flatMap(({ required = [] }) => required);
  return keys.some((key) => data[key] !== undefined) ? [] : keys;
}

/** Whether one of the map's keys has no meaning as the map is; with `errors`, only where that is more than a warning. */
export function hasStrayKey(schema: SchemaNode, data: Data, errors = false): boolean {
  const isStray = partsInForce(schema, data).some((part) =>
    Object.entries(part.properties ?? {}).some(([key, { not, 'x-groundplan': note }]) => {
      return (
        data[key] !== undefined &&
        not !== undefined &&
        accepts(not, data[key]) &&
        (!errors || note?.severity === 'error')
      );
    }),
  );
  if (isStray) return true;
  const choices = resolved(schema).oneOf ?? [];
  return choices.filter((choice) => accepts(choice, data)).length > 1;
}

/** Whether the value of a key is as the map, as it is, wants it. */
export function suitsMap(schema: SchemaNode, data: Data, key: string): boolean {
  return partsInForce(schema, data).every((part) => {
    const child = part.properties?.[key];
    return child === undefined || accepts(child, data[key]);
  });
}
