import type { SchemaNode } from '@groundplan/model/language';
import { raw, text } from '../body.js';
import { type Context, othersInList, type ValueProposal } from '../context.js';
import { accepts, resolved } from '../schema.js';

/** Whether a field is a duration, or a size. */
export function unitsOf(schema: SchemaNode): readonly string[] {
  const patterns = [schema, ...(schema.allOf ?? [])].map((part) => resolved(part).pattern ?? '');
  if (patterns.some((pattern) => pattern.endsWith('[smhd]$'))) return ['s', 'm', 'h', 'd'];
  return patterns.some((pattern) => pattern.endsWith('(GB|TB)$')) ? ['GB', 'TB'] : [];
}

const unitWords: Readonly<Record<string, string>> = {
  s: 'seconds',
  m: 'minutes',
  h: 'hours',
  d: 'days',
  GB: 'gigabytes',
  TB: 'terabytes, of 1000GB each',
};

/** The number that is typed with each unit that the field takes; the usual values while none is typed. */
export function measures(context: Context, schema: SchemaNode, units: readonly string[]): ValueProposal[] {
  const number = /^[1-9][0-9]*/.exec(context.typed)?.[0];
  const usual = [schema.default, ...(schema.examples ?? [])].filter((each) => typeof each === 'string');
  const typed =
    number === undefined ? [] : units.map((unit) => ({ value: `${number}${unit}`, detail: unitWords[unit] }));
  const rest = [...new Set(usual)].map((value) => ({
    value,
    detail: value === schema.default ? 'default' : undefined,
  }));
  const all = [...typed, ...rest.filter(({ value }) => !typed.some((each) => each.value === value))];
  return all
    .filter(({ value }) => accepts(schema, value))
    .map(({ value, detail }) => ({
      label: value,
      kind: 'unit',
      body: text(value),
      ...(detail === undefined ? {} : { detail }),
    }));
}

const calendarWords: readonly (readonly [string, string])[] = [
  ['hourly', 'at the full hour'],
  ['daily', 'at midnight'],
  ['weekly', 'on Monday at midnight'],
  ['monthly', 'on the first at midnight'],
];

export function isCalendar(generic: string): boolean {
  return /(^apps\.\*\.schedule|\.backup\.(full|incremental))$/.test(generic);
}

/** Words and examples of systemd's calendar. */
export function calendars(schema: SchemaNode): ValueProposal[] {
  const examples = [...(schema.examples ?? []), 'Sun 03:00'].filter((each) => typeof each === 'string');
  const words = new Map([...calendarWords, ...examples.map((each) => [each, ''] as const)].toReversed());
  const ordered = [...calendarWords.map(([word]) => word), ...examples];
  return [...new Set(ordered)]
    .filter((word) => accepts(schema, word))
    .map((word) => {
      const detail = word === schema.default ? 'default' : (words.get(word) ?? '');
      return { label: word, kind: 'value', body: text(word), ...(detail === '' ? {} : { detail }) };
    });
}

export function booleans(schema: SchemaNode): ValueProposal[] {
  return [true, false].map((value) => ({
    label: String(value),
    kind: 'value',
    body: raw(value),
    ...(value === schema.default ? { detail: 'default' } : {}),
  }));
}

/** By the fields that name files, what those are called. */
const fileFields: Readonly<Record<string, RegExp>> = {
  'access.ssh_keys.*': /\.pub$/,
  'apps.*.run.script': /./,
  'apps.*.files.*.from': /./,
  'secrets.file': /\.age$/,
};

/** The files and folders beside the topology that a field may name; undefined for a field that names none. */
export function files(context: Context, path: readonly string[], generic: string): ValueProposal[] | undefined {
  const usual = fileFields[generic];
  if (usual === undefined) return undefined;
  const { typed, options } = context;
  const folder = typed.slice(0, typed.lastIndexOf('/') + 1);
  if (folder.startsWith('/')) return [];
  const taken = othersInList(context, path.slice(0, -1));
  return [...(options.listFiles?.(folder.replace(/\/$/, '')) ?? [])]
    .filter((name) => !taken.includes(`${folder}${name}`) && !name.startsWith('.'))
    .filter((name) => name.endsWith('/') || usual.test(name))
    .sort()
    .map((name) => {
      const isFolder = name.endsWith('/');
      return {
        label: `${folder}${name}`,
        kind: 'file',
        body: text(`${folder}${name}`),
        rank: isFolder ? 5 : 4,
        ...(isFolder ? { continues: true as const } : {}),
      };
    });
}
