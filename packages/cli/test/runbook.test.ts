import assert from 'node:assert/strict';
import { bundleOf, runbookCommands, runbookOf } from '@groundplan/hosts/bundle';
import { analyse } from '@groundplan/model';
import { describe, it } from 'mocha';
import { sampleNames, sampleText } from '../../../test/support/compile-text.js';
import { commonOptions } from '../src/arguments/options.js';
import { parseCommandLine } from '../src/arguments/parse.js';
import { commands } from '../src/commands/index.js';
import { readKeysWords } from '../src/keys/words.js';

/** The words of each call of Groundplan in a script, also those that another one starts. */
function callsIn(script: string): string[][] {
  const lines = script.replace(/ <\S+/g, '').replaceAll('"', '').split(/\n|&&/);
  const calls = lines.map((line) => line.trim().split(/\s+/));
  return calls.flatMap(inner).filter(([program]) => program === 'groundplan');
}

function inner(words: readonly string[]): string[][] {
  const at = words.indexOf('--');
  return at < 0 ? [[...words]] : [[...words], ...inner(words.slice(at + 1))];
}

const calls = [...sampleNames(), 'elsewhere'].flatMap((name) => {
  const { model } = analyse(sampleText(name === 'elsewhere' ? 'single-region' : name));
  const bundles = model.hosts.flatMap((host) => bundleOf(model, host) ?? []);
  const file = name === 'elsewhere' ? 'shop.topology.yaml' : 'topology.yaml';
  return runbookCommands(runbookOf(model, bundles, file)).flatMap(({ script }) => callsIn(script));
});

const distinct = [...new Map(calls.map((words) => [words.join(' '), words])).values()];

describe('the calls of groundplan in RUNBOOK.md', () => {
  it('are there', () => {
    assert.deepEqual([...new Set(distinct.map(([, word]) => word))].sort(), [
      'build',
      'exec',
      'keys',
      'plan',
      'replace',
    ]);
  });

  for (const words of distinct) {
    it(`are understood: ${words.join(' ')}`, async () => {
      const [, name, ...args] = words;
      const entry = commands.find((each) => each.name === name);
      assert.ok(entry);
      const command = await entry.load();
      const parsed = parseCommandLine(args, { ...command.options, ...commonOptions });
      assert.equal(parsed.kind, 'understood');
      if (parsed.kind !== 'understood') return;
      const { words: given, rest } = parsed;
      assert.ok(given.length >= (command.words?.atLeast ?? 0), 'too few words');
      assert.ok(command.rest !== undefined || rest.length === 0, 'it takes nothing behind --');
      if (command.words?.atMost === 1) assert.ok(given.length <= 1, 'too many words');
      if (name === 'keys') await readKeysWords(given, '/');
    });
  }
});
