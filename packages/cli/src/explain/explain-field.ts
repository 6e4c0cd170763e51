import {
  childSchema,
  factsOf,
  fieldSchema,
  genericPath,
  type Key,
  keysOf,
  type SchemaNode,
  topologySchema,
} from '@groundplan/model/language';
import { stringify } from 'yaml';
import type { Paint } from '../terminal/paint.js';
import { wrap } from '../terminal/wrap.js';
import { effectLines } from './explain-effects.js';
import { pageColumns } from './page.js';

/** The page of a field of the language, by its path: `apps.*.drain`, `apps.web.drain`; undefined when there is none. */
export function explainField(path: string, paint: Paint): string | undefined {
  const node = fieldSchema(path.split('.'));
  if (node === undefined) return undefined;
  const each = typeof node.additionalProperties === 'object' ? childSchema(node, '*') : undefined;
  const facts = factsOf(node);
  const width = Math.max(0, ...facts.map(({ name }) => name.length));
  return [
    `${paint.bold(generic(path))}  ${node.title ?? ''}`.trimEnd(),
    '',
    ...(node.description ?? '').split(/\n{2,}/).flatMap((paragraph) => [...wrap(paragraph, pageColumns), '']),
    ...facts.flatMap(({ name, text }, index) => {
      const shown = facts[index - 1]?.name === name ? '' : name;
      return column(`${paint.cyan(shown)}${' '.repeat(width - shown.length)}`, width, text);
    }),
    ...(facts.length > 0 ? [''] : []),
    ...keyLines('keys', keysOf(node), paint),
    ...keyLines('keys of each', each === undefined ? [] : keysOf(each), paint),
    ...effectLines(generic(path), paint),
    ...exampleLines(path, node, paint),
  ]
    .join('\n')
    .replace(/\n*$/, '\n');
}

/** Why there is no page, and what was most likely meant. */
export interface UnknownField {
  /** What lacks it: `apps.web`; empty at the top. */
  readonly where: string;
  readonly step: string;
  /** What could stand in its place. */
  readonly candidates: readonly string[];
}

/** The first step of a path that the language does not have. */
export function unknownStep(path: string): UnknownField {
  const steps = path.split('.');
  let length = 0;
  while (length < steps.length && fieldSchema(steps.slice(0, length + 1)) !== undefined) length++;
  const parent = length === 0 ? topologySchema : fieldSchema(steps.slice(0, length));
  return {
    where: steps.slice(0, length).join('.'),
    step: steps[length] ?? '',
    candidates: parent === undefined ? [] : keysOf(parent).map(({ key }) => key),
  };
}

/** Deeper than any field lies. */
const mostSteps = 8;

/** The path of every field of the language, with `*` for names. */
export function fieldPaths(): string[] {
  const paths: string[] = [];
  const walk = (node: SchemaNode, path: readonly string[]) => {
    if (path.length >= mostSteps) return;
    const steps = [
      ...keysOf(node).map(({ key }) => key),
      ...(typeof node.additionalProperties === 'object' ? ['*'] : []),
    ];
    for (const step of steps) {
      const inner = fieldSchema([...path, step]);
      if (inner === undefined) continue;
      if (step !== '*') paths.push([...path, step].join('.'));
      walk(inner, [...path, step]);
    }
  };
  walk(topologySchema, []);
  return paths.sort();
}

/** The path with `*` where it has a name that the user chose. */
function generic(path: string): string {
  return genericPath(path.split('.')).join('.');
}

function keyLines(title: string, keys: readonly Key[], paint: Paint): string[] {
  if (keys.length === 0) return [];
  const width = Math.max(...keys.map(({ key }) => key.length));
  return [
    paint.cyan(title),
    ...keys.flatMap(({ key, says }) => column(`${paint.bold(key)}${' '.repeat(width - key.length)}`, width, says)),
    '',
  ];
}

function column(name: string, width: number, text: string): string[] {
  const [first = '', ...others] = wrap(text, pageColumns - width - 4);
  return [`  ${name}  ${first}`.trimEnd(), ...others.map((line) => `${' '.repeat(width + 4)}${line}`)];
}

function exampleLines(path: string, node: SchemaNode, paint: Paint): string[] {
  const [example] = node.examples ?? [];
  if (example === undefined) return [];
  const key = generic(path).split('.').at(-1) ?? '';
  const value = key === '*' ? example : { [key]: example };
  return [
    paint.cyan('example'),
    ...stringify(value)
      .trimEnd()
      .split('\n')
      .map((line) => `  ${line}`),
    '',
  ];
}
