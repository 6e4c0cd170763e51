import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { cp, mkdtemp, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as bindings from '@groundplan/providers';
import { App, TerraformStack } from 'cdktn';
import { afterEach, describe, it } from 'mocha';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const packageDir = join(root, 'packages', 'providers');

describe('the generated bindings', () => {
  const temporary: string[] = [];
  afterEach(async () => {
    for (const folder of temporary.splice(0)) await rm(folder, { recursive: true });
  });

  it('name the providers with a full address, so that Terraform and OpenTofu find the same ones', () => {
    const stack = synthesised((scope) => {
      new bindings.HcloudProvider(scope, 'hcloud', {});
      new bindings.MinioProvider(scope, 'minio', { minioServer: 'fsn1.your-objectstorage.com' });
      new bindings.CloudflareProvider(scope, 'cloudflare', {});
    });
    assert.deepEqual(stack.terraform.required_providers, bindings.providerSources);
    for (const { source } of Object.values(bindings.providerSources))
      assert.match(source, /^registry\.terraform\.io\//);
  });

  it('write blocks as blocks and nested attributes as objects', () => {
    const { resource } = synthesised((scope) => {
      const network = [{ networkId: 1, ip: '10.0.0.2', aliasIps: [] }];
      new bindings.HcloudServer(scope, 'web', { name: 'web', serverType: 'cx23', network });
      const settings = { flattenCname: true };
      new bindings.CloudflareDnsRecord(scope, 'www', { name: 'www', type: 'CNAME', ttl: 1, zoneId: 'z', settings });
    });
    assert.deepEqual(resource.hcloud_server?.web?.network, [{ network_id: 1, ip: '10.0.0.2', alias_ips: [] }]);
    assert.deepEqual(resource.cloudflare_dns_record?.www?.settings, { flatten_cname: true });
  });

  it('have a class of every type in providers.json', () => {
    const table: Record<string, { resources: string[]; dataSources: string[] }> = JSON.parse(
      readFileSync(join(packageDir, 'providers.json'), 'utf8'),
    );
    const classes = Object.values(bindings)
      .filter((exported) => typeof exported === 'function' && 'tfResourceType' in exported)
      .map((exported) => (exported as { tfResourceType: string }).tfResourceType);
    const wanted = Object.entries(table).flatMap(([name, { resources, dataSources }]) => [
      name,
      ...resources,
      ...dataSources,
    ]);
    assert.deepEqual(classes.sort(), wanted.sort());
  });

  it('are the same from run to run, and made only when an input changed', async function () {
    this.timeout(60_000);
    const { generateBindings } = await import('../scripts/generate-bindings.mjs');
    const copy = await mkdtemp(join(tmpdir(), 'groundplan-bindings-'));
    temporary.push(copy);
    const inner = join(copy, 'packages', 'providers');
    for (const part of ['providers.json', 'schemas'])
      await cp(join(packageDir, part), join(inner, part), { recursive: true });
    await symlink(join(root, 'node_modules'), join(copy, 'node_modules'));
    await cp(join(packageDir, 'src', 'index.ts'), join(inner, 'src', 'index.ts'));

    assert.equal(await generateBindings(copy), true);
    assert.deepEqual(contentOf(join(inner, 'src', 'generated')), contentOf(join(packageDir, 'src', 'generated')));
    const { mtimeMs } = await stat(join(inner, 'src', 'generated', 'sources.ts'));
    assert.equal(await generateBindings(copy), false);
    assert.equal((await stat(join(inner, 'src', 'generated', 'sources.ts'))).mtimeMs, mtimeMs);
    assert.deepEqual(readdirSync(join(inner, 'src')).sort(), ['generated', 'index.ts']);
  });

  it('have no CommonJS in them', () => {
    const generated = join(packageDir, 'src', 'generated');
    assert.ok(existsSync(generated));
    for (const [file, text] of contentOf(generated)) {
      assert.doesNotMatch(file, /lazy-index/);
      assert.doesNotMatch(text, /\brequire\(/, file);
    }
  });
});

interface Synthesised {
  terraform: { required_providers: unknown };
  resource: Record<string, Record<string, Record<string, unknown>>>;
}

function synthesised(build: (scope: TerraformStack) => void): Synthesised {
  const stack = new TerraformStack(new App({ skipValidation: true }), 'stack');
  build(stack);
  return stack.toTerraform();
}

/** Every file below a folder with its text, in order. */
function contentOf(folder: string): [string, string][] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file): [string, string] => [file.slice(folder.length), readFileSync(file, 'utf8')])
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
