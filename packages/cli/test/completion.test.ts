import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { needs } from '../../../test/support/needs.js';
import { commands } from '../src/commands/index.js';
import { type Ended, groundplan, runProgram } from './support/groundplan.js';
import { inProject } from './support/project.js';

const files = { 'topology.yaml': '', 'shop.topology.yaml': '', 'notes.txt': '', 'infra/topology.yaml': '' };

async function scriptFor(shell: string): Promise<string> {
  const { code, stdout, stderr } = await groundplan(['completion', shell], { folder: tmpdir() });
  assert.deepEqual([code, stderr], [0, '']);
  return stdout;
}

async function inShell(shell: string, args: readonly string[]): Promise<Ended> {
  return inProject({ ...files, script: await scriptFor(shell) }, (folder) =>
    runProgram(
      shell,
      args.map((each) => each.replace('$SCRIPT', join(folder, 'script'))),
      { folder },
    ),
  );
}

/** What bash offers for the last of these words. */
async function bashOffers(...words: readonly string[]): Promise<string[]> {
  const quoted = words.map((word) => `'${word}'`).join(' ');
  const { stdout, stderr } = await inShell('bash', [
    '--norc',
    '-c',
    `source "$SCRIPT"; COMP_WORDS=(${quoted}); COMP_CWORD=${words.length - 1}; _groundplan; printf '%s\\n' "\${COMPREPLY[@]}"`,
  ]);
  assert.equal(stderr, '');
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .sort();
}

const names = commands.map(({ name }) => name);
const ofCheck = names.filter((name) => name.startsWith('c')).sort();

describe('completion in bash', () => {
  it('is a script without mistakes', async () => {
    assert.deepEqual(await inShell('bash', ['-n', '$SCRIPT']), { code: 0, signal: undefined, stdout: '', stderr: '' });
    const { stdout } = await inShell('bash', ['--norc', '-c', 'source "$SCRIPT"; complete -p groundplan']);
    assert.equal(stdout, 'complete -F _groundplan groundplan\n');
  });

  it('offers commands, also behind common options', async () => {
    assert.deepEqual(await bashOffers('groundplan', ''), [...names].sort());
    assert.deepEqual(await bashOffers('groundplan', 'c'), ofCheck);
    assert.deepEqual(await bashOffers('groundplan', '-C', 'infra', '--quiet', 'c'), ofCheck);
  });

  it('offers the options of a command', async () => {
    assert.deepEqual(await bashOffers('groundplan', 'check', '--f'), ['--format']);
    assert.ok((await bashOffers('groundplan', 'build', '-')).includes('--out'));
    assert.ok(!(await bashOffers('groundplan', 'check', '-')).includes('--out'));
    assert.ok((await bashOffers('groundplan', '-')).includes('--color'));
  });

  it('offers the values of an option', async () => {
    assert.deepEqual(await bashOffers('groundplan', 'check', '--format', ''), [
      'github',
      'json',
      'junit',
      'sarif',
      'text',
    ]);
    assert.deepEqual(await bashOffers('groundplan', 'check', '--format', 'j'), ['json', 'junit']);
    assert.deepEqual(await bashOffers('groundplan', '--color', 'al'), ['always']);
    assert.deepEqual(await bashOffers('groundplan', 'build', '--out', ''), ['infra']);
  });

  it('offers topologies and folders', async () => {
    assert.deepEqual(await bashOffers('groundplan', 'check', ''), ['infra', 'shop.topology.yaml', 'topology.yaml']);
    assert.deepEqual(await bashOffers('groundplan', 'check', 'infra/'), ['infra/topology.yaml']);
  });

  it('offers codes and shells', async () => {
    assert.deepEqual(await bashOffers('groundplan', 'explain', 'dns/ttl'), ['dns/ttl-high', 'dns/ttl-low']);
    assert.deepEqual(await bashOffers('groundplan', 'completion', ''), ['bash', 'fish', 'zsh']);
  });
});

describe('completion in zsh', () => {
  it('is a function for zsh to find', async () => {
    const script = await scriptFor('zsh');
    assert.match(script, /^#compdef groundplan\n/);
    for (const name of names) assert.match(script, new RegExp(`\n {8}'${name}:`));
  });

  it('is a script without mistakes', async function () {
    needs(this, 'zsh');
    assert.deepEqual(await inShell('zsh', ['-n', '$SCRIPT']), { code: 0, signal: undefined, stdout: '', stderr: '' });
    const { stdout, stderr } = await inShell('zsh', [
      '-f',
      '-c',
      'autoload -Uz compinit && compinit -D -u && source "$SCRIPT" && print $_comps[groundplan]',
    ]);
    assert.deepEqual([stdout, stderr], ['_groundplan\n', '']);
  });
});

describe('completion in fish', () => {
  it('names every command', async () => {
    const script = await scriptFor('fish');
    for (const name of names) assert.match(script, new RegExp(`\ncomplete -c groundplan -n '.*' -a ${name} -d `));
  });

  it('offers what bash offers', async function () {
    needs(this, 'fish');
    const offers = async (line: string) => {
      const { stdout, stderr } = await inShell('fish', [
        '--no-config',
        '-c',
        `source "$SCRIPT"; complete -C "${line}"`,
      ]);
      assert.equal(stderr, '');
      return stdout
        .split('\n')
        .filter((each) => each !== '')
        .map((each) => each.split('\t')[0])
        .sort();
    };
    assert.deepEqual(await offers('groundplan c'), ofCheck);
    assert.deepEqual(await offers('groundplan check --format j'), ['json', 'junit']);
    assert.deepEqual(await offers('groundplan explain dns/ttl'), ['dns/ttl-high', 'dns/ttl-low']);
    assert.deepEqual(await offers('groundplan check --f'), ['--format']);
    assert.deepEqual(await offers('groundplan check '), ['infra/', 'shop.topology.yaml', 'topology.yaml']);
  });
});
