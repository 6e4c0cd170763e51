// `npm run package`: builds everything and packs the extension: extension/dist/groundplan.vsix.
import { build } from './build.mjs';
import { run } from './run.mjs';

await build();
run('extension', process.execPath, ['extension/scripts/package.mjs']);
