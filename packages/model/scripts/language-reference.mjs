// docs/language.md: the introduction beside this file, then every field of the schema.
import { readFileSync } from 'node:fs';
import { resolve } from './schema-forms.mjs';
import { toYaml } from './to-yaml.mjs';

const introduction = readFileSync(new URL('./language-introduction.md', import.meta.url), 'utf8');

export function languageReference(schema) {
  const page = { schema, explained: new Set() };
  const sections = Object.entries(schema.properties).map(([key, node]) => {
    const isRequired = schema.required.includes(key);
    return [`## ${key}`, ...field(page, key, resolve(schema, node), isRequired)].join('\n\n');
  });
  return `${introduction}
# Fields

${table(schema)}

${sections.join('\n\n')}
`;
}

/** The keys of the file at a glance. */
function table(schema) {
  const rows = Object.entries(schema.properties).map(([key, node]) => {
    const isChoice = schema.oneOf.some(({ required }) => required.includes(key));
    const needed = schema.required.includes(key) ? 'required' : isChoice ? 'one of the two' : '';
    return `| [\`${key}\`](#${key}) | ${resolve(schema, node).title} | ${needed} |`;
  });
  return ['| key | what it is | |', '|---|---|---|', ...rows].join('\n');
}

/** What a field is, its words, its example, and the fields in it: plain ones as a list, maps with a heading of their own. */
function field(page, path, node, isRequired) {
  const entity = entityOf(page.schema, node);
  return [
    `${facts(page, node, isRequired)}${text(node)}`,
    ...(node.enum === undefined ? [] : [words(page, node, '')]),
    ...(entity?.description === undefined || isPlain(page, entity) ? [] : [entity.description]),
    ...example(path, node),
    ...children(page, entity === undefined ? path : `${path}.*`, entity ?? node),
  ];
}

function children(page, path, node) {
  const all = Object.entries(node.properties ?? {}).map(([key, child]) => [key, resolve(page.schema, child)]);
  const plain = all.filter(([, child]) => isPlain(page, child));
  const isRequired = (key) => [node, ...(node.allOf ?? [])].some(({ required = [] }) => required.includes(key));
  return [
    ...(plain.length === 0 ? [] : [plain.map(([key, child]) => item(page, key, child, isRequired(key))).join('\n')]),
    ...all
      .filter((entry) => !plain.includes(entry))
      .flatMap(([key, child]) => {
        const inner = `${path}.${key}`;
        return [`### ${inner.replaceAll('*', '\\*')}`, ...field(page, inner, child, isRequired(key))];
      }),
  ];
}

/** A field that holds no other. */
function item(page, key, node, isRequired) {
  const [given] = node.examples ?? [];
  const isTold = given === undefined || given === node.default || node.enum !== undefined || node.type === 'boolean';
  const shown = isTold ? '' : ` Example: \`${toYaml(given)}\`.`;
  const list = node.enum === undefined ? '' : words(page, node, '  ');
  return `- **\`${key}\`** · ${facts(page, node, isRequired)}${text(node)}${shown}${list.startsWith('  ') ? '\n' : ''}${list}`;
}

/** Type, constraint and default in one line. */
function facts({ schema }, node, isRequired) {
  const computed = node['x-groundplan']?.default;
  const literal =
    node.default === undefined || /^(\{\}|\[\])$/.test(toYaml(node.default)) ? undefined : toYaml(node.default);
  const all = [
    typeOf(schema, node),
    isRequired ? 'required' : undefined,
    literal === undefined ? undefined : `default \`${literal}\``,
    computed === undefined ? undefined : `default: ${computed}`,
  ];
  return `*${all.filter((each) => each !== undefined).join('; ')}* · `;
}

function typeOf(schema, node) {
  return [node.type]
    .flat()
    .map((type) => (type === 'string' ? textType(schema, node) : otherType(schema, type, node)))
    .join(' or ');
}

/** A word for the form that text must have: that of a reference, or what the message of the pattern calls it. */
function textType(schema, node) {
  const { reference, dotted, expected } = node['x-groundplan'] ?? {};
  if (reference !== undefined && dotted) return reference.map((kind) => `${kind}.NAME`).join(' or ');
  if (reference !== undefined) return `name of a ${reference.join(' or ').replace('_', ' ')}`;
  if (node.enum !== undefined) return 'word';
  const message = expected === undefined ? patternMessage(schema, node) : `expected ${expected}`;
  const noun = /^expected an? (.+?)( such as|, |:| in quotes| in lower case| without|$)/.exec(message ?? '');
  return noun?.[1] ?? 'text';
}

/** The message of the first pattern that the text must match. */
function patternMessage(schema, node) {
  if (node.patternErrorMessage !== undefined) return node.patternErrorMessage;
  const parts = [...(node.allOf ?? []), ...(node.then === undefined ? [] : [node.then])];
  return parts.map((part) => patternMessage(schema, resolve(schema, part))).find((message) => message !== undefined);
}

function otherType(schema, type, node) {
  switch (type) {
    case 'integer':
      return `whole number, ${range(node)}`;
    case 'boolean':
      return 'true or false';
    case 'array':
      return `list, each: ${typeOf(schema, resolve(schema, node.items))}`;
    case 'object':
      return typeof node.additionalProperties === 'object'
        ? mapType(schema, resolve(schema, node.additionalProperties))
        : 'map';
    default:
      return type;
  }
}

function mapType(schema, value) {
  return value.type === 'object' ? 'map' : `map, each: ${typeOf(schema, value)}`;
}

function range(node) {
  const minimum = node.minimum ?? node.allOf?.find((part) => part.minimum !== undefined)?.minimum;
  return node.maximum === undefined ? `at least ${minimum}` : `${minimum} to ${node.maximum}`;
}

function text(node) {
  return node.description ?? `${node.title}.`;
}

/** The words of a field, each explained; only named where the same ones were explained before. */
function words({ explained }, node, indentation) {
  const known = JSON.stringify(node.markdownEnumDescriptions);
  if (explained.has(known))
    return ` One of ${node.enum.map((word) => `\`${word}\``).join(', ')}.`.slice(indentation === '' ? 1 : 0);
  explained.add(known);
  return node.enum
    .map((word, index) => `${indentation}- \`${word}\`: ${node.markdownEnumDescriptions[index]}`)
    .join('\n');
}

/** The example under the key that it belongs to. */
function example(path, { examples = [] }) {
  const shown = examples.find((each) => typeof each === 'object') ?? examples[0];
  if (shown === undefined) return [];
  const key = path.split('.').findLast((step) => step !== '*');
  return [`\`\`\`yaml\n${toYaml({ [key]: shown }, 'block')}\n\`\`\``];
}

/** What each entry of a map of names is, or each item of a list of maps. */
function entityOf(schema, node) {
  const inner = typeof node.additionalProperties === 'object' ? node.additionalProperties : node.items;
  return inner === undefined ? undefined : resolve(schema, inner);
}

/** A field without fields in it. */
function isPlain({ schema }, node) {
  if (node.type === 'array') return resolve(schema, node.items).properties === undefined;
  return node.properties === undefined && node.additionalProperties === undefined;
}
