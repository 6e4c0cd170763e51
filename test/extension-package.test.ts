import assert from 'node:assert/strict';
import { stat } from 'node:fs/promises';
import { before, describe, it } from 'mocha';
import { type Unpacked, unpack } from './support/unzip.js';
import { packaged } from './vscode/support/packaged.js';

/** So that it is installed in a moment. */
const mostBytes = 2 * 1024 * 1024;

describe('the packed extension', function () {
  this.timeout(300_000);
  let vsix = '';
  let said = '';
  let files: Unpacked;
  before(async () => {
    ({ vsix, said } = await packaged());
    files = await unpack(vsix);
  });

  it('is accepted without a warning', () => {
    assert.doesNotMatch(said, /warn|error/i);
    assert.match(said, /DONE/);
  });

  it('is small, and brings no packages along', async () => {
    const { size } = await stat(vsix);
    assert.ok(size < mostBytes, `${size} bytes`);
    assert.deepEqual(
      [...files.keys()].filter((name) => /node_modules|\.ts$|\.map$|tsbuildinfo/.test(name)),
      [],
    );
  });

  it('has every file that its manifest names', () => {
    const manifest = files.get('extension/package.json') ?? '';
    const named = [
      ...manifest.matchAll(/"\.?\/?((?:dist|media|syntaxes|snippets)\/[\w./-]+|language-configuration\.json)"/g),
    ].map(([, path = '']) => path.replace(/^\.\//, ''));
    assert.ok(named.length >= 10, named.join());
    const known = new Set(files.keys());
    assert.deepEqual(
      named.filter((path) => !known.has(`extension/${path}`) && !known.has(`extension/${path}.js`)),
      [],
    );
  });

  it('says under which licences it holds the work of others', () => {
    const notices = files.get('extension/dist/THIRD-PARTY-NOTICES.txt') ?? '';
    for (const name of ['vscode-languageclient', 'yaml', 'constructs']) {
      assert.match(notices, new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(`, 'm'));
    }
    assert.match(notices, /^Sources: https:\/\/github\.com\/microsoft\/vscode-languageserver-node$/im);
  });

  it('shows pictures by addresses that can be reached from anywhere', () => {
    const readme = files.get('extension/readme.md') ?? '';
    const pictures = [...readme.matchAll(/!\[[^\]]*\]\(([^)]*)\)/g)].map(([, address]) => address);
    assert.ok(pictures.length >= 4);
    for (const address of pictures) assert.match(address ?? '', /^https:\/\//);
  });
});
