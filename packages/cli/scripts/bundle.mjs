import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { build } from 'esbuild';
import { thirdPartyNotices } from './notices.mjs';

/** The load generator of the rehearsal is a program of its own, which is started from beside what starts it. */
const entryPoints = { main: 'packages/cli/src/main.ts', process: 'packages/rehearsal/src/load/process.ts' };

/**
 * Bundles the command line into `packages/cli/dist/bundle`, from the sources of all packages: the program starts by reading a few
 * files instead of hundreds. What only one command needs is a file of its own, loaded when that command runs. A file that is as it
 * should be is not touched, and the one that starts the program is changed last, so that bundling the same sources again disturbs nobody.
 * The samples that `init` starts from, the pages whose examples `explain` shows, and the licences of what is not ours lie beside them.
 *
 * @param {string} root the folder of the repository
 * @param {{ folder?: string, minify?: boolean, raster?: boolean, notices?: boolean, partEnding?: string }} [options] another folder; with
 *   names made short as well, and without what makes PNG (2.5 MB), for where size counts; without the licences, for where they are told
 *   otherwise; how the names of files end that no program is started by
 * @returns {Promise<import('esbuild').Metafile>} what went into which file
 */
export async function bundleCli(root, options = {}) {
  const folder = options.folder ?? join(root, 'packages', 'cli', 'dist', 'bundle');
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints,
    outdir: folder,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    conditions: ['source'],
    chunkNames: '[name]-[hash]',
    outExtension: { '.js': options.partEnding ?? '.js' },
    minifyWhitespace: true,
    minifySyntax: true,
    minifyIdentifiers: options.minify === true,
    legalComments: 'external',
    metafile: true,
    write: false,
    logLevel: 'warning',
    // Parts of CommonJS, such as cdktn's, call `require` for Node's own modules.
    banner: { js: requireBanner },
    packages: 'bundle',
  });
  const starts = new Set(Object.keys(entryPoints).map((name) => join(folder, `${name}${options.partEnding ?? '.js'}`)));
  const files = [
    ...outputFiles.map(({ path, contents }) => ({
      path: starts.has(path) ? path.replace(/\.\w+$/, '.js') : path,
      contents,
    })),
    ...(await copies(join(root, 'samples'), join(folder, 'samples'))),
    ...(await copies(join(root, 'docs', 'diagnostics'), join(folder, 'diagnostics'))),
    ...(options.raster === false ? [] : await rasterFiles(root, join(folder, 'graph'))),
    ...(options.notices === false ? [] : [await noticesFile(root, folder, metafile)]),
  ];
  const isEntry = (file) => basename(file.path) === 'main.js';
  for (const file of files.sort((a, b) => Number(isEntry(a)) - Number(isEntry(b)))) await replace(file);
  const current = new Set(files.map(({ path }) => path));
  for (const path of await filesUnder(folder)) if (!current.has(path)) await rm(path, { force: true });
  return metafile;
}

const requireBanner =
  "import { createRequire as createRequireOfBundle } from 'node:module';const require = createRequireOfBundle(import.meta.url);";

/** The files below a folder, at their places in the bundle; without the keys of samples, which are nobody's, and what was built of them. */
async function copies(from, to) {
  const paths = (await filesUnder(from)).filter((path) => !/\/(?:keys|build)\//.test(relative(from, path)));
  return Promise.all(
    paths.map(async (path) => ({ path: join(to, relative(from, path)), contents: await readFile(path) })),
  );
}

/** What `graph --format png` needs beside the program: the rasterizer and the font. */
async function rasterFiles(root, to) {
  const require = createRequire(join(root, 'packages', 'cli', 'package.json'));
  const names = {
    'resvg.wasm': '@resvg/resvg-wasm/index_bg.wasm',
    'Inter-Regular.woff2': 'inter-ui/web-latin/Inter-Regular-subset.woff2',
    'Inter-SemiBold.woff2': 'inter-ui/web-latin/Inter-SemiBold-subset.woff2',
  };
  return Promise.all(
    Object.entries(names).map(async ([name, from]) => {
      return { path: join(to, name), contents: await readFile(require.resolve(from)) };
    }),
  );
}

/** Parts of resvg and of the font are beside the bundle, so that esbuild does not know of them. */
async function noticesFile(root, folder, metafile) {
  const copied = ['@resvg/resvg-wasm', 'inter-ui'];
  const text = await thirdPartyNotices(root, 'The groundplan command', [metafile], copied);
  return { path: join(folder, 'THIRD-PARTY-NOTICES.txt'), contents: Buffer.from(text) };
}

async function filesUnder(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

async function replace({ path, contents }) {
  const old = await readFile(path).catch(() => undefined);
  if (old?.equals(contents)) return;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(`${path}.${process.pid}`, contents);
  await rename(`${path}.${process.pid}`, path);
}
