#!/usr/bin/env node
// npm links a bin only if the file is there when it installs, so this one is committed; the program is what `npm run build` bundles.
import { existsSync } from 'node:fs';
import * as module from 'node:module';

const program = new URL('../dist/bundle/main.js', import.meta.url);

if (existsSync(program)) {
  // Node.js 22.8 and later keep compiled code between runs.
  module.enableCompileCache?.();
  await import(program.href);
} else {
  process.stderr.write('groundplan: not built yet: run "npm run build" in the repository\n');
  process.exitCode = 2;
}
