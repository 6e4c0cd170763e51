import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { describe, it } from 'mocha';
import { commands } from '../src/commands/index.js';
import { version } from '../src/version.js';
import { groundplan } from './support/groundplan.js';

const run = (...args: readonly string[]) => groundplan(args, { folder: tmpdir() });

describe('the command line', () => {
  it('lists every command with --help, on standard output', async () => {
    const { code, stdout, stderr } = await run('--help');
    assert.deepEqual([code, stderr], [0, '']);
    for (const { name, summary } of commands)
      assert.ok(stdout.includes(`  ${name} `) && stdout.includes(summary), name);
    assert.equal((await run('-h')).stdout, stdout);
  });

  it('shows the same on standard error without a command, and ends with 2', async () => {
    const { code, stdout, stderr } = await run();
    assert.deepEqual([code, stdout], [2, '']);
    assert.equal(stderr, (await run('--help')).stdout);
  });

  it('shows its version', async () => {
    assert.deepEqual(await run('--version'), {
      code: 0,
      signal: undefined,
      stdout: `groundplan ${version()}\n`,
      stderr: '',
    });
  });

  for (const { name } of commands) {
    it(`explains ${name} with an example`, async () => {
      const { code, stdout, stderr } = await run(name, '--help');
      assert.deepEqual([code, stderr], [0, '']);
      assert.match(stdout, new RegExp(`\\ngroundplan ${name}\\b`));
      assert.match(stdout, new RegExp(`\\nExamples\\n {2}\\S*.*groundplan ${name}\\b`));
    });
  }

  describe('that is wrong ends with 2 and one line', () => {
    for (const [args, says] of [
      [['chekc'], 'there is no command "chekc": did you mean check? (see "groundplan --help")'],
      [['xyzzy'], 'there is no command "xyzzy" (see "groundplan --help")'],
      [
        ['check', '--fromat', 'json'],
        'there is no option --fromat: did you mean --format? (see "groundplan check --help")',
      ],
      [['check', '--xyzzy'], 'there is no option --xyzzy (see "groundplan check --help")'],
      [['check', '-z'], 'there is no option -z (see "groundplan check --help")'],
      [['--xyzzy'], 'there is no option --xyzzy (see "groundplan --help")'],
      [['check', '--format'], '--format needs one of text, json, sarif, junit, github (see "groundplan check --help")'],
      [
        ['check', '--format', 'xml'],
        '--format takes one of text, json, sarif, junit, github, not "xml" (see "groundplan check --help")',
      ],
      [['check', '--config', '--quiet'], '--config needs a file (see "groundplan check --help")'],
      [
        ['check', '--max-warnings', 'many'],
        '--max-warnings takes a number from 0, not "many" (see "groundplan check --help")',
      ],
      [['check', '--max-warnings', '-1'], '--max-warnings needs a number from 0 (see "groundplan check --help")'],
      [['check', '--quiet=yes'], '--quiet takes no value (see "groundplan check --help")'],
      [['check', '-C', 'no/such/folder'], 'no/such/folder: there is no such file'],
      [['check', '-C', process.execPath], `${process.execPath}: this is no folder`],
      [['build', 'a', 'b'], 'build takes one FILE, not 2 (see "groundplan build --help")'],
      [['explain'], 'explain needs CODE|FIELD (see "groundplan explain --help")'],
      [['completion', 'csh'], 'there is no completion for "csh": it takes one of bash, zsh, fish'],
    ] as const) {
      it(args.join(' '), async () => {
        assert.deepEqual(await run(...args), {
          code: 2,
          signal: undefined,
          stdout: '',
          stderr: `groundplan: ${says}\n`,
        });
      });
    }
  });

  it('takes what stands after -- as words', async () => {
    const { stderr } = await run('check', '--', '--quiet');
    assert.equal(stderr, 'groundplan: --quiet: there is no such file\n');
  });
});
