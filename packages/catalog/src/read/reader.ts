/**
 * Small readers for JSON that somebody else wrote. A reader returns the value it was asked for, made of nothing but what it
 * asked for, or undefined after it has said what is wrong; it never throws.
 */
export type Reader<T> = (value: unknown, path: string, problems: string[]) => T | undefined;

/** A key that may be missing or null; then it is left out. */
export interface OptionalField<T> {
  readonly optional: Reader<T>;
}

export type Fields<T> = {
  readonly [K in keyof T]-?: undefined extends T[K] ? OptionalField<Exclude<T[K], undefined>> : Reader<T[K]>;
};

export function optional<T>(reader: Reader<T>): OptionalField<T> {
  return { optional: reader };
}

/** A string with at least one character. */
export const text: Reader<string> = (value, path, problems) =>
  typeof value === 'string' && value !== '' ? value : expected('a text', value, path, problems);

export const boolean: Reader<boolean> = (value, path, problems) =>
  typeof value === 'boolean' ? value : expected('true or false', value, path, problems);

/** A finite number. */
export const number: Reader<number> = (value, path, problems) =>
  typeof value === 'number' && Number.isFinite(value) ? value : expected('a number', value, path, problems);

/** A finite number over zero. */
export const positive: Reader<number> = (value, path, problems) =>
  typeof value === 'number' && Number.isFinite(value) && value > 0
    ? value
    : expected('a number over zero', value, path, problems);

/** A calendar date, `2026-10-04`. */
export const isoDate: Reader<string> = (value, path, problems) =>
  typeof value === 'string' && isDate(value) ? value : expected('a date like 2026-10-04', value, path, problems);

/** One of the values. */
export function oneOf<const T extends string | number | boolean>(...values: readonly T[]): Reader<T> {
  const list = values.map((one) => JSON.stringify(one)).join(', ');
  return (value, path, problems) =>
    values.find((one) => one === value) ?? expected(`one of ${list}`, value, path, problems);
}

/** An object with those keys. Others are ignored. */
export function shape<T extends object>(fields: Fields<T>): Reader<T> {
  const entries = Object.entries<Reader<unknown> | OptionalField<unknown>>(fields);
  return (value, path, problems) => {
    if (!isObject(value)) return expected('an object', value, path, problems);
    let complete = true;
    const result: [string, unknown][] = [];
    for (const [key, field] of entries) {
      const given = Object.hasOwn(value, key) ? value[key] : undefined;
      if (typeof field === 'object' && (given === undefined || given === null)) continue;
      const reader = typeof field === 'object' ? field.optional : field;
      const read = reader(given, join(path, key), problems);
      if (read === undefined) complete = false;
      else result.push([key, read]);
    }
    return complete ? (Object.fromEntries(result) as T) : undefined;
  };
}

/** A list of which every item can be read. */
export function list<T>(item: Reader<T>): Reader<readonly T[]> {
  return (value, path, problems) => {
    if (!Array.isArray(value)) return expected('a list', value, path, problems);
    const result: T[] = [];
    value.forEach((one: unknown, index) => {
      const read = item(one, `${path}[${index}]`, problems);
      if (read !== undefined) result.push(read);
    });
    return result.length === value.length ? result : undefined;
  };
}

/** An object with any keys of which every value can be read. */
export function record<T>(item: Reader<T>): Reader<Readonly<Record<string, T>>> {
  return (value, path, problems) => {
    if (!isObject(value)) return expected('an object', value, path, problems);
    const keys = Object.keys(value);
    const result: [string, T][] = [];
    for (const key of keys) {
      const read = item(value[key], join(path, key), problems);
      if (read !== undefined) result.push([key, read]);
    }
    return result.length === keys.length ? Object.fromEntries(result) : undefined;
  };
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether it is a day of the calendar, `2026-10-04`. */
export function isDate(value: string): boolean {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value);
  if (parts === null) return false;
  const [year, month, day] = parts.slice(1).map(Number) as [number, number, number];
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

function expected(what: string, value: unknown, path: string, problems: string[]): undefined {
  problems.push(`${path === '' ? 'the file' : path}: expected ${what}, found ${nameOf(value)}`);
  return undefined;
}

function nameOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  if (typeof value === 'string') return value.length > 40 ? `"${value.slice(0, 40)}…"` : `"${value}"`;
  return String(value);
}
