import { fieldSchema, genericPath, type SchemaNode } from '@groundplan/model/language';
import { nodeAt, toData } from '@groundplan/syntax';
import type { KeyCursor } from '../cursor/index.js';
import { entities } from '../facts/entities.js';
import { kindOfSection, sectionOf } from '../tree/sections.js';
import { bodyFor } from './bodies.js';
import { map, numberSlot, oneOf, plain, slot, text } from './body.js';
import { type Context, dataAt, type KeyProposal } from './context.js';
import { newName } from './new-name.js';
import { newRegions } from './new-regions.js';
import { choosableKeys, type Data, hasStrayKey, missingKeys, resembles } from './schema.js';
import { hosts } from './values/hosts.js';
import { firstWithOwnBlock } from './values/numbers.js';
import { values } from './values/values.js';

/** The keys that may be written in the map at a path. */
export function keys(context: Context, cursor: KeyCursor, path: readonly string[]): readonly KeyProposal[] {
  const schema = fieldSchema(path);
  if (schema === undefined) return [];
  const fixed = schema.properties === undefined ? [] : fields(context, cursor, path, schema);
  const free =
    typeof schema.additionalProperties === 'object' || path.at(-1) === 'backend' ? names(context, cursor, path) : [];
  return [...fixed, ...free.filter(({ label }) => !cursor.keys.includes(label))];
}

/** The fields of a map: those that it lacks first, and none that is there or would mean nothing. */
function fields(
  context: Context,
  cursor: KeyCursor,
  path: readonly string[],
  schema: SchemaNode,
): readonly KeyProposal[] {
  const own = context.tree.text.slice(cursor.word.start, cursor.word.end);
  const { [own]: value, ...rest } = dataAt(context, path);
  const data: Data = { ...Object.fromEntries(cursor.keys.map((key) => [key, true])), ...rest };
  const missing = [...missingKeys(schema, data), ...missingForRegions(context, path, data)];
  const choosable = choosableKeys(schema, data);
  const need = (key: string) => {
    if (missing.includes(key)) return 'required · ';
    return choosable.includes(key) ? `one of ${choosable.join(', ')} · ` : '';
  };
  return inOrder(context, path, Object.keys(schema.properties ?? {})).flatMap((key) => {
    const child = fieldSchema([...path, key]);
    if (child === undefined || cursor.keys.includes(key)) return [];
    // A key that is right keeps its name; one that is not may get the name of what its value suits.
    if (cursor.hasValue && key !== own && schema.properties?.[own] !== undefined) return [];
    if (cursor.hasValue && !suits(context, path, own, child)) return [];
    if (isPointless(context, path, key)) return [];
    if (hasStrayKey(schema, { ...data, [key]: value ?? sampleOf(child) })) return [];
    const made = cursor.hasValue ? { body: undefined } : begun(context, [...path, key]);
    if (made === undefined) return [];
    return [
      {
        label: key,
        kind: made.body?.kind === 'map' && path.length === 0 ? 'snippet' : 'key',
        key: text(key),
        detail: `${need(key)}${child.title ?? ''}`,
        rank: need(key) !== '' ? 1 : key === 'renamed_from' || key === 'slot' ? 7 : 5,
        ...made,
      } satisfies KeyProposal,
    ];
  });
}

/** As the schema has them, but balancers behind the apps that they are to route to while there are none. */
function inOrder({ model }: Context, path: readonly string[], keys: readonly string[]): readonly string[] {
  if (path.length > 0 || model.apps.some(({ port }) => port !== undefined)) return keys;
  return keys.flatMap((key) => {
    if (key === 'load_balancers') return [];
    return key === 'apps' ? ['apps', 'load_balancers'] : [key];
  });
}

/**
 * What a new key is given: its body, nothing when its value is chosen next, undefined when there is nothing that it could be. What can
 * be one thing only is that at once; what is to be chosen is a choice in the snippet, where the editor would not ask again by itself.
 */
function begun(
  context: Context,
  path: readonly string[],
): Pick<KeyProposal, 'body' | 'additionalEdits' | 'companions'> | undefined {
  const made = bodyFor(context, path);
  if (made !== undefined) return made;
  const proposed = values({ ...context, typed: '' }, path);
  if (proposed.length === 0) return undefined;
  const words = proposed.flatMap(({ kind, body, rank = 5, companions = [], additionalEdits = [] }) => {
    // What has to be seen with its price, or looked for in folders, is no word among a few.
    const isWord = kind === 'value' || kind === 'entity' || kind === 'location';
    const isFree = rank < 7 && companions.length === 0 && additionalEdits.length === 0;
    return isWord && isFree && body.kind === 'scalar' ? [{ kind, body }] : [];
  });
  const [first, ...others] = words;
  if (first === undefined || words.length < proposed.filter(({ rank = 5 }) => rank < 7).length)
    return { body: undefined };
  if (proposed.length === 1) return { body: first.kind === 'entity' ? slot(plain(first.body)) : first.body };
  const { asksAgain, snippets, choices } = context.options;
  return asksAgain || !snippets || choices === false
    ? { body: undefined }
    : { body: oneOf(first.body, ...others.map(({ body }) => body)) };
}

/** What only several regions make necessary. */
function missingForRegions({ model }: Context, path: readonly string[], data: Data): readonly string[] {
  if (model.regions.length < 2) return [];
  const generic = genericPath(path).join('.');
  if (generic === 'buckets.*') return ['location'];
  return generic === 'databases.*' && data['engine'] !== 'mariadb' ? ['replication'] : [];
}

/** Whether a value that is there already may stand under another key. */
function suits({ tree }: Context, path: readonly string[], key: string, schema: SchemaNode): boolean {
  const node = nodeAt(tree.root, [...path, key]);
  return node === undefined || resembles(schema, toData(node));
}

/** Any value that a field takes, to see what its presence means for the others. */
function sampleOf({ default: usual, examples = [], enum: choices = [] }: SchemaNode): unknown {
  return examples[0] ?? usual ?? choices[0] ?? true;
}

/** Whether a key can mean nothing as the rest of the topology is. */
function isPointless(context: Context, path: readonly string[], key: string): boolean {
  const { model } = context;
  const generic = [...genericPath(path), key].join('.');
  switch (generic) {
    case 'databases.*.replication':
    case 'shared_storage.*.geo_replication':
      return model.regions.length < 2;
    case 'apps.*.mounts':
      return model.storages.length === 0;
    case 'apps.*.run.sha256':
    case 'apps.*.run.command':
      return dataAt(context, path)['artifact'] === undefined;
    case 'apps.*.run.registry':
      return dataAt(context, path)['container'] === undefined;
    case 'access.bastion':
      return model.loadBalancers.length === 0;
    case 'regions.*.load_balancers':
    case 'regions.*.apps':
    case 'regions.*.databases':
      return !entities(model).some(({ kind }) => sectionOf[kind] === key);
    case 'dns.proxied':
      return model.dns?.provider.origin.kind === 'written' && model.dns.provider.value !== 'cloudflare';
    default:
      return false;
  }
}

/** Maps whose keys are names. */
function names(context: Context, cursor: KeyCursor, path: readonly string[]): readonly KeyProposal[] {
  const { model } = context;
  const generic = genericPath(path).join('.');
  switch (generic) {
    case 'load_balancers':
    case 'apps':
    case 'databases':
    case 'shared_storage':
    case 'buckets':
    case 'external':
      return cursor.hasValue ? [] : entityKeys(context, generic);
    case 'regions':
      return cursor.hasValue ? [] : regionKeys(context);
    case 'regions.*.load_balancers':
    case 'regions.*.apps':
    case 'regions.*.databases': {
      const kind = kindOfSection(path[2] ?? '');
      return entities(model)
        .filter((each) => each.kind === kind)
        .map(({ name }) => ({
          label: name,
          kind: 'entity',
          key: text(name),
          body: bodyFor(context, [...path, name])?.body,
          detail: `differs in ${path[1]}`,
        }));
    }
    case 'load_balancers.*.routes':
      return hosts(context, cursor, path);
    case 'apps.*.env':
      return cursor.hasValue
        ? []
        : model.databases.slice(0, 1).map(({ name }) => ({
            label: 'DATABASE_URL',
            kind: 'snippet',
            key: text('DATABASE_URL'),
            body: slot(`\${database.${name}.url}`),
            detail: `of database.${name}`,
          }));
    case 'apps.*.files':
      return cursor.hasValue ? [] : newFile(context, path);
    case 'apps.*.mounts':
      return model.storages.map(({ name }) => ({
        label: `/srv/${name}`,
        kind: 'snippet',
        key: text({ slot: `/srv/${name}` }),
        body: text(`storage.${name}`),
        detail: `storage.${name}`,
      }));
    case 'terraform.backend':
      return Object.keys(dataAt(context, path)).length > 0 || cursor.hasValue
        ? []
        : [
            { label: 's3', kind: 'snippet', key: text('s3'), body: bodyOfBackend(context), detail: 'S3 and its like' },
            { label: 'local', kind: 'snippet', key: text('local'), body: map({}), detail: 'a file beside the module' },
          ];
    default:
      return [];
  }
}

/** A file with its text, at a path that a person changes. */
function newFile(context: Context, path: readonly string[]): readonly KeyProposal[] {
  const made = bodyFor(context, path)?.body;
  const [entry] = made?.kind === 'map' ? made.entries : [];
  if (entry === undefined) return [];
  const [key, body] = entry;
  return [{ label: plain(key), kind: 'snippet', key, body, detail: 'a file with this text' }];
}

function bodyOfBackend(context: Context) {
  const made = bodyFor(context, ['terraform', 'backend'])?.body;
  return made?.kind === 'map' ? made.entries[0]?.[1] : undefined;
}

const entityWords: Readonly<Record<string, string>> = {
  load_balancers: 'a load balancer',
  apps: 'an app that answers requests',
  databases: 'a database with a volume and a backup',
  shared_storage: 'a shared storage with a volume and a backup',
  buckets: 'a bucket',
  external: 'a target of backups elsewhere',
};

function entityKeys(context: Context, section: string): readonly KeyProposal[] {
  const name = newName(context, section);
  const made = bodyFor(context, [section, name]);
  if (made === undefined) return [];
  const { body, additionalEdits = [] } = made;
  const whole: KeyProposal = {
    label: name,
    kind: 'snippet',
    key: slotKey(name),
    body,
    detail: entityWords[section] ?? '',
    ...(additionalEdits.length === 0 ? {} : { additionalEdits }),
  };
  if (section !== 'apps') return [whole];
  const run = map({ container: slot('ghcr.io/acme/worker:1.4.2') });
  const taken = entities(context.model)
    .filter(({ kind }) => kind === 'app')
    .flatMap(({ firstName, name: each }) => [firstName, each]);
  const others: readonly KeyProposal[] = [
    {
      label: 'worker',
      kind: 'snippet',
      key: slotKey('worker'),
      body: map({ run }),
      detail: 'an app that works in the background',
    },
    {
      label: 'job',
      kind: 'snippet',
      key: slotKey('job'),
      body: map({ count: numberSlot(1), schedule: slot('daily'), run }),
      detail: 'an app that runs on a schedule',
    },
  ];
  return [
    whole,
    ...others.filter(
      ({ label }) =>
        label !== name && !taken.includes(label) && firstWithOwnBlock(context, section, [label]) !== undefined,
    ),
  ];
}

function slotKey(name: string) {
  return text({ slot: name });
}

function regionKeys(context: Context): readonly KeyProposal[] {
  return newRegions(context).map(({ name, location, detail, isUsual }) => ({
    label: name,
    kind: 'snippet',
    key: slotKey(name),
    body: map({ location: text(location) }),
    detail,
    rank: isUsual ? 4 : 5,
  }));
}
