// Form, layers, leftovers. Run `npm run fix` to mend what can be mended by itself.
import { pathToFileURL } from 'node:url';
import { tool } from './run.mjs';

export function lint() {
  tool('format and lint', '@biomejs/biome/bin/biome', ['check', '--error-on-warnings', '.']);
  tool('types of tests', 'typescript/bin/tsc', ['-p', 'tsconfig.test.json']);
  tool('', 'typescript/bin/tsc', ['-p', 'extension/test']);
  tool('layers', 'dependency-cruiser/bin/dependency-cruise.mjs', [
    '--config',
    '.dependency-cruiser.mjs',
    '--output-type',
    'err',
    'packages',
    'extension/src',
  ]);
  tool('leftovers', 'knip/bin/knip.js', []);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { build } = await import('./build.mjs');
  await build();
  lint();
}
