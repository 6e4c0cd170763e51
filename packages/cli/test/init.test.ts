import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, it } from 'mocha';
import { bundled, groundplan, runProgram } from './support/groundplan.js';
import { addFiles, type Files, filesIn, inProject } from './support/project.js';
import { publicKey } from './support/topologies.js';

const samplesFolder = fileURLToPath(new URL('../../../samples/', import.meta.url));
const samples = readdirSync(samplesFolder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

const home: Files = { 'home/.ssh/id_ed25519.pub': publicKey };

/** What `groundplan init …` says and leaves in a folder with these files, of which `home` is the user's. */
function init(args: readonly string[], files: Files = home) {
  return inProject({ ...files, 'work/': '' }, async (folder) => {
    const work = join(folder, 'work');
    const ended = await groundplan(['init', ...args], { folder: work, variables: { HOME: join(folder, 'home') } });
    return { ...ended, made: await filesIn(work) };
  });
}

describe('groundplan init', () => {
  it('makes the smallest topology in a new folder, named after it, with the key of the user', async () => {
    const { code, stdout, stderr, made } = await init(['webshop']);
    const smallest = readFileSync(join(samplesFolder, 'smallest/topology.yaml'), 'utf8');
    assert.equal(made['webshop/topology.yaml'], smallest.replace('name: shop', 'name: webshop'));
    assert.equal(made['webshop/keys/ops.pub'], publicKey);
    assert.deepEqual(Object.keys(made).sort(), ['webshop/.gitignore', 'webshop/keys/ops.pub', 'webshop/topology.yaml']);
    assert.equal(
      stderr,
      [
        'made webshop/topology.yaml, webshop/.gitignore, webshop/keys/ops.pub',
        'next: change zone, hosts and addresses in topology.yaml, then "groundplan check webshop"',
        '',
      ].join('\n'),
    );
    assert.deepEqual([code, stdout], [0, '']);
  });

  for (const sample of samples) {
    it(`makes a topology of ${sample} that is checked without complaint and formatted`, async () => {
      await inProject({ ...home, 'work/': '' }, async (folder) => {
        const work = join(folder, 'work');
        const run = (args: readonly string[]) =>
          groundplan(args, { folder: work, variables: { HOME: join(folder, 'home') } });
        assert.equal((await run(['init', 'mine', '--sample', sample])).code, 0);
        assert.match((await filesIn(work))['mine/topology.yaml'] ?? '', /^name: mine$/m);
        const checked = await run(['check', 'mine', '--max-warnings', '0']);
        assert.deepEqual([checked.code, checked.stdout, checked.stderr], [0, '0 errors, 0 warnings in 1 file\n', '']);
        assert.equal((await run(['fmt', '--check', 'mine/topology.yaml'])).code, 0);
      });
    });
  }

  it('makes scripts that can be run', async () => {
    await inProject({ ...home, 'work/': '' }, async (folder) => {
      const work = join(folder, 'work');
      await groundplan(['init', '--sample', 'active-standby'], {
        folder: work,
        variables: { HOME: join(folder, 'home') },
      });
      assert.equal((await stat(join(work, 'scripts/portal.sh'))).mode & 0o777, 0o755);
      assert.equal((await stat(join(work, 'topology.yaml'))).mode & 0o111, 0);
    });
  });

  it('keeps the name of the sample where the folder has none that a topology may have', async () => {
    for (const folder of ['My Shop', '1st', 'a'.repeat(22), 'shop-', '.']) {
      const { code, made } = await init([folder]);
      const path = folder === '.' ? 'topology.yaml' : `${folder}/topology.yaml`;
      assert.match(made[path] ?? '', folder === '.' ? /^name: work$/m : /^name: shop$/m);
      assert.equal(code, 0);
    }
  });

  describe('the key', () => {
    it('is the one that is named', async () => {
      const { made, code } = await init(['--ssh-key', '../other.pub'], {
        ...home,
        'other.pub': publicKey.replace('ops@', 'other@'),
      });
      assert.match(made['keys/ops.pub'] ?? '', /other@example\.com\n$/);
      assert.equal(code, 0);
    });

    it('is asked for when there is none', async () => {
      const { code, stderr, made } = await init(['shop'], {});
      assert.match(stderr, /\nput your SSH public key into shop\/keys\/ops\.pub\n/);
      assert.equal(made['shop/keys/ops.pub'], undefined);
      assert.equal(code, 0);
    });

    it('is never a private one, nor anything else', async () => {
      const key = (text: string) => init(['--ssh-key', '../key'], { key: text });
      const secret = await key('-----BEGIN OPENSSH PRIVATE KEY-----\nx\n');
      assert.match(secret.stderr, /^groundplan: \.\.\/key: it is a PRIVATE key, .*\n$/);
      assert.deepEqual([secret.code, secret.made], [2, {}]);
      assert.match((await key('hello')).stderr, /^groundplan: \.\.\/key: it is no OpenSSH public key/);
      assert.match(
        (await init(['--ssh-key', 'none.pub'], {})).stderr,
        /^groundplan: none\.pub: there is no such file\n$/,
      );
      const { made } = await init([], { 'home/.ssh/id_ed25519.pub': 'damaged', 'home/.ssh/id_rsa.pub': publicKey });
      assert.equal(made['keys/ops.pub'], publicKey);
    });
  });

  describe('what is there already', () => {
    it('is never overwritten', async () => {
      const { code, stderr, made } = await init(['shop'], { ...home, 'work/shop/topology.yaml': 'mine\n' });
      assert.equal(stderr, 'groundplan: shop/topology.yaml is already there: nothing was written\n');
      assert.deepEqual([code, made], [2, { 'shop/topology.yaml': 'mine\n' }]);
      const other = await init([], { ...home, 'work/keys/ops.pub': 'mine\n' });
      assert.deepEqual([other.code, other.made], [2, { 'keys/ops.pub': 'mine\n' }]);
    });

    it('may be a repository with its own .gitignore', async () => {
      const { code, stderr, made } = await init([], { ...home, 'work/.gitignore': 'mine\n', 'work/src/x': 'y' });
      assert.match(stderr, /\n\.gitignore stays as it is: see that it leaves out build\/, .*\n/);
      assert.deepEqual([code, made['.gitignore'], Object.keys(made).length], [0, 'mine\n', 4]);
    });

    it('may be a file where the folder should be', async () => {
      const { code, stderr } = await init(['shop'], { ...home, 'work/shop': 'a file' });
      assert.match(stderr, /^groundplan: shop: .*\n$/);
      assert.equal(code, 2);
    });
  });

  it('knows its samples by name', async () => {
    const close = await init(['--sample', 'smalest']);
    assert.equal(close.stderr, 'groundplan: there is no sample "smalest": did you mean smallest?\n');
    const far = await init(['--sample', 'zzzzzzzzzzzz']);
    assert.equal(
      far.stderr,
      `groundplan: there is no sample "zzzzzzzzzzzz": take one of ${[...samples].sort().join(', ')}\n`,
    );
    for (const name of ['..', '.', '__proto__', '../samples/smallest'])
      assert.equal((await init(['--sample', name])).code, 2);
  });

  it('leaves the lock file of the providers to Git, and nothing else of build/', async () => {
    await inProject({ ...home, 'work/': '' }, async (folder) => {
      const work = join(folder, 'work');
      await groundplan(['init'], { folder: work, variables: { HOME: join(folder, 'home') } });
      await addFiles(work, {
        'build/main.tf.json': '',
        'build/.terraform.lock.hcl': '',
        'build/terraform.tfstate': '',
      });
      assert.equal((await runProgram('git', ['init', '-q'], { folder: work })).code, 0);
      const { stdout } = await runProgram('git', ['ls-files', '--others', '--exclude-standard', 'build'], {
        folder: work,
      });
      assert.equal(stdout, 'build/.terraform.lock.hcl\n');
    });
  });

  it('works from the package that is published', async () => {
    await bundled();
    await inProject({ ...home, 'prefix/': '' }, async (folder) => {
      const cli = fileURLToPath(new URL('..', import.meta.url));
      const packed = await runProgram('npm', ['pack', '--silent', '--pack-destination', folder], { folder: cli });
      assert.equal(packed.code, 0, packed.stderr);
      const archive = join(folder, packed.stdout.trim());
      await mkdir(join(folder, 'node_modules/@groundplan/cli'), { recursive: true });
      const unpack = ['-xzf', archive, '--strip-components=1', '-C', join(folder, 'node_modules/@groundplan/cli')];
      assert.equal((await runProgram('tar', unpack, { folder })).code, 0);
      const program = join(folder, 'node_modules/@groundplan/cli/bin/groundplan.js');
      const variables = { HOME: join(folder, 'home') };
      const made = await runProgram(process.execPath, [program, 'init', 'shop', '--sample', 'bgp'], {
        folder,
        variables,
      });
      assert.equal(made.code, 0, made.stderr);
      const built = await runProgram(process.execPath, [program, 'build', 'shop'], { folder, variables });
      assert.equal(built.code, 0, built.stderr);
    });
  });
});
