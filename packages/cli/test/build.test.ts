import assert from 'node:assert/strict';
import { lstat, mkdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { hashOf, type Manifest } from '../src/output/manifest.js';
import { type Ended, groundplan, type RunOptions } from './support/groundplan.js';
import { addFiles, filesIn, inProject } from './support/project.js';
import { type Keeping, keepingSecrets } from './support/secrets.js';
import { project, publicKey, topology } from './support/topologies.js';
import { giveAway, unprivileged } from './support/unprivileged.js';

/** `groundplan build …` in a folder. */
function build(folder: string, args: readonly string[] = [], options: Omit<RunOptions, 'folder'> = {}): Promise<Ended> {
  return groundplan(['build', ...args], { folder, ...options });
}

async function built(folder: string, args: readonly string[] = []): Promise<void> {
  const { code, stderr } = await build(folder, args);
  assert.equal(code, 0, stderr);
}

function failed(ended: Ended, message: string): void {
  assert.deepEqual(ended, { code: 2, signal: undefined, stdout: '', stderr: `groundplan: ${message}\n` });
}

/** Writes a topology whose hosts need no secret that the user gives but one. */
async function nameMaster({ write, person }: Keeping, more = ''): Promise<void> {
  const text = `topology: v1
name: shop
region: fsn1
dns: { provider: none, zone: example.com }
load_balancers: { edge: { routes: { shop.example.com: app.web } } }
apps: { web: { port: 3000, run: { container: shop }, env: { KEY: "\${secret.MASTER}" } } }
access: { ssh_keys: [keys/ops.pub], ssh_from: [198.51.100.0/24] }
secrets: { recipients: [${person.recipient}] }
${more}`;
  await write({ 'topology.yaml': text });
}

/** A build that Groundplan is taken to have made earlier, of these files. */
function earlier(
  files: Readonly<Record<string, string>>,
  written: Readonly<Record<string, string>> = files,
): Record<string, string> {
  const manifest: Manifest = {
    format: 1,
    topology: 'topology.yaml',
    catalog: '2020-01-01',
    files: Object.fromEntries(Object.entries(written).map(([path, text]) => [path, hashOf(text)])),
  };
  const all = { ...files, 'groundplan.json': JSON.stringify(manifest) };
  return Object.fromEntries(Object.entries(all).map(([path, text]) => [`build/${path}`, text]));
}

/** What is said as long as nothing was made that hosts could be given. */
const noLock =
  'secrets.lock.yaml is not there: hosts get their first boot and nothing more until "groundplan keys" makes it\n';

const moreServers = ['port: 3000,', 'port: 3000, count: 3,'] as const;
const wrongRoute = ['app.web }', 'app.wbe }'] as const;

describe('groundplan build', () => {
  it('writes Terraform beside the topology, and says so on standard error', async () => {
    await inProject(project(), async (folder) => {
      assert.deepEqual(await build(folder), {
        code: 0,
        signal: undefined,
        stdout: '',
        stderr: `build: 2 files written\n${noLock}`,
      });
      const files = await filesIn(join(folder, 'build'));
      assert.deepEqual(Object.keys(files), ['groundplan.json', 'main.tf.json', 'trace.json']);
      assert.ok('hcloud_server' in JSON.parse(files['main.tf.json'] ?? '').resource);
      assert.equal(JSON.parse(files['trace.json'] ?? '').topology, 'topology.yaml');
      const manifest: Manifest = JSON.parse(files['groundplan.json'] ?? '');
      assert.deepEqual(Object.keys(manifest), ['format', 'topology', 'catalog', 'files']);
      assert.deepEqual(manifest.files, {
        'main.tf.json': hashOf(files['main.tf.json'] ?? ''),
        'trace.json': hashOf(files['trace.json'] ?? ''),
      });
    });
  });

  it('gives the same bytes in another folder, from another current folder, in another time zone', async () => {
    const here = await inProject(project(), async (folder) => {
      await built(folder);
      return filesIn(join(folder, 'build'));
    });
    const there = await inProject({ 'a/topology.yaml': topology(), 'a/keys/ops.pub': publicKey }, async (folder) => {
      const { code } = await build(folder, ['a', '--out', 'b/c'], { variables: { TZ: 'Pacific/Auckland' } });
      assert.equal(code, 0);
      return filesIn(join(folder, 'b/c'));
    });
    assert.deepEqual(there, here);
  });

  it('touches nothing where nothing changed', async () => {
    await inProject(project(), async (folder) => {
      await built(folder);
      const before = await stat(join(folder, 'build/main.tf.json'));
      assert.equal((await build(folder)).stderr, `build is up to date\n${noLock}`);
      const after = await stat(join(folder, 'build/main.tf.json'));
      assert.deepEqual([after.ino, after.mtimeMs], [before.ino, before.mtimeMs]);
    });
  });

  it('replaces what changed, and leaves what others put there', async () => {
    const others = {
      'build/.terraform/providers/x': 'provider',
      'build/.terraform.lock.hcl': 'lock',
      'build/terraform.tfstate': '{}',
      'build/backend_override.tf': '# mine',
    };
    await inProject({ ...project(), ...others }, async (folder) => {
      await built(folder);
      const before = await filesIn(folder);
      await addFiles(folder, project(moreServers));
      await built(folder);
      const after = await filesIn(folder);
      assert.notEqual(after['build/main.tf.json'], before['build/main.tf.json']);
      for (const [path, text] of Object.entries(others)) assert.equal(after[path], text, path);
    });
  });

  it('writes nothing when there are errors, and shows them on standard error', async () => {
    await inProject(project(wrongRoute), async (folder) => {
      const { code, stdout, stderr } = await build(folder);
      assert.deepEqual([code, stdout], [1, '']);
      assert.match(stderr, /^topology\.yaml:6:39 error reference\/unknown [\s\S]*\n1 error, 0 warnings in 1 file\n$/);
      await assert.rejects(stat(join(folder, 'build')));
    });
  });

  it('writes nothing when there are more warnings than allowed', async () => {
    await inProject(project(['port: 3000,', 'port: 3000, count: 1,']), async (folder) => {
      const { code, stderr } = await build(folder, ['--max-warnings', '0']);
      assert.equal(code, 1);
      assert.match(stderr, /warning app\/single [\s\S]*\ngroundplan: more than 0 warnings\n$/);
      await assert.rejects(stat(join(folder, 'build')));
      assert.equal((await build(folder)).code, 0);
    });
  });

  it('says nothing with --quiet', async () => {
    await inProject(project(['port: 3000,', 'port: 3000, count: 1,']), async (folder) => {
      assert.deepEqual(await build(folder, ['--quiet']), { code: 0, signal: undefined, stdout: '', stderr: '' });
    });
  });

  it('compiles standard input', async () => {
    await inProject({ 'keys/ops.pub': publicKey }, async (folder) => {
      assert.equal((await build(folder, ['-'], { input: topology() })).code, 0);
      assert.ok((await filesIn(folder))['build/main.tf.json']);
    });
  });

  describe('with the lock file of the secrets', () => {
    it('writes what each host is given, readable, and where it comes from', () =>
      keepingSecrets(async (keeping) => {
        const { folder, ok, read } = keeping;
        await nameMaster(keeping);
        await ok(['keys']);
        await ok(['keys', 'set', 'MASTER'], { input: 'hunter2' });
        const { stderr } = await ok(['build']);
        assert.match(stderr, /^build: \d+ files written\n$/);
        const files = await filesIn(join(folder, 'build'));
        const host = 'hosts/shop-fsn1-app-web-1';
        assert.match(files[`${host}/files/etc/groundplan/app.env`] ?? '', /^KEY="«secret MASTER, escaped»"$/m);
        const manifest = JSON.parse(files[`${host}/manifest.json`] ?? '');
        const entry = manifest.files.find(({ path }: { path: string }) => path === '/etc/groundplan/app.env');
        assert.deepEqual(entry.placeholders['«secret MASTER, escaped»'], { secret: 'MASTER', within: 'double-quotes' });
        assert.equal(entry.sha256, hashOf(files[`${host}/${entry.source}`] ?? ''));
        const built: Manifest = JSON.parse(files['groundplan.json'] ?? '');
        assert.ok(built.files['hosts/converge.py'] && built.files[`${host}/manifest.json`]);
        const trace = JSON.parse(files['trace.json'] ?? '');
        const { start } = trace.files[`${host}/files/etc/groundplan/app.env`];
        assert.match((await read('topology.yaml')).split('\n')[start.line] ?? '', /env: \{/);
        assert.doesNotMatch(Object.values(files).join('\n'), /hunter2|PRIVATE KEY-----\n/);
        assert.equal((await ok(['build', '--check'])).stdout, '');
      }));

    it('says what is missing before anything is written', () =>
      keepingSecrets(async (keeping) => {
        const { ok, run, folder } = keeping;
        await nameMaster(keeping);
        await ok(['keys']);
        const ended = await run(['build']);
        failed(
          ended,
          'secrets.lock.yaml lacks MASTER, which hosts need: "groundplan keys" makes what can be made, and says what you have to give',
        );
        await assert.rejects(stat(join(folder, 'build')));
      }));

    it('says which hosts it does not configure yet', () =>
      keepingSecrets(async (keeping) => {
        const { ok } = keeping;
        const target = 'external: { far: { type: s3, host: s3.example.net, path: x } }';
        await nameMaster(
          keeping,
          `shared_storage: { media: { replicas: { data: 2, arbiter: 1 }, volume: { size: 50GB }, backup: external.far } }\n${target}\n`,
        );
        await ok(['keys']);
        await ok(['keys', 'set', 'MASTER'], { input: 'hunter2' });
        const { stderr } = await ok(['build']);
        assert.match(
          stderr,
          /shop-fsn1-sto-media-1 and 2 more get their first boot and nothing more: Groundplan does not configure such hosts yet\n/,
        );
      }));
  });

  describe('--check', () => {
    it('lists on standard output what would differ, writes nothing, and ends with 1', async () => {
      await inProject(project(), async (folder) => {
        const before = await filesIn(folder);
        assert.deepEqual(await build(folder, ['--check']), {
          code: 1,
          signal: undefined,
          stdout: 'build/groundplan.json: missing\nbuild/main.tf.json: missing\nbuild/trace.json: missing\n',
          stderr: '',
        });
        assert.deepEqual(await filesIn(folder), before);
        await built(folder);
        assert.deepEqual(await build(folder, ['--check']), { code: 0, signal: undefined, stdout: '', stderr: '' });
        await addFiles(folder, { 'build/trace.json': 'by hand' });
        assert.equal((await build(folder, ['--check'])).stdout, 'build/trace.json: differs\n');
        await rm(join(folder, 'build/main.tf.json'));
        assert.equal(
          (await build(folder, ['--check'])).stdout,
          'build/main.tf.json: missing\nbuild/trace.json: differs\n',
        );
      });
    });

    it('lists what is no longer made', async () => {
      await inProject({ ...project(), ...earlier({ 'hosts/old/manifest.json': '{}' }) }, async (folder) => {
        const { code, stdout } = await build(folder, ['--check']);
        assert.equal(code, 1);
        assert.match(stdout, /^build\/hosts\/old\/manifest\.json: no longer made$/m);
      });
    });
  });

  describe('a file that is no longer made', () => {
    it('goes, with the folders that are empty then', async () => {
      const files = {
        ...project(),
        ...earlier({ 'hosts/a/manifest.json': '{}', 'hosts/b/manifest.json': '{}' }),
        'build/hosts/b/mine': '',
      };
      await inProject(files, async (folder) => {
        assert.equal((await build(folder)).stderr, `build: 2 files written, 2 removed\n${noLock}`);
        await assert.rejects(stat(join(folder, 'build/hosts/a')));
        assert.deepEqual(Object.keys(await filesIn(join(folder, 'build/hosts'))), ['b/mine']);
      });
    });

    it('stays when it was changed by hand, which is said once', async () => {
      const files = {
        ...project(),
        ...earlier({ 'hosts/a/manifest.json': 'mine' }, { 'hosts/a/manifest.json': 'theirs' }),
      };
      await inProject(files, async (folder) => {
        assert.match(
          (await build(folder)).stderr,
          /^build\/hosts\/a\/manifest\.json is no longer made, but was changed by hand: it stays\n/,
        );
        assert.equal(await readFile(join(folder, 'build/hosts/a/manifest.json'), 'utf8'), 'mine');
        assert.equal((await build(folder)).stderr, `build is up to date\n${noLock}`);
      });
    });
  });

  describe('what is in the way', () => {
    it('is refused when it was changed by hand, and replaced with --force', async () => {
      await inProject(project(), async (folder) => {
        await built(folder);
        const written = await filesIn(folder);
        await addFiles(folder, { 'build/main.tf.json': '{}' });
        const changed = await filesIn(folder);
        failed(
          await build(folder),
          'build/main.tf.json: changed by hand since Groundplan wrote it: undo that, or overwrite it with --force',
        );
        assert.deepEqual(await filesIn(folder), changed);
        await built(folder, ['--force']);
        assert.deepEqual(await filesIn(folder), written);
      });
    });

    it('is never overwritten when Groundplan did not write it', async () => {
      const foreign =
        'Groundplan did not write this and does not overwrite it: move it away, or choose another folder with --out';
      const prepare: Readonly<Record<string, (folder: string) => Promise<unknown>>> = {
        'build/main.tf.json': (folder) => addFiles(folder, { 'build/main.tf.json': '{ "mine": {} }' }),
        'build/trace.json': (folder) => mkdir(join(folder, 'build/trace.json'), { recursive: true }),
        'build/groundplan.json': (folder) => addFiles(folder, { 'build/groundplan.json': '{ "mine": true }' }),
      };
      for (const [path, make] of Object.entries(prepare)) {
        await inProject(project(), async (folder) => {
          await make(folder);
          const before = await filesIn(folder);
          failed(await build(folder), `${path}: ${foreign}`);
          failed(await build(folder, ['--force']), `${path}: ${foreign}`);
          assert.deepEqual(await filesIn(folder), before);
        });
      }
    });

    it('is not followed when it is a symbolic link', async () => {
      await inProject({ ...project(), 'mine.json': '{}', 'build/': '' }, async (folder) => {
        await symlink('../mine.json', join(folder, 'build/main.tf.json'));
        assert.equal((await build(folder, ['--force'])).code, 2);
        assert.equal(await readFile(join(folder, 'mine.json'), 'utf8'), '{}');
        assert.ok((await lstat(join(folder, 'build/main.tf.json'))).isSymbolicLink());
      });
    });

    it('is taken over when it is what shall be there', async () => {
      await inProject(project(), async (folder) => {
        await built(folder);
        await rm(join(folder, 'build/groundplan.json'));
        assert.equal((await build(folder)).code, 0);
      });
    });

    it('is refused when it is what another topology compiles to', async () => {
      await inProject({ ...project(), 'other.topology.yaml': topology(moreServers) }, async (folder) => {
        await built(folder);
        failed(
          await build(folder, ['other.topology.yaml']),
          'build: this holds what topology.yaml compiles to: choose another folder with --out, or replace it with --force',
        );
        await built(folder, ['other.topology.yaml', '--force']);
      });
    });

    it('never leads out of the folder', async () => {
      const manifest = { format: 1, topology: 'topology.yaml', catalog: '', files: { '../precious': hashOf('x') } };
      await inProject(
        { ...project(), precious: 'x', 'build/groundplan.json': JSON.stringify(manifest) },
        async (folder) => {
          assert.equal((await build(folder)).code, 2);
          assert.equal(await readFile(join(folder, 'precious'), 'utf8'), 'x');
        },
      );
    });
  });

  describe('a folder that cannot be written', () => {
    it('is one line when it is a file, or lies in one', async () => {
      await inProject({ ...project(), out: '' }, async (folder) => {
        failed(await build(folder, ['--out', 'out']), 'out: this is a file, not a folder');
        failed(await build(folder, ['--out', 'out/in']), 'out/in: a part of its path is not a folder');
      });
    });

    it('is one line when what is there is a dead symbolic link', async () => {
      await inProject(project(), async (folder) => {
        await symlink('gone', join(folder, 'out'));
        failed(await build(folder, ['--out', 'out']), 'out: something is already there');
      });
    });

    it('is one line when permission is denied', async () => {
      await inProject({ ...project(), 'closed/': '' }, async (folder) => {
        await giveAway(folder, 0o755);
        await giveAway(join(folder, 'closed'), 0o555);
        failed(await build(folder, ['--out', 'closed'], unprivileged), 'closed: permission denied');
        failed(await build(folder, ['--out', 'closed/in'], unprivileged), 'closed/in: permission denied');
      });
    });
  });

  describe('two builds at once', () => {
    it('write one after the other', async () => {
      await inProject(project(), async (folder) => {
        const ended = await Promise.all([build(folder), build(folder), build(folder)]);
        for (const { code, stderr } of ended) assert.equal(code, 0, stderr);
        assert.deepEqual(Object.keys(await filesIn(join(folder, 'build'))), [
          'groundplan.json',
          'main.tf.json',
          'trace.json',
        ]);
      });
    });

    it('do not wait for one that is gone', async () => {
      await inProject({ ...project(), 'build/.groundplan/lock': '999999999 elsewhere' }, async (folder) => {
        const lock = join(folder, 'build/.groundplan/lock');
        await writeFile(lock, `999999999 ${(await import('node:os')).hostname()}`);
        assert.equal((await build(folder)).code, 0);
        await assert.rejects(stat(lock));
      });
    });
  });
});
