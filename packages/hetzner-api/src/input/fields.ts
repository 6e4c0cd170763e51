import { ApiError, invalidFields, type RefusedField } from '../http/errors.js';
import { isObject, type Json, type JsonObject } from './json.js';
import { type Labels, refuseLabelKey, refuseLabelValue } from './labels.js';

/** What is wrong with a value, or undefined. */
export type Check<Value> = (value: Value) => string | undefined;

/** Something named by its id or by its name. A string of digits is an id, as at Hetzner. */
export type Reference = { readonly id: number } | { readonly name: string };

/**
 * Reads the fields of a request body. Every reader returns undefined for a field that is absent or null and notes what
 * is wrong with a field that is there; `finish` refuses the request with all notes at once. Values read before
 * `finish` returned are only to be used after it.
 */
export interface Fields {
  has(name: string): boolean;
  text(name: string, check?: Check<string>): string | undefined;
  requiredText(name: string, check?: Check<string>): string;
  integer(name: string, check?: Check<number>): number | undefined;
  requiredInteger(name: string, check?: Check<number>): number;
  flag(name: string): boolean | undefined;
  requiredFlag(name: string): boolean;
  reference(name: string): Reference | undefined;
  requiredReference(name: string): Reference;
  references(name: string): readonly Reference[];
  integers(name: string): readonly number[];
  texts(name: string, check?: Check<string>): readonly string[] | undefined;
  labels(): Labels | undefined;
  object(name: string): Fields | undefined;
  objects(name: string): readonly Fields[] | undefined;
  requiredObjects(name: string): readonly Fields[];
  /** Notes something that is wrong with a field. */
  refuse(name: string, message: string): void;
  /** Throws `invalid_input` if anything was noted. */
  finish(): void;
}

/** Fields of a body. A body that is no object is refused by the listener before. */
export function readFields(body: JsonObject): Fields {
  return fieldsOf(body, '', []);
}

const missing = 'Missing data for required field.';

function fieldsOf(body: JsonObject, prefix: string, refused: { name: string; messages: string[] }[]): Fields {
  const refuse = (name: string, message: string): void => {
    const full = prefix + name;
    const known = refused.find((field) => field.name === full);
    if (known === undefined) refused.push({ name: full, messages: [message] });
    else known.messages.push(message);
  };

  /** The value if it is present and of the kind, undefined (with a note where it is due) otherwise. */
  const take = <Value>(name: string, convert: (value: Json) => Value | undefined, kind: string): Value | undefined => {
    const value = valueAt(body, name);
    if (value === undefined || value === null) return undefined;
    const converted = convert(value);
    if (converted === undefined) refuse(name, `Not a valid ${kind}.`);
    return converted;
  };

  const checked = <Value>(name: string, value: Value | undefined, check?: Check<Value>): Value | undefined => {
    const message = value === undefined ? undefined : check?.(value);
    if (message !== undefined) refuse(name, message);
    return value;
  };

  const required = <Value>(name: string, value: Value | undefined, placeholder: Value): Value => {
    if (value !== undefined) return value;
    if (!fields.has(name)) refuse(name, missing);
    return placeholder;
  };

  const list = <Value>(name: string, convert: (value: Json) => Value | undefined, kind: string) =>
    take(
      name,
      (value) => {
        if (!Array.isArray(value)) return undefined;
        const items = value.map(convert);
        return items.every((item) => item !== undefined) ? items : undefined;
      },
      `list of ${kind}s`,
    );

  const fields: Fields = {
    has: (name) => (valueAt(body, name) ?? null) !== null,
    text: (name, check) => checked(name, take(name, asText, 'string'), check),
    requiredText: (name, check) => required(name, fields.text(name, check), ''),
    integer: (name, check) => checked(name, take(name, asInteger, 'integer'), check),
    requiredInteger: (name, check) => required(name, fields.integer(name, check), 0),
    flag: (name) => take(name, asFlag, 'boolean'),
    requiredFlag: (name) => required(name, fields.flag(name), false),
    reference: (name) => take(name, asReference, 'ID or name'),
    requiredReference: (name) => required(name, fields.reference(name), { id: 0 }),
    references: (name) => list(name, asReference, 'ID or name') ?? [],
    integers: (name) => list(name, asInteger, 'integer') ?? [],
    texts: (name, check) => {
      const texts = list(name, asText, 'string');
      for (const text of texts ?? []) checked(name, text, check);
      return texts;
    },
    labels: () => {
      const labels = take('labels', asLabels, 'map of strings');
      for (const [key, value] of Object.entries(labels ?? {})) {
        checked('labels', key, refuseLabelKey);
        checked('labels', value, (text) => refuseLabelValue(key, text));
      }
      return labels;
    },
    object: (name) => {
      const value = take(name, (json) => (isObject(json) ? json : undefined), 'object');
      return value === undefined ? undefined : fieldsOf(value, `${prefix}${name}.`, refused);
    },
    objects: (name) =>
      list(name, (json) => (isObject(json) ? json : undefined), 'object')?.map((item, index) =>
        fieldsOf(item, `${prefix}${name}.${index}.`, refused),
      ),
    requiredObjects: (name) => required(name, fields.objects(name), []),
    refuse,
    finish: () => {
      if (refused.length > 0) throw invalidFields(refused satisfies RefusedField[]);
    },
  };
  return fields;
}

function valueAt(body: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(body, name) ? body[name] : undefined;
}

function asText(value: Json): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function asInteger(value: Json): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined;
}

function asFlag(value: Json): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

function asReference(value: Json): Reference | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? { id: value } : undefined;
  if (typeof value !== 'string' || value === '') return undefined;
  return /^[0-9]{1,15}$/.test(value) ? { id: Number(value) } : { name: value };
}

function asLabels(value: Json): Labels | undefined {
  if (!isObject(value)) return undefined;
  const entries = Object.entries(value);
  return entries.every(([, text]) => typeof text === 'string')
    ? Object.fromEntries(entries.map(([key, text]) => [key, String(text)]))
    : undefined;
}

/** The body of a request as an object; 400 `json_error` if it is none. An empty body is an empty object. */
export function parseBody(text: string): JsonObject {
  if (text.trim() === '') return {};
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    throw new ApiError(400, 'json_error', 'Invalid JSON input in your request.');
  }
  if (!isObject(value)) throw new ApiError(400, 'json_error', 'The body of the request must be a JSON object.');
  return value;
}
