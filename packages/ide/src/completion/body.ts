import type { Edit } from '@groundplan/diagnostics';
import { scalar } from '@groundplan/model';

/** What a completion writes: data with the places that a person fills in. */
export type Body = Scalar | MapBody | ListBody;

export interface Scalar {
  readonly kind: 'scalar';
  readonly parts: readonly (string | Slot)[];
  /** A number, `true` or `false`: never in quotes. */
  readonly raw: boolean;
}

/** A place to fill in, with what stands there until then. */
export interface Slot {
  readonly slot: string;
  /** What it may be, the slot's own text first, where it is one of a few. */
  readonly choices?: readonly string[];
  /** Places of one snippet with the same word here are filled in together. */
  readonly link?: string;
}

export interface MapBody {
  readonly kind: 'map';
  readonly entries: readonly (readonly [key: Scalar, value: Body])[];
}

export interface ListBody {
  readonly kind: 'list';
  readonly items: readonly Body[];
}

/** What something is given to begin with. */
export interface Made {
  readonly body: Body;
  /** What has to be added elsewhere for it to mean something. */
  readonly additionalEdits?: readonly Edit[];
  /** The keys that have to be added beside it. */
  readonly companions?: readonly (readonly [string, Body])[];
}

/** Text as it is. */
export function text(...parts: readonly (string | Slot)[]): Scalar {
  return { kind: 'scalar', parts, raw: false };
}

/** A number or a truth value as it is. */
export function raw(value: number | boolean): Scalar {
  return { kind: 'scalar', parts: [String(value)], raw: true };
}

/** Text that a person most likely changes. */
export function slot(value: string): Scalar {
  return text({ slot: value });
}

/** Text that is one of a few, the first of them until a person chooses; plain text where there is nothing to choose. */
export function choice(first: string, ...others: readonly string[]): Scalar {
  return text(others.length === 0 ? first : { slot: first, choices: [first, ...others] });
}

/** The same, but a place to fill in also where there is one only. */
export function chosenFrom(first: string, others: readonly string[]): Scalar {
  return others.length === 0 ? slot(first) : choice(first, ...others);
}

/** The same of scalars that are numbers or texts alike. */
export function oneOf(first: Scalar, ...others: readonly Scalar[]): Scalar {
  return { ...choice(plain(first), ...others.map(plain)), raw: first.raw };
}

export function numberSlot(value: number): Scalar {
  return { kind: 'scalar', parts: [{ slot: String(value) }], raw: true };
}

export function map(entries: Readonly<Record<string, Body | undefined>>): MapBody {
  return {
    kind: 'map',
    entries: Object.entries(entries).flatMap(([key, value]) =>
      value === undefined ? [] : [[text(key), value] as const],
    ),
  };
}

/** A map of one entry, whose key a person chooses. */
export function named(name: string, value: Body): MapBody {
  return { kind: 'map', entries: [[slot(name), value]] };
}

export function list(...items: readonly Body[]): ListBody {
  return { kind: 'list', items };
}

/** What a scalar says before anybody fills in anything. */
export function plain({ parts }: Scalar): string {
  return parts.map((part) => (typeof part === 'string' ? part : part.slot)).join('');
}

export interface Writing {
  /** Writes `${1:…}` for the places to fill in. */
  readonly snippet: boolean;
  /** Writes `${1|…,…|}` for those that are a choice. */
  readonly choices: boolean;
  /** Everything in double quotes, as in JSON. */
  readonly json: boolean;
  /** How many places have been numbered. */
  slots: number;
  /** The numbers of places that are filled in together. */
  readonly links: Map<string, number>;
}

/** No number to YAML, for all its digits. */
const isAddress = /^\d+(\.\d+){3}$/;

/** A scalar, in quotes where YAML needs them, or with `quotes: false` as it stands inside of quotes that are there. */
export function writeScalar(writing: Writing, value: Scalar, quote: '' | '"' | "'" | undefined = undefined): string {
  const whole = plain(value);
  const isQuoted =
    quote === undefined && !value.raw && (writing.json || (scalar(whole) !== whole && !isAddress.test(whole)));
  const inQuotes = (source: string) => {
    if (isQuoted || quote === '"') return JSON.stringify(source).slice(1, -1);
    return quote === "'" ? source.replaceAll("'", "''") : source;
  };
  const inner = value.parts.map((part) => {
    if (!writing.snippet) return inQuotes(typeof part === 'string' ? part : part.slot);
    if (typeof part === 'string') return escaped(inQuotes(part));
    const linked = part.link === undefined ? undefined : writing.links.get(part.link);
    if (linked !== undefined) return `$${linked}`;
    writing.slots++;
    if (part.link !== undefined) writing.links.set(part.link, writing.slots);
    // Editors differ in how they read what means something in a snippet and stands in a choice.
    const isPlain = part.choices?.every((each) => !/[\\$}]/.test(each));
    if (part.choices === undefined || !isPlain || !writing.choices)
      return `\${${writing.slots}:${escaped(inQuotes(part.slot))}}`;
    const choices = part.choices.map((each) => inQuotes(each).replace(/[,|]/g, '\\$&'));
    return `\${${writing.slots}|${choices.join(',')}|}`;
  });
  return isQuoted ? `"${inner.join('')}"` : inner.join('');
}

/** As a snippet has what would mean something in it. */
function escaped(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}

/** On one line, in brackets. */
export function writeFlow(writing: Writing, body: Body): string {
  switch (body.kind) {
    case 'scalar':
      return writeScalar(writing, body);
    case 'list':
      return `[${body.items.map((item) => writeFlow(writing, item)).join(', ')}]`;
    case 'map': {
      const entries = body.entries.map(([key, value]) => `${writeScalar(writing, key)}: ${writeFlow(writing, value)}`);
      return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
    }
  }
}

/** What stands behind `key:`: on its line, or on lines of its own that are indented by `indent`. */
export function writeBlock(writing: Writing, body: Body, indent: string): string {
  if (body.kind !== 'map' || isShort(body)) return ` ${writeFlow(writing, body)}`;
  return body.entries
    .map(([key, value]) => `\n${indent}${writeScalar(writing, key)}:${writeBlock(writing, value, `${indent}  `)}`)
    .join('');
}

/** Whether a map reads better in brackets: a few scalars. */
function isShort({ entries }: MapBody): boolean {
  const isFlat = entries.every(([, value]) => value.kind === 'scalar');
  const length = entries.reduce(
    (sum, [key, value]) => sum + plain(key).length + (value.kind === 'scalar' ? plain(value).length : 0) + 4,
    0,
  );
  return entries.length === 0 || (isFlat && length <= 60);
}
