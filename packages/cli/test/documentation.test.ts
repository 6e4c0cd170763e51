import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import { commandLineDoc } from '../../../scripts/command-line-doc.js';
import { commands } from '../src/commands/index.js';

const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
const page = readFileSync(new URL('../../../docs/command-line.md', import.meta.url), 'utf8');

describe('the documentation of the command line', () => {
  it('is what the commands say of themselves ("npm run docs" rewrites it)', async () => {
    assert.equal(page, await commandLineDoc(), 'docs/command-line.md is stale');
  });

  it('has every command and every option', async () => {
    for (const { name, load } of commands) {
      const section = page.split(`\n## ${name}\n`)[1]?.split('\n## ')[0] ?? '';
      for (const option of Object.keys((await load()).options))
        assert.ok(section.includes(`--${option}`), `${name} --${option}`);
    }
  });

  it('begins in the README, with commands that there are', () => {
    const named = [...readme.matchAll(/^groundplan (\w+)/gm)].map(([, name = '']) => name);
    assert.ok(named.length > 8, named.join());
    const known = commands.map(({ name }) => name);
    assert.deepEqual(
      named.filter((name) => !known.includes(name)),
      [],
    );
  });
});
