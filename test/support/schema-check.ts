/**
 * Holds an emitted main.tf.json against the stored provider schemas: known types and attributes, what is required, what is
 * read-only, blocks where blocks belong. Pure: the schemas are given to it.
 */

export interface SchemaDocument {
  provider_schemas: Record<string, ProviderSchema>;
}

interface ProviderSchema {
  provider: { block: Block };
  resource_schemas: Record<string, { block: Block }>;
  data_source_schemas?: Record<string, { block: Block }>;
}

interface Block {
  attributes?: Record<string, Attribute>;
  block_types?: Record<string, NestedBlock>;
}

interface Attribute {
  type?: unknown;
  nested_type?: { attributes: Record<string, Attribute>; nesting_mode: NestingMode };
  required?: boolean;
  optional?: boolean;
  computed?: boolean;
}

type NestingMode = 'single' | 'list' | 'set' | 'map';

interface NestedBlock {
  block: Block;
  nesting_mode: NestingMode;
  min_items?: number;
  max_items?: number;
}

export interface SchemaProblem {
  /** Where, such as `hcloud_server.web.network[0].ip`. */
  at: string;
  message: string;
}

type JsonObject = { [key: string]: unknown };

/** What Terraform itself gives a meaning in any resource or data source. */
const metaArguments = ['//', 'count', 'connection', 'depends_on', 'for_each', 'lifecycle', 'provider', 'provisioner'];
const providerMetaArguments = ['//', 'alias', 'version'];
/** Resources of Terraform itself, which has no stored schema. */
const builtInTypes = ['terraform_data'];
const reference = /^\$\{/;

/**
 * Every problem of a root module, in the order in which it is written.
 *
 * @param mainTfJson the parsed main.tf.json
 * @param documents the stored schemas, as `terraform providers schema -json` writes them
 */
export function checkAgainstSchemas(mainTfJson: JsonObject, documents: readonly SchemaDocument[]): SchemaProblem[] {
  const providers = documents.flatMap((document) => Object.entries(document.provider_schemas));
  const resources = new Map<string, Block>();
  const dataSources = new Map<string, Block>();
  const configurations = new Map<string, Block>();
  for (const [source, schema] of providers) {
    configurations.set(source.slice(source.lastIndexOf('/') + 1), schema.provider.block);
    for (const [type, { block }] of Object.entries(schema.resource_schemas)) resources.set(type, block);
    for (const [type, { block }] of Object.entries(schema.data_source_schemas ?? {})) dataSources.set(type, block);
  }
  return [
    ...checkProviders(objectOf(mainTfJson.provider), configurations),
    ...checkTypes(objectOf(mainTfJson.resource), resources, ''),
    ...checkTypes(objectOf(mainTfJson.data), dataSources, 'data.'),
  ];
}

function checkProviders(providers: JsonObject, schemas: Map<string, Block>): SchemaProblem[] {
  return Object.entries(providers).flatMap(([name, configured]) => {
    const block = schemas.get(name);
    if (block === undefined) return [problem(`provider.${name}`, 'no stored schema has this provider')];
    return listOf(configured).flatMap((body) =>
      checkBlock(without(objectOf(body), providerMetaArguments), block, `provider.${name}`),
    );
  });
}

function checkTypes(types: JsonObject, schemas: Map<string, Block>, prefix: string): SchemaProblem[] {
  return Object.entries(types).flatMap(([type, instances]) => {
    if (builtInTypes.includes(type)) return [];
    const block = schemas.get(type);
    if (block === undefined) return [problem(`${prefix}${type}`, 'no stored schema has this type')];
    return Object.entries(objectOf(instances)).flatMap(([name, written]) =>
      listOf(written).flatMap((body) =>
        checkBlock(without(objectOf(body), metaArguments), block, `${prefix}${type}.${name}`),
      ),
    );
  });
}

function checkBlock(body: JsonObject, block: Block, at: string): SchemaProblem[] {
  const attributes = block.attributes ?? {};
  const blockTypes = block.block_types ?? {};
  const unknown = Object.keys(body)
    .filter((name) => attributes[name] === undefined && blockTypes[name] === undefined)
    .map((name) => problem(`${at}.${name}`, 'neither an attribute nor a block of that name'));
  return [
    ...unknown,
    ...checkAttributes(body, attributes, at),
    ...Object.entries(blockTypes).flatMap(([name, nested]) => checkNestedBlock(body[name], nested, `${at}.${name}`)),
  ];
}

function checkAttributes(body: JsonObject, attributes: Record<string, Attribute>, at: string): SchemaProblem[] {
  return Object.entries(attributes).flatMap(([name, attribute]) => {
    const value = body[name];
    const path = `${at}.${name}`;
    if (value === undefined || value === null) {
      return attribute.required === true ? [problem(path, 'required, and missing')] : [];
    }
    if (attribute.required !== true && attribute.optional !== true) return [problem(path, 'read-only, and set')];
    if (isReference(value)) return [];
    return attribute.nested_type === undefined
      ? checkType(value, attribute.type, path)
      : checkNestedAttribute(value, attribute.nested_type, path);
  });
}

function checkNestedAttribute(
  value: unknown,
  nested: NonNullable<Attribute['nested_type']>,
  at: string,
): SchemaProblem[] {
  const checkOne = (member: unknown, path: string) =>
    isObject(member)
      ? [...unknownMembers(member, nested.attributes, path), ...checkAttributes(member, nested.attributes, path)]
      : [problem(path, `an object is expected, not ${describe(member)}`)];
  switch (nested.nesting_mode) {
    case 'single':
      return checkOne(value, at);
    case 'map':
      return isObject(value)
        ? Object.entries(value).flatMap(([key, member]) => checkOne(member, `${at}["${key}"]`))
        : [problem(at, `a map is expected, not ${describe(value)}`)];
    case 'list':
    case 'set':
      return Array.isArray(value)
        ? value.flatMap((member, index) => checkOne(member, `${at}[${index}]`))
        : [problem(at, `a list is expected, not ${describe(value)}`)];
  }
}

function unknownMembers(value: JsonObject, attributes: Record<string, unknown>, at: string): SchemaProblem[] {
  return Object.keys(value)
    .filter((name) => attributes[name] === undefined)
    .map((name) => problem(`${at}.${name}`, 'no attribute of that name'));
}

function checkNestedBlock(value: unknown, nested: NestedBlock, at: string): SchemaProblem[] {
  const isPlain = value === undefined || value === null || isObject(value) || Array.isArray(value);
  if (!isPlain) return [problem(at, `a block is expected, not ${describe(value)}`)];
  const bodies = value === undefined || value === null ? [] : listOf(value);
  const limits: SchemaProblem[] = [];
  if (bodies.length < (nested.min_items ?? 0)) limits.push(problem(at, `at least ${nested.min_items} of this block`));
  const max = nested.nesting_mode === 'single' ? 1 : (nested.max_items ?? 0);
  if (max > 0 && bodies.length > max) limits.push(problem(at, `at most ${max} of this block`));
  return [
    ...limits,
    ...bodies.flatMap((body, index) =>
      isObject(body)
        ? checkBlock(body, nested.block, `${at}[${index}]`)
        : [problem(`${at}[${index}]`, `a block is expected, not ${describe(body)}`)],
    ),
  ];
}

/** A type as cty writes it: `"string"`, `["list", "string"]`, `["object", { … }]`. */
function checkType(value: unknown, type: unknown, at: string): SchemaProblem[] {
  if (value === null || isReference(value) || type === 'dynamic') return [];
  if (typeof type === 'string') {
    return isConvertible(value, type) ? [] : [problem(at, `${type} is expected, not ${describe(value)}`)];
  }
  const [kind, inner] = Array.isArray(type) ? type : [];
  if (kind === 'list' || kind === 'set') {
    return Array.isArray(value)
      ? value.flatMap((element, index) => checkType(element, inner, `${at}[${index}]`))
      : [problem(at, `a list is expected, not ${describe(value)}`)];
  }
  if (!isObject(value)) return [problem(at, `an object is expected, not ${describe(value)}`)];
  if (kind === 'map') {
    return Object.entries(value).flatMap(([key, member]) => checkType(member, inner, `${at}["${key}"]`));
  }
  const attributes = objectOf(inner);
  return [
    ...unknownMembers(value, attributes, at),
    ...Object.entries(attributes).flatMap(([name, member]) => checkType(value[name] ?? null, member, `${at}.${name}`)),
  ];
}

/** Terraform turns numbers and truth values into text and back; emitted output does not need it to. */
function isConvertible(value: unknown, type: string): boolean {
  return typeof value === { string: 'string', number: 'number', bool: 'boolean' }[type];
}

/** An expression in a string may have any type. */
function isReference(value: unknown): boolean {
  return typeof value === 'string' && reference.test(value);
}

function describe(value: unknown): string {
  return Array.isArray(value) ? 'a list' : value === null ? 'null' : typeof value;
}

function problem(at: string, message: string): SchemaProblem {
  return { at, message };
}

function without(body: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(body).filter(([name]) => !names.includes(name)));
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function objectOf(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

/** A block may be written as one object or as a list of them. */
function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [value];
}
