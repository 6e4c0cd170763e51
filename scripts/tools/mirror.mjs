import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, link, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** Terraform takes a source without a host from the first, OpenTofu from the second. */
const registries = ['registry.terraform.io', 'registry.opentofu.org'];
const providerNames = ['hcloud', 'minio', 'cloudflare'];

/**
 * Lays out the built providers as a filesystem mirror with a CLI configuration file beside it, unless that is done.
 *
 * @param {string} root
 * @param {string} cache
 * @param {{ name: string }} platform
 * @param {Record<string, string>} paths the built binaries by name
 * @returns {Promise<{ mirror: string, cliConfig: string }>}
 */
export async function ensureMirror(root, cache, platform, paths) {
  const table = JSON.parse(await readFile(join(root, 'packages', 'providers', 'providers.json'), 'utf8'));
  const files = providerNames.flatMap((name) =>
    registries.map((registry) => {
      const [, namespace, type] = table[name].source.split('/');
      return {
        built: paths[name],
        target: join(registry, namespace, type, table[name].version, platform.name, basename(paths[name])),
      };
    }),
  );
  const key = createHash('sha256').update(JSON.stringify(files)).digest('hex').slice(0, 16);
  const folder = join(cache, `mirror-${key}`);
  const layout = { mirror: join(folder, 'providers'), cliConfig: join(folder, 'cli.tfrc') };
  if (existsSync(layout.cliConfig)) return layout;

  const staging = await mkdtemp(`${folder}.building-`);
  try {
    for (const { built, target } of files) await place(built, join(staging, 'providers', target));
    await writeFile(join(staging, 'cli.tfrc'), cliConfiguration(layout.mirror));
    await rename(staging, folder);
  } catch (error) {
    // Another run may have put the same mirror there first; then its copy serves.
    if (!existsSync(layout.cliConfig)) throw error;
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
  return layout;
}

/** A hard link costs nothing; a copy serves where the file system has none. */
async function place(built, target) {
  await mkdir(dirname(target), { recursive: true });
  try {
    await link(built, target);
  } catch {
    await copyFile(built, target);
  }
}

/** No `direct` block: a provider that is not in the mirror is an error, never a download. */
function cliConfiguration(mirror) {
  const patterns = registries.map((registry) => JSON.stringify(`${registry}/*/*`));
  return [
    'disable_checkpoint = true',
    'provider_installation {',
    '  filesystem_mirror {',
    `    path    = ${JSON.stringify(mirror)}`,
    `    include = [${patterns.join(', ')}]`,
    '  }',
    '}',
    '',
  ].join('\n');
}
