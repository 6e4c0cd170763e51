import assert from 'node:assert/strict';
import { chmod, mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { bundled, type Ended, groundplan, program, runProgram } from './support/groundplan.js';
import { addFiles, inProject } from './support/project.js';
import { project, topology } from './support/topologies.js';
import { giveAway, unprivileged } from './support/unprivileged.js';

function failed(ended: Ended, message: string): void {
  assert.deepEqual([ended.code, ended.stderr], [2, `groundplan: ${message}\n`]);
}

describe('what cannot be read', () => {
  interface Case {
    readonly title: string;
    readonly prepare: (folder: string) => Promise<void>;
    readonly file: string;
    readonly says: string;
  }

  const cases: readonly Case[] = [
    {
      title: 'a file that is not there',
      prepare: async () => {},
      file: 'none.yaml',
      says: 'none.yaml: there is no such file',
    },
    {
      title: 'a folder without a topology',
      prepare: (folder) => addFiles(folder, { 'empty/': '' }),
      file: 'empty',
      says: 'empty: there is no topology.yaml in this folder',
    },
    {
      title: 'a dead symbolic link',
      prepare: (folder) => symlink('gone.yaml', join(folder, 'link.yaml')),
      file: 'link.yaml',
      says: 'link.yaml: this is a symbolic link to gone.yaml, which is not there',
    },
    {
      title: 'a dead symbolic link in a folder',
      prepare: async (folder) => {
        await mkdir(join(folder, 'a'));
        await symlink('gone.yaml', join(folder, 'a/topology.yaml'));
      },
      file: 'a',
      says: 'a/topology.yaml: this is a symbolic link to gone.yaml, which is not there',
    },
    {
      title: 'symbolic links in a circle',
      prepare: async (folder) => {
        await symlink('b.yaml', join(folder, 'a.yaml'));
        await symlink('a.yaml', join(folder, 'b.yaml'));
      },
      file: 'a.yaml',
      says: 'a.yaml: its symbolic links lead in a circle',
    },
    {
      title: 'a file without permission',
      prepare: async (folder) => {
        await addFiles(folder, { 'secret.yaml': topology() });
        await chmod(join(folder, 'secret.yaml'), 0);
      },
      file: 'secret.yaml',
      says: 'secret.yaml: permission denied',
    },
    {
      title: 'a path through a file',
      prepare: (folder) => addFiles(folder, { 'file.yaml': topology() }),
      file: 'file.yaml/topology.yaml',
      says: 'file.yaml/topology.yaml: a part of its path is not a folder',
    },
  ];

  for (const { title, prepare, file, says } of cases) {
    it(`${title} is one line and 2, in check, fmt and build`, async () => {
      await inProject({}, async (folder) => {
        await giveAway(folder, 0o755);
        await prepare(folder);
        for (const command of ['check', 'fmt', 'build']) {
          failed(await groundplan([command, file], { folder, ...unprivileged }), says);
        }
      });
    });
  }

  it('keeps nothing else from being looked at', async () => {
    await inProject(project(['app.web }', 'app.wbe }']), async (folder) => {
      const ended = await groundplan(['check', 'none.yaml', 'topology.yaml'], { folder });
      failed(ended, 'none.yaml: there is no such file');
      assert.match(ended.stdout, /error reference\/unknown/);
    });
  });

  it('a folder without any topology is one line and 2', async () => {
    await inProject({ 'a/b.yaml': '' }, async (folder) => {
      failed(
        await groundplan(['check'], { folder }),
        'there is no topology.yaml and no *.topology.yaml under this folder',
      );
      failed(await groundplan(['build'], { folder }), '.: there is no topology.yaml in this folder');
    });
  });

  it('a dead link among topologies that were searched for is said as well', async () => {
    await inProject(project(), async (folder) => {
      await symlink('gone.yaml', join(folder, 'dead.topology.yaml'));
      const ended = await groundplan(['check'], { folder });
      failed(ended, 'dead.topology.yaml: this is a symbolic link to gone.yaml, which is not there');
      assert.equal(ended.stdout, '0 errors, 0 warnings in 1 file\n');
    });
  });

  it('fmt says so of a folder in which it may not write', async () => {
    await inProject({ 'topology.yaml': 'name:   shop\n' }, async (folder) => {
      await giveAway(join(folder, 'topology.yaml'), 0o444);
      await chmod(folder, 0o555);
      failed(await groundplan(['fmt'], { folder, ...unprivileged }), 'topology.yaml: permission denied');
    });
  });
});

describe('standard output', () => {
  const many = Array.from({ length: 3000 }, (_, index) => `x${index}: 1\n`).join('');

  /** Runs `groundplan check` in a shell that does `after` with its output. */
  async function inShell(folder: string, after: string): Promise<Ended> {
    await bundled();
    return runProgram('bash', ['-c', `"$0" "$1" check ${after}`, process.execPath, program], { folder });
  }

  it('that is closed early is no failure', async () => {
    await inProject({ 'topology.yaml': many }, async (folder) => {
      const { stdout, stderr } = await inShell(folder, '| head -1; echo "${PIPESTATUS[0]}"');
      assert.match(stdout, /^topology\.yaml:.*\n1\n$/);
      assert.equal(stderr, '');
    });
  });

  it('on a full disk is one line and 2', async () => {
    await inProject({ 'topology.yaml': many }, async (folder) => {
      failed(await inShell(folder, '> /dev/full'), 'standard output: no space is left on the disk');
    });
  });
});

describe('a process that is interrupted', () => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    it(`by ${signal} says so in one line, and ends with 2`, async () => {
      await inProject({}, async (folder) => {
        // More than fits between two processes, so that it is sent only when the program is at work.
        const ended = await groundplan(['check', '-'], { folder, input: '#'.repeat(1_000_000), signal });
        failed(ended, 'interrupted');
      });
    });
  }
});

describe('a failure of Groundplan itself', () => {
  /** Makes the first thing that `check` asks of the system fail in a way that nobody foresaw. */
  const sabotage = `data:text/javascript,${encodeURIComponent(`
    import promises from 'node:fs/promises';
    import { syncBuiltinESMExports } from 'node:module';
    promises.stat = () => { throw new TypeError('stat is\\nbroken'); };
    syncBuiltinESMExports();
  `)}`;
  const run = (variables: Record<string, string>) =>
    inProject(project(), (folder) =>
      groundplan(['check', '.'], { folder, variables, nodeOptions: ['--import', sabotage] }),
    );

  it('says whose it is and how to report it, without a stack', async () => {
    const { code, stdout, stderr } = await run({});
    assert.deepEqual([code, stdout], [2, '']);
    assert.match(
      stderr,
      /^groundplan: this is a mistake in Groundplan, not in your files: stat is broken\ngroundplan: please report it .*https:\S+\ngroundplan: GROUNDPLAN_DEBUG=1 .*\n$/,
    );
  });

  it('shows the stack with GROUNDPLAN_DEBUG=1', async () => {
    const { stderr } = await run({ GROUNDPLAN_DEBUG: '1' });
    assert.match(stderr, /\nTypeError: stat is\nbroken\n {4}at /);
  });
});
