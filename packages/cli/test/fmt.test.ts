import assert from 'node:assert/strict';
import { chmod, lstat, readFile, stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { groundplan } from './support/groundplan.js';
import { filesIn, inProject } from './support/project.js';

const unformatted = 'topology:   v1\nname: shop # the name\n';
const formatted = 'topology: v1\nname: shop # the name\n';
const broken = 'topology: v1\nname: [\n';

describe('groundplan fmt', () => {
  it('formats topology.yaml, and says so on standard error', async () => {
    await inProject({ 'topology.yaml': unformatted }, async (folder) => {
      const ended = await groundplan(['fmt'], { folder });
      assert.deepEqual(ended, { code: 0, signal: undefined, stdout: '', stderr: 'formatted topology.yaml\n' });
      assert.deepEqual(await filesIn(folder), { 'topology.yaml': formatted });
    });
  });

  it('does not touch a file that is formatted', async () => {
    await inProject({ 'topology.yaml': formatted }, async (folder) => {
      const before = await stat(join(folder, 'topology.yaml'));
      const ended = await groundplan(['fmt'], { folder });
      assert.deepEqual(ended, { code: 0, signal: undefined, stdout: '', stderr: '' });
      const after = await stat(join(folder, 'topology.yaml'));
      assert.deepEqual([after.ino, after.mtimeMs], [before.ino, before.mtimeMs]);
    });
  });

  it('keeps permissions, and a symbolic link', async () => {
    await inProject({ 'real/topology.yaml': unformatted }, async (folder) => {
      const real = join(folder, 'real/topology.yaml');
      await chmod(real, 0o640);
      await symlink('real/topology.yaml', join(folder, 'topology.yaml'));
      assert.equal((await groundplan(['fmt'], { folder })).code, 0);
      assert.equal((await stat(real)).mode & 0o777, 0o640);
      assert.equal(await readFile(real, 'utf8'), formatted);
      assert.ok((await lstat(join(folder, 'topology.yaml'))).isSymbolicLink());
      assert.deepEqual(Object.keys(await filesIn(folder)), ['real/topology.yaml']);
    });
  });

  it('lists what is not formatted with --check, changes nothing, and ends with 1', async () => {
    const files = { 'a/topology.yaml': unformatted, 'b/topology.yaml': formatted, 'c.yaml': unformatted };
    await inProject(files, async (folder) => {
      const ended = await groundplan(['fmt', '--check', 'c.yaml', 'b', 'a'], { folder });
      assert.deepEqual(ended, { code: 1, signal: undefined, stdout: 'a/topology.yaml\nc.yaml\n', stderr: '' });
      assert.deepEqual(await filesIn(folder), files);
      assert.equal((await groundplan(['fmt', '--check', 'b'], { folder })).code, 0);
    });
  });

  it('writes standard input formatted to standard output', async () => {
    await inProject({}, async (folder) => {
      const ended = await groundplan(['fmt', '-'], { folder, input: unformatted });
      assert.deepEqual(ended, { code: 0, signal: undefined, stdout: formatted, stderr: '' });
      const checked = await groundplan(['fmt', '-', '--check'], { folder, input: unformatted });
      assert.deepEqual([checked.code, checked.stdout], [1, '<stdin>\n']);
    });
  });

  it('leaves what it cannot read as it is, says why on standard error, and formats the others', async () => {
    await inProject({ 'a.yaml': broken, 'b.yaml': unformatted }, async (folder) => {
      const { code, stdout, stderr } = await groundplan(['fmt', 'a.yaml', 'b.yaml'], { folder });
      assert.match(stderr, /^formatted b\.yaml\na\.yaml:2:\d+ error syntax\//);
      assert.deepEqual([code, stdout], [1, '']);
      assert.deepEqual(await filesIn(folder), { 'a.yaml': broken, 'b.yaml': formatted });
    });
  });
});
