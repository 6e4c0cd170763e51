// `npm test`: installs, builds, lints and runs every test that this machine can run. In CI (CI=true) what cannot run is a
// failure; elsewhere it is named at the end.
import { spawnSync } from 'node:child_process';
import { build } from './build.mjs';
import { ensureDaemons } from './daemons.mjs';
import { lint } from './lint.mjs';
import { run, tool } from './run.mjs';

/** Tests that run real Terraform, OpenTofu, providers or the S3 server, which are built with Go. */
const withTools = [
  'test/tools/**',
  'test/e2e/{terraform,samples,plan,push,validate-arbitrary}.test.ts',
  'packages/hetzner-api/test/provider/**',
  'packages/hosts/test/bundle/backups-{postgresql,mariadb}.test.ts',
];
/** Tests that drive a real VS Code. */
const withEditor = ['test/vscode/**'];
const everything = ['packages/*/test/**/*.test.ts', 'extension/test/**/*.test.ts', 'test/**/*.test.ts'];
/** What must be the same on every supported Node. */
const onOtherNode = [
  'packages/{diagnostics,catalog,syntax,model,secrets,hosts,terraform,providers}/test/**/*.test.ts',
  'test/cases.test.ts',
  // Daemons are the same on any Node.
  ...['--ignore', 'packages/hosts/test/bundle/**'],
];

const isCi = process.env.CI === 'true';
const mocha = 'mocha/bin/mocha.js';
const leftOut = [];

await build();
const named = process.argv.slice(2);
if (named.length > 0) {
  tool('tests', mocha, named);
} else {
  const { missing } = ensureDaemons();
  if (missing.length > 0) leftOut.push(`what needs ${missing.join(', ')}`);
  lint();
  const ignored = [...(await buildToolsOrSayWhy()), ...(await installEditorOrSayWhy())];
  tool('tests', mocha, [...everything, ...ignored.flatMap((glob) => ['--ignore', glob])]);
  await runOnOtherNode();
  for (const what of leftOut) process.stderr.write(`left out: ${what}\n`);
}

/** The globs of tests that cannot run without the tools: none once they are built. */
async function buildToolsOrSayWhy() {
  const go = spawnSync('go', ['version'], { stdio: 'ignore' });
  if (go.status !== 0 && !isCi) {
    leftOut.push(
      'the tests with Terraform, OpenTofu and the real provider: they are built with Go, which is not on the PATH',
    );
    return withTools;
  }
  run('tools', process.execPath, ['scripts/tools.mjs']);
  return [];
}

/** The globs of tests that cannot run without VS Code and a browser: none once they are there. */
async function installEditorOrSayWhy() {
  const { ensureEditor } = await import('./editor.mjs');
  try {
    await ensureEditor();
    return [];
  } catch (error) {
    if (isCi) throw error;
    leftOut.push(`the tests in a real VS Code: ${String(error).split('\n')[0]}`);
    return withEditor;
  }
}

async function runOnOtherNode() {
  const { otherNode } = await import('./other-node.mjs');
  let node;
  try {
    node = await otherNode();
  } catch (error) {
    if (isCi) throw error;
    leftOut.push(`the tests on the other supported Node: ${String(error).split('\n')[0]}`);
    return;
  }
  tool('tests on the other Node', mocha, onOtherNode, {}, node);
}
