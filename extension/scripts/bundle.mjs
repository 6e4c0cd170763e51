// Everything that the extension ships and that is made from sources: into extension/dist.
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { bundleCli } from '../../packages/cli/scripts/bundle.mjs';
import { thirdPartyNotices } from '../../packages/cli/scripts/notices.mjs';

const extension = dirname(dirname(fileURLToPath(import.meta.url)));
const root = dirname(extension);
const dist = join(extension, 'dist');

/** Bundles client, web build and preview, and puts the command line, which is the server as well, schemas and pages beside them. */
export async function bundleExtension() {
  const { version } = JSON.parse(await readFile(join(extension, 'package.json'), 'utf8'));
  const shared = {
    absWorkingDir: root,
    bundle: true,
    minify: true,
    metafile: true,
    conditions: ['source'],
    legalComments: 'none',
    logLevel: 'warning',
    define: { extensionVersion: JSON.stringify(version) },
  };
  // VS Code 1.91 runs extensions on Node 20.
  const node = { ...shared, platform: 'node', format: 'cjs', target: 'node20', external: ['vscode'] };
  const browser = { ...shared, platform: 'browser', target: 'es2022', external: ['vscode'] };
  const part = (name) => `extension/src/${name}.ts`;
  const results = await Promise.all([
    build({ ...node, entryPoints: [part('node/extension')], outdir: join(dist, 'node') }),
    build({ ...browser, format: 'cjs', entryPoints: [part('browser/extension')], outdir: join(dist, 'browser') }),
    build({ ...browser, format: 'iife', entryPoints: [part('browser/server')], outdir: join(dist, 'browser') }),
    build({
      ...browser,
      format: 'iife',
      entryPoints: [part('webview/preview'), 'extension/src/webview/preview.css'],
      outdir: join(dist, 'webview'),
    }),
  ]);
  const metafiles = [
    ...results.map(({ metafile }) => metafile),
    // Packing takes more than a hundred files of the ending .js for an extension that is not bundled; VS Code loads none of these.
    await bundleCli(root, {
      folder: join(dist, 'cli'),
      minify: true,
      raster: false,
      notices: false,
      partEnding: '.mjs',
    }),
  ];

  await writeFile(join(dist, 'cli', 'package.json'), await cliManifest());
  await replaceFolder(join(dist, 'schemas'), (to) => cp(join(root, 'schemas'), to, { recursive: true }));
  await mkdir(join(dist, 'docs'), { recursive: true });
  await cp(join(root, 'docs', 'language.md'), join(dist, 'docs', 'language.md'));
  const notices = await thirdPartyNotices(root, 'The Groundplan extension', metafiles);
  await writeFile(join(dist, 'THIRD-PARTY-NOTICES.txt'), notices);
}

/** The program finds its version by the name of its package; the extension around it is no ES module. */
async function cliManifest() {
  const { name, version } = JSON.parse(await readFile(join(root, 'packages', 'cli', 'package.json'), 'utf8'));
  const exports = { './package.json': './package.json' };
  return `${JSON.stringify({ name, version, type: 'module', exports })}\n`;
}

async function replaceFolder(folder, fill) {
  await rm(folder, { recursive: true, force: true });
  await mkdir(dirname(folder), { recursive: true });
  await fill(folder);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) await bundleExtension();
