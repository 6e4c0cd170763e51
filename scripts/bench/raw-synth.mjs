import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as bindings from '@groundplan/providers';

/**
 * Writes a program that makes the resources of a compiled main.tf.json by hand: it imports cdktn and the bindings, constructs each
 * resource with its arguments, and synthesises. It is the peer that a build is measured against.
 *
 * @returns the path of the program; it prints `{ milliseconds, kilobytes, resources }`, without the time of its imports
 */
export function writeRawSynth(folder, name, mainTfJson) {
  const main = JSON.parse(readFileSync(mainTfJson, 'utf8'));
  const classes = new Map(
    Object.entries(bindings)
      .filter(([, value]) => typeof value === 'function' && typeof value.tfResourceType === 'string')
      .map(([className, value]) => [
        `${className.startsWith('Data') ? 'data.' : ''}${value.tfResourceType}`,
        className,
      ]),
  );
  const elements = [];
  for (const [prefix, section] of [
    ['data.', main.data],
    ['', main.resource],
  ]) {
    for (const [type, resources] of Object.entries(section ?? {})) {
      const className = classes.get(`${prefix}${type}`);
      for (const [id, body] of Object.entries(resources)) {
        const { depends_on: dependsOn, lifecycle, provider, provisioner, ...config } = body;
        elements.push({
          className,
          type,
          id,
          config: camelCased(config),
          overrides: { depends_on: dependsOn, lifecycle, provider },
        });
      }
    }
  }
  const providers = Object.entries(main.provider ?? {}).flatMap(([type, configs]) =>
    [configs]
      .flat()
      .map((config, index) => ({ className: providerClass(type), id: `${type}${index}`, config: camelCased(config) })),
  );
  const data = {
    elements,
    providers,
    variables: main.variable ?? {},
    outputs: main.output ?? {},
    locals: main.locals ?? {},
  };
  const file = join(folder, `${name}.mjs`);
  writeFileSync(file, program(data, join(folder, `${name}.out`)));
  return file;
}

function providerClass(type) {
  return `${type[0].toUpperCase()}${type.slice(1)}Provider`;
}

/** Names of arguments as the bindings have them; the keys of maps that are the user's stay. */
function camelCased(value) {
  if (Array.isArray(value)) return value.map(camelCased);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key.replace(/_([a-z0-9])/g, (_, letter) => letter.toUpperCase()),
      key === 'labels' ? item : camelCased(item),
    ]),
  );
}

function program(data, out) {
  return `process.env.CDKTN_DISABLE_CREATION_STACK = '1';
const { App, TerraformLocal, TerraformOutput, TerraformResource, TerraformStack, TerraformVariable } = await import('cdktn');
const bindings = await import('@groundplan/providers');
const data = ${JSON.stringify(data)};
const begin = performance.now();
const app = new App({ outdir: ${JSON.stringify(out)}, skipValidation: true });
const stack = new TerraformStack(app, 'peer');
for (const { className, id, config } of data.providers) new bindings[className](stack, id, config);
for (const { className, type, id, config, overrides } of data.elements) {
  const element = className
    ? new bindings[className](stack, type + '.' + id, config)
    : new TerraformResource(stack, type + '.' + id, { terraformResourceType: type });
  element.overrideLogicalId(id);
  if (!className) for (const [key, value] of Object.entries(config)) element.addOverride(key, value);
  for (const [key, value] of Object.entries(overrides)) if (value !== undefined) element.addOverride(key, value);
}
for (const [id, { type, description }] of Object.entries(data.variables)) new TerraformVariable(stack, id, { type, description });
for (const [id, { value, description }] of Object.entries(data.outputs)) new TerraformOutput(stack, 'output.' + id, { value, description });
for (const [id, value] of Object.entries(data.locals)) new TerraformLocal(stack, 'local.' + id, value);
app.synth();
const time = performance.now() - begin;
process.stdout.write(JSON.stringify({ milliseconds: time, kilobytes: process.resourceUsage().maxRSS, resources: data.elements.length }));
`;
}
