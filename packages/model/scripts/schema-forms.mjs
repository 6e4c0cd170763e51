// Other forms of a schema: each is made from the hand-written one and says one thing of it.

/** What explains and does not constrain; validators work without it. */
const explanations = ['$id', 'title', 'description', 'examples', 'default', 'markdownEnumDescriptions'];

/** Keywords that say which combinations are allowed; TypeScript's types say only what each field can be. */
const combinations = ['allOf', 'oneOf', 'if', 'then', 'dependencies', 'propertyNames', 'minItems', 'maxItems'];

/** The schema without its explanations: all that a validator and its messages need. */
export function onlyConstraints(schema) {
  return mapNodes(schema, (node) => omit(node, explanations));
}

/** The schema of the plain data, for types. */
export function onlyTypes(schema) {
  const titles = mapNodes(schema, (node) => {
    const { title, ...rest } = omit(node, [...combinations, 'examples', 'x-groundplan', 'markdownEnumDescriptions']);
    if (rest.$ref !== undefined) return { $ref: rest.$ref };
    return rest;
  });
  const definitions = Object.fromEntries(
    Object.entries(titles.definitions ?? {}).map(([name, node]) => [name, { title: pascalCase(name), ...node }]),
  );
  return { ...titles, title: 'Topology', definitions };
}

/** Every literal default by its field, such as `apps.*.drain`, in the order of the schema. */
export function literalDefaults(schema) {
  const found = [];
  visitFields(schema, schema, '', (field, node) => {
    if (node.default !== undefined) found.push([field, node.default]);
  });
  return found;
}

/** Calls `visit` with each field's path and its node, references followed, parents first. */
export function visitFields(schema, node, path, visit) {
  const resolved = resolve(schema, node);
  if (path !== '') visit(path, resolved);
  for (const [key, child] of Object.entries(resolved.properties ?? {})) {
    visitFields(schema, child, path === '' ? key : `${path}.${key}`, visit);
  }
  for (const child of [resolved.additionalProperties, resolved.items]) {
    if (typeof child === 'object') visitFields(schema, child, `${path}.*`, visit);
  }
}

/** The node with what its `$ref` names; what stands beside the `$ref` wins. */
export function resolve(schema, node) {
  if (node.$ref === undefined) return node;
  const { $ref, ...own } = node;
  return { ...resolve(schema, schema.definitions[$ref.slice('#/definitions/'.length)]), ...own };
}

/** Applies `change` to every node of a schema, children first. */
function mapNodes(node, change) {
  if (typeof node !== 'object' || node === null || Array.isArray(node)) return node;
  const copy = { ...node };
  for (const key of ['properties', 'definitions']) {
    if (copy[key] !== undefined) {
      copy[key] = Object.fromEntries(Object.entries(copy[key]).map(([name, child]) => [name, mapNodes(child, change)]));
    }
  }
  for (const key of ['additionalProperties', 'items', 'propertyNames', 'not', 'if', 'then']) {
    if (copy[key] !== undefined) copy[key] = mapNodes(copy[key], change);
  }
  for (const key of ['allOf', 'oneOf', 'anyOf']) {
    if (copy[key] !== undefined) copy[key] = copy[key].map((child) => mapNodes(child, change));
  }
  return change(copy);
}

function omit(node, keys) {
  return Object.fromEntries(Object.entries(node).filter(([key]) => !keys.includes(key)));
}

function pascalCase(name) {
  return name.replace(/(^|_)([a-z])/g, (_, __, letter) => letter.toUpperCase());
}

/**
 * The schema with nothing but which fields there are and what is in them: what the check asks for a field by its path, without the
 * texts and constraints of the rest.
 */
export function onlyFields(node) {
  if (typeof node !== 'object' || node === null) return node;
  const { $ref, properties, items, additionalProperties, definitions } = node;
  const fieldsOf = (map) =>
    map && Object.fromEntries(Object.entries(map).map(([key, each]) => [key, onlyFields(each)]));
  return {
    ...($ref && { $ref }),
    ...(properties && { properties: fieldsOf(properties) }),
    ...(items && { items: onlyFields(items) }),
    ...(additionalProperties !== undefined && { additionalProperties: onlyFields(additionalProperties) }),
    ...(definitions && { definitions: fieldsOf(definitions) }),
  };
}
