import assert from 'node:assert/strict';
import { describe } from 'mocha';
import { itWithEachTool } from '../support/each-tool.js';
import { assertSucceeded, errorLines } from '../support/expect.js';
import { storedProviders } from '../support/provider-schemas.js';
import { openWorkspace, type Tool } from '../support/terraform.js';

type Json = { [key: string]: Json } | Json[] | string | number | boolean | null;

const noHetzner = 'http://127.0.0.1:9/v1';
const stored = storedProviders();

describe('the providers that the tests run', () => {
  itWithEachTool('hcloud has the schema that is stored', async (tool) => {
    const [real, kept] = [await schemaOf(tool, 'hcloud'), facts(stored.hcloud.document, stored.hcloud.source)];
    const moved = 'the stored schema and the provider differ: store the new one, packages/providers/README.md says how';
    assert.deepEqual(real.resource_schemas, kept.resource_schemas, moved);
    assert.deepEqual(real.provider, kept.provider, moved);
    for (const [name, schema] of Object.entries(kept.data_source_schemas)) {
      assert.deepEqual(real.data_source_schemas[name], schema, `${name}: ${moved}`);
    }
  });

  for (const name of ['minio', 'cloudflare'] as const) {
    itWithEachTool(`the stand-in for ${name} serves the stored schema of all that the bindings have`, async (tool) => {
      const { source, document, resources, dataSources } = stored[name];
      const [served, kept] = [await schemaOf(tool, name), facts(document, source)];
      assert.deepEqual(served.provider, kept.provider);
      assert.deepEqual(served.resource_schemas, pick(kept.resource_schemas, resources));
      assert.deepEqual(served.data_source_schemas, pick(kept.data_source_schemas, dataSources));
    });
  }

  itWithEachTool('come from the mirror and from nowhere else', async (tool) => {
    const required_providers = { random: { source: 'registry.terraform.io/hashicorp/random', version: '3.6.0' } };
    const mainTfJson = { terraform: { required_providers } };
    const workspace = await openWorkspace({ tool, mainTfJson, hetznerUrl: noHetzner });
    try {
      assert.match(
        errorLines(await workspace.init()).join('\n'),
        /hashicorp\/random was not found in any of the search locations/,
      );
    } finally {
      await workspace.dispose();
    }
  });
});

interface Facts {
  provider: Json;
  resource_schemas: Record<string, Json>;
  data_source_schemas: Record<string, Json>;
}

/** What the built provider says of itself. */
async function schemaOf(tool: Tool, name: 'hcloud' | 'minio' | 'cloudflare'): Promise<Facts> {
  const { source, version } = stored[name];
  const mainTfJson = { terraform: { required_providers: { [name]: { source, version } } } };
  const workspace = await openWorkspace({ tool, mainTfJson, hetznerUrl: noHetzner });
  try {
    assertSucceeded(await workspace.init());
    const output = await workspace.run(['providers', 'schema', '-json']);
    assertSucceeded(output);
    return facts(JSON.parse(output.stdout), source);
  } finally {
    await workspace.dispose();
  }
}

/** A provider's schema as it is stored: without descriptions, which change from version to version and mean nothing. */
function facts(document: { provider_schemas: object }, source: string): Facts {
  const provider = Object.entries(document.provider_schemas).find(([key]) => key === source)?.[1];
  assert.ok(provider, `${source} is missing`);
  const { provider: configuration, resource_schemas = {}, data_source_schemas = {} } = withoutDescriptions(provider);
  return { provider: configuration, resource_schemas, data_source_schemas };
}

function withoutDescriptions(value: Json): Facts & Json {
  const strip = (inner: Json): Json => {
    if (Array.isArray(inner)) return inner.map(strip);
    if (typeof inner !== 'object' || inner === null) return inner;
    const kept = Object.entries(inner).filter(([key, member]) => !isDescription(key, member));
    return Object.fromEntries(kept.map(([key, member]) => [key, strip(member)]));
  };
  return strip(value) as Facts & Json;
}

/** An attribute may itself be called `description`; then it is an object. */
function isDescription(key: string, value: Json): boolean {
  return ['description', 'description_kind', 'deprecation_message'].includes(key) && typeof value === 'string';
}

function pick(schemas: Record<string, Json>, names: readonly string[]): Record<string, Json | undefined> {
  return Object.fromEntries(names.map((name) => [name, schemas[name]]));
}
