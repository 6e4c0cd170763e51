// `npm run test:rehearsal`: the tests that boot real hosts. Linux and root; the first run builds an image of Debian.
//
//   npm run test:rehearsal                  all of them
//   npm run test:rehearsal -- FILE…         only these
import { build } from './build.mjs';
import { ensureDaemons } from './daemons.mjs';
import { run, tool } from './run.mjs';

const everything = ['packages/rehearsal/test/boot/**/*.spec.ts'];

await build();
ensureDaemons();
run('tools', process.execPath, ['scripts/tools.mjs']);
const named = process.argv.slice(2);
tool('hosts', 'mocha/bin/mocha.js', named.length > 0 ? named : everything);
