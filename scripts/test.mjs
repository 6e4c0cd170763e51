// `npm test`: installs, builds, lints and runs every test. In CI (CI=true) a tool that cannot be had is a failure;
// elsewhere what had to be left out is named at the end.
import { build } from './build.mjs';
import { lint } from './lint.mjs';
import { tool } from './run.mjs';

await build();
lint();
const everything = ['packages/*/test/**/*.test.ts', 'test/**/*.test.ts'];
tool('tests', 'mocha/bin/mocha.js', process.argv.length > 2 ? process.argv.slice(2) : everything);
