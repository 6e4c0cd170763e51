// Typed bindings of the three Terraform providers, made from the stored schemas. No network, no Terraform binary.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const require = createRequire(import.meta.url);
const stampName = 'inputs.sha256';

/**
 * Writes `packages/providers/src/generated/` unless it was made from the same inputs already.
 *
 * @param {string} root the repository's root folder
 * @returns {Promise<boolean>} whether anything was written
 * @throws when a resource named in providers.json is missing from its stored schema
 */
export async function generateBindings(root) {
  const packageDir = join(root, 'packages', 'providers');
  const providers = await readJson(join(packageDir, 'providers.json'));
  const target = join(packageDir, 'src', 'generated');
  const stamp = await hashInputs(packageDir, providers);
  if (await isCurrent(target, stamp)) return false;

  const staging = await mkdtemp(join(packageDir, 'src', '.generated-'));
  try {
    for (const [name, provider] of Object.entries(providers)) {
      await generateProvider(packageDir, staging, name, provider);
    }
    await writeFile(join(staging, 'sources.ts'), sourcesModule(providers));
    await writeFile(join(staging, stampName), `${stamp}\n`);
    await replaceFolder(staging, target);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
  return true;
}

async function generateProvider(packageDir, staging, name, provider) {
  const { CodeMaker, ConstructsMakerTarget, Language, TerraformProviderConstraint, TerraformProviderGenerator } =
    loadGenerator();
  const schema = await readJson(join(packageDir, provider.schema));
  // A fully qualified source makes one main.tf.json serve Terraform and OpenTofu, whose default registries differ.
  const constraint = new TerraformProviderConstraint(`${provider.source}@${provider.version}`);
  const code = new CodeMaker();
  const generator = new TerraformProviderGenerator(code, trimSchema(schema, provider), { importExtension: '.js' });
  generator.generate(ConstructsMakerTarget.from(constraint, Language.TYPESCRIPT));
  const output = await mkdtemp(join(staging, `.${name}-`));
  await code.save(output);
  await removeUnused(join(output, 'providers', name));
  await rename(join(output, 'providers', name), join(staging, name));
  await rm(output, { recursive: true });
}

/** The schema with only the resources and data sources that Groundplan emits, in a fixed order. */
function trimSchema(schema, provider) {
  const full = schema.provider_schemas[provider.source];
  if (full === undefined) throw new Error(`${provider.schema} has no provider ${provider.source}`);
  return {
    ...schema,
    provider_schemas: {
      [provider.source]: {
        provider: full.provider,
        resource_schemas: pick(full.resource_schemas, provider.resources, provider.schema),
        data_source_schemas: pick(full.data_source_schemas ?? {}, provider.dataSources, provider.schema),
      },
    },
  };
}

function pick(schemas, names, file) {
  return Object.fromEntries(
    [...names].sort().map((name) => {
      if (schemas[name] === undefined) throw new Error(`${file} has no ${name}`);
      return [name, schemas[name]];
    }),
  );
}

/** `lazy-index.ts` is CommonJS and the index re-exports whole namespaces; packages/providers/src/index.ts names what is used. */
async function removeUnused(folder) {
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    const isRootIndex = entry.parentPath === folder && (entry.name === 'lazy-index.ts' || entry.name === 'index.ts');
    if (isRootIndex || entry.name === 'README.md') await rm(join(entry.parentPath, entry.name));
  }
}

function sourcesModule(providers) {
  const rows = Object.entries(providers).map(
    ([name, { source, version }]) => `  ${name}: { source: '${source}', version: '${version}' },`,
  );
  return [
    '/** Where each provider comes from and the exact version that its bindings describe, from providers.json. */',
    'export const providerSources = {',
    ...rows,
    '} as const;',
    '',
  ].join('\n');
}

// Both are CommonJS. Importing @cdktn/commons runs `terraform version`, which writes to the home folder, and reports to a
// version service whatever fails, then and later: so that service is off for the rest of the process, and the binary has
// another name while they load.
function loadGenerator() {
  const { TERRAFORM_BINARY_NAME: before } = process.env;
  process.env.CHECKPOINT_DISABLE = '1';
  process.env.TERRAFORM_BINARY_NAME = 'terraform-is-not-run';
  try {
    const requireBeside = createRequire(require.resolve('@cdktn/provider-generator'));
    return { ...require('@cdktn/provider-generator'), ...requireBeside('@cdktn/commons') };
  } finally {
    if (before === undefined) delete process.env.TERRAFORM_BINARY_NAME;
    else process.env.TERRAFORM_BINARY_NAME = before;
  }
}

async function hashInputs(packageDir, providers) {
  const hash = createHash('sha256');
  const generator = require.resolve('@cdktn/provider-generator/package.json');
  const files = [
    fileURLToPath(import.meta.url),
    generator,
    join(packageDir, 'providers.json'),
    ...Object.values(providers).map((provider) => join(packageDir, provider.schema)),
  ];
  for (const file of files) {
    const content = await readFile(file);
    hash.update(`${content.length}\n`).update(content);
  }
  return hash.digest('hex');
}

async function isCurrent(target, stamp) {
  const file = join(target, stampName);
  return existsSync(file) && (await readFile(file, 'utf8')).trim() === stamp;
}

/** Puts `staging` in the place of `target`; of two runs at once the later one wins, and both leave a whole folder. */
async function replaceFolder(staging, target) {
  await mkdir(target, { recursive: true });
  const old = await mkdtemp(`${target}-old-`);
  try {
    await rename(target, join(old, 'generated'));
    await rename(staging, target);
  } finally {
    await rm(old, { recursive: true, force: true });
  }
}

async function readJson(file) {
  return JSON.parse(await readFile(file, 'utf8'));
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const root = fileURLToPath(new URL('../../..', import.meta.url));
  const written = await generateBindings(root);
  process.stderr.write(written ? 'bindings generated\n' : 'bindings are current\n');
}
