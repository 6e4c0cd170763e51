// `npm run package`: the extension as one file to install, extension/dist/groundplan.vsix.
import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createVSIX } from '@vscode/vsce';
import { bundleExtension } from './bundle.mjs';
import { drawIcon } from './icon.mjs';

const extension = dirname(dirname(fileURLToPath(import.meta.url)));
const home = 'https://github.com/groundplan/groundplan';

/**
 * Bundles and packs the extension.
 *
 * @returns {Promise<string>} the absolute path of the vsix
 */
export async function packageExtension() {
  await bundleExtension();
  await drawIcon(extension);
  const packagePath = join(extension, 'dist', 'groundplan.vsix');
  await createVSIX({
    cwd: extension,
    packagePath,
    // Everything is in the bundles.
    dependencies: false,
    baseContentUrl: `${home}/blob/main/extension`,
    baseImagesUrl: `${home}/raw/main/extension`,
  });
  return packagePath;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const path = await packageExtension();
  const { size } = await stat(path);
  process.stderr.write(`${path}: ${Math.round(size / 1024)} KiB\n`);
}
