import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { program } from '@groundplan/dns-checker';
import { after, before, describe, it } from 'mocha';
import { bundleProgram } from '../scripts/bundle-program.mjs';
import { runToEnd } from './support/processes.js';

describe('the program that hosts get', function () {
  this.timeout(60_000);

  let folder: string;
  let path: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'groundplan-checker-'));
    path = join(folder, 'dns-checker.mjs');
    writeFileSync(path, program);
  });

  after(() => rmSync(folder, { recursive: true }));

  it('is made of the sources as they are now (npm run generate)', async () => {
    assert.equal(program, await bundleProgram(fileURLToPath(new URL('../../..', import.meta.url))));
  });

  it('needs nothing but Node.js itself', () => {
    const names = [...program.matchAll(/^import .*?from "(.*)";$/gm)].map(([, name]) => `${name}`);
    assert.ok(names.length > 3);
    assert.deepEqual(
      names.filter((name) => !name.startsWith('node:')),
      [],
    );
    assert.doesNotMatch(program, /\brequire\(|\bimport\(/);
  });

  it('is readable: no line is longer than a screen is wide, and every function has its name', () => {
    const longest = program.split('\n').filter((line) => line.length > 240);
    assert.deepEqual(longest, []);
    assert.match(program, /^function afterProbe\(rules, before, result, at\) \{$/m);
  });

  it('says how it is used', async () => {
    const { text, code } = await runToEnd([path, 'help']);
    assert.equal(code, 2);
    assert.match(text, /usage: dns-checker\.mjs run/);
  });

  it('says in a line why it cannot begin', async () => {
    const { text, code } = await runToEnd([path, 'run', join(folder, 'nothing.json')]);
    assert.deepEqual([code, text], [1, 'systemd gives the secrets by LoadCredential, and there are none\n']);
  });

  it('says to an operator that it does not run', async () => {
    const { text, code } = await runToEnd([path, 'status', join(folder, 'status')]);
    assert.equal(code, 2);
    assert.match(text, /the checker does not answer .*systemctl status groundplan-dns-checker/);
  });
});
