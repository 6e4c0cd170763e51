// `npm run demo`: from a fresh clone to a compiled sample, and what Groundplan says on the way.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.mjs';
import { root } from './run.mjs';

const program = 'packages/cli/bin/groundplan.js';
const sample = 'samples/single-region';
const out = '.groundplan/demo';

await build();

say(`A highly available system in one file, ${sample}/topology.yaml. Is it right?`);
groundplan(['check', sample]);

say('It is. And with a slip of the finger in a route?');
const slip = readFileSync(join(root, sample, 'topology.yaml'), 'utf8').replace('com: app.web', 'com: app.wbe');
groundplan(['check', '-C', sample, '-'], { input: slip, accepts: 1 });

say('What it costs a month:');
groundplan(['cost', sample]);

say('And what it is for Terraform or OpenTofu:');
groundplan(['build', sample, '--out', out]);
const { resource } = JSON.parse(readFileSync(join(root, out, 'main.tf.json'), 'utf8'));
const counts = Object.entries(resource).map(([type, named]) => [type, Object.keys(named).length]);
for (const [type, count] of counts) print(`  ${String(count).padStart(2)} ${type}`);

say('From here:');
print(`  ${out}/main.tf.json`);
print(`  node ${program} init ../my-system     a topology of your own`);
print(`  node ${program} explain apps          what can be said of apps`);
print(`  node ${program} plan --help           what an apply would do, at the lines of the topology`);

function say(text) {
  print(`\n${bold(text)}`);
}

function print(line) {
  process.stdout.write(`${line}\n`);
}

function bold(text) {
  return process.stdout.isTTY && !process.env.NO_COLOR ? `\u001b[1m${text}\u001b[22m` : text;
}

/** Shows a command and runs it; any exit code but 0 and the one that is accepted ends the demo. */
function groundplan(args, { input, accepts = 0 } = {}) {
  print(`$ groundplan ${args.join(' ')}\n`);
  const stdio = [input === undefined ? 'ignore' : 'pipe', 'inherit', 'inherit'];
  const { status, error } = spawnSync(process.execPath, [program, ...args], { cwd: root, stdio, input });
  if (error) throw error;
  if (status !== 0 && status !== accepts) process.exit(status ?? 1);
}
