// Loaded into the program before it starts (node --import): its call number FAIL_AT to the system that changes a file under the
// folder FAIL_UNDER kills it (FAIL_HOW=kill), or fails as on a full disk (FAIL_HOW=ENOSPC). Without FAIL_AT it says at the end how
// many such calls there were.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const { FAIL_AT: failAt, FAIL_HOW: how, FAIL_UNDER: under = '' } = process.env;
const descriptors = new Set();
let calls = 0;

function isCounted(target) {
  return typeof target === 'number' ? descriptors.has(target) : String(target).startsWith(under);
}

function count(name, target) {
  if (!isCounted(target)) return;
  calls += 1;
  if (calls !== Number(failAt)) return;
  if (how === 'kill') process.kill(process.pid, 'SIGKILL');
  throw Object.assign(new Error(`ENOSPC: no space left on device, ${name}`), { code: 'ENOSPC', syscall: name });
}

// What frees space cannot fail for lack of it.
const frees = ['rmSync', 'rmdirSync'];

for (const name of ['mkdirSync', 'openSync', 'writeFileSync', 'fsyncSync', 'renameSync', 'utimesSync', ...frees]) {
  const original = fs[name];
  fs[name] = (target, ...others) => {
    if (how !== 'ENOSPC' || !frees.includes(name)) count(name, target);
    const result = original(target, ...others);
    if (name === 'openSync' && isCounted(target)) descriptors.add(result);
    return result;
  };
}

// The same of the functions that give promises; what only reads changes nothing.
for (const name of ['open', 'rename', 'rm']) {
  const original = fs.promises[name];
  fs.promises[name] = async (target, ...others) => {
    const changes = name !== 'open' || !['r', undefined].includes(others[0]);
    if (changes && (how !== 'ENOSPC' || name !== 'rm')) count(name, target);
    const result = await original(target, ...others);
    if (name === 'open' && changes && isCounted(target)) watchHandle(result);
    return result;
  };
}

function watchHandle(handle) {
  for (const name of ['chmod', 'writeFile', 'sync']) {
    const original = handle[name].bind(handle);
    handle[name] = async (...others) => {
      count(name, under);
      return original(...others);
    };
  }
}
syncBuiltinESMExports();

if (failAt === undefined) process.on('exit', () => fs.writeSync(2, `calls: ${calls}\n`));
