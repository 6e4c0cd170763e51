import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { baseName, folderOf, keyOf, liesIn, resolveIn } from '../src/uris.js';

describe('addresses', () => {
  it('have a folder, unless they lie nowhere', () => {
    assert.equal(folderOf('file:///a/b%20c/topology.yaml'), 'file:///a/b%20c');
    assert.equal(folderOf('vscode-vfs://github/acme/shop/topology.yaml'), 'vscode-vfs://github/acme/shop');
    assert.equal(folderOf('file:///topology.yaml'), 'file://');
    assert.equal(folderOf('file://'), undefined);
    assert.equal(folderOf('untitled:Untitled-1'), undefined);
    assert.equal(folderOf('untitled:/a/topology.yaml'), undefined);
    assert.equal(folderOf('nonsense'), undefined);
  });

  it('lead to what is named by a path', () => {
    const folder = 'file:///a/b';
    for (const [path, uri] of [
      ['keys/ops.pub', 'file:///a/b/keys/ops.pub'],
      ['./x', 'file:///a/b/x'],
      ['../x', 'file:///a/x'],
      ['../../../../x', 'file:///x'],
      ['/etc/x', 'file:///etc/x'],
      ['a b#c?d%', 'file:///a/b/a%20b%23c%3Fd%25'],
      ['\ud800', 'file:///a/b/%EF%BF%BD'],
      ['a\\b', 'file:///a/b/a%5Cb'],
    ] as const)
      assert.equal(resolveIn(folder, path), uri, path);
    assert.equal(resolveIn('file://', 'x'), 'file:///x');
    assert.equal(resolveIn('file:///c%3A/work', 'keys\\ops.pub'), 'file:///c%3A/work/keys/ops.pub');
    assert.equal(resolveIn('file:///c%3A/work', 'D:/x'), 'file:///D%3A/x');
  });

  it('are equal however they are written', () => {
    assert.equal(keyOf('file:///C:/a%20b'), keyOf('file:///c%3A/a b'));
    assert.equal(keyOf('FILE:///a'), keyOf('file:///a'));
    assert.notEqual(keyOf('file:///a'), keyOf('file:///A'));
    assert.equal(baseName('file:///a/caf%C3%A9.topology.yaml'), 'café.topology.yaml');
    assert.equal(baseName('file:///a/100%'), '100%');
    assert.ok(liesIn('file:///a/b/c', 'file:///a/b'));
    assert.ok(!liesIn('file:///a/bc', 'file:///a/b'));
  });
});
