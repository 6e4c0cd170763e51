import assert from 'node:assert/strict';
import { mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mostFileBytes } from '@groundplan/hosts';
import { describe, it } from 'mocha';
import { lookAtFile } from '../src/index.js';

describe('a look at a file', () => {
  it('says what lies there', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'groundplan-files-'));
    const path = (name: string) => join(folder, name);
    try {
      await writeFile(path('file'), 'text');
      await writeFile(path('huge'), '');
      await truncate(path('huge'), mostFileBytes + 1);
      await writeFile(path('largest'), '');
      await truncate(path('largest'), mostFileBytes);
      await symlink('circle', path('circle'));
      await symlink('file', path('link'));
      await symlink('nothing', path('dangling'));

      const text = { kind: 'file', bytes: Buffer.from('text') };
      assert.deepEqual(await lookAtFile(path('file')), text);
      assert.deepEqual(await lookAtFile(path('link')), text);
      assert.equal((await lookAtFile(path('largest'))).kind, 'file');
      assert.deepEqual(await lookAtFile(path('huge')), { kind: 'too-large' });
      assert.deepEqual(await lookAtFile(folder), { kind: 'folder' });
      assert.deepEqual(await lookAtFile('/dev/null'), { kind: 'special' });
      assert.deepEqual(await lookAtFile(path('nothing')), { kind: 'missing' });
      assert.deepEqual(await lookAtFile(path('dangling')), { kind: 'missing' });
      assert.deepEqual(await lookAtFile(path('file/inside')), { kind: 'missing' });
      assert.deepEqual(await lookAtFile(path('circle')), {
        kind: 'unreadable',
        reason: 'its symbolic links lead in a circle',
      });
      assert.deepEqual(await lookAtFile('a\0b'), {
        kind: 'unreadable',
        reason: 'its name holds a NUL character',
      });
      assert.deepEqual(await lookAtFile(path('x'.repeat(5000))), {
        kind: 'unreadable',
        reason: 'the name is too long',
      });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
