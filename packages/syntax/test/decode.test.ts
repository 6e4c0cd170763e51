import assert from 'node:assert/strict';
import { decode } from '@groundplan/syntax';
import { describe, it } from 'mocha';

function refused(bytes: readonly number[] | Buffer): string {
  const { value, diagnostics } = decode(Uint8Array.from(bytes));
  assert.equal(value, '');
  assert.deepEqual(
    diagnostics.map(({ code }) => code),
    ['syntax/encoding'],
  );
  return diagnostics[0]?.message ?? '';
}

const text = (source: string) => [...Buffer.from(source)];

describe('the bytes of a file', () => {
  it('are UTF-8', () => {
    assert.deepEqual(decode(Buffer.from('a: é😀\r\n')), { value: 'a: é😀\r\n', diagnostics: [] });
    assert.deepEqual(decode(new Uint8Array()), { value: '', diagnostics: [] });
  });

  it('may begin with a byte order mark, which is no part of the text', () => {
    assert.equal(decode(Buffer.from('\ufeffa: 1\n')).value, 'a: 1\n');
  });

  it('are not UTF-16, with a byte order mark or without', () => {
    assert.match(refused(Buffer.from('\ufeffa: 1\n', 'utf16le')), /^the file is UTF-16 \(little endian\)/);
    assert.match(refused(Buffer.from('a: 1\n', 'utf16le')), /little endian/);
    assert.match(refused(Buffer.from('\ufeffa: 1\n', 'utf16le').swap16()), /big endian/);
    assert.match(refused(Buffer.from('a: 12', 'utf16le').swap16()), /big endian/);
  });

  it('are not binary', () => {
    assert.match(refused([...text('a: 1\nb: '), 0, 1]), /^byte 9 \(line 2\) is NUL/);
    assert.match(refused([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0]), /^byte 8 \(line 1\) is NUL/);
  });

  it('are shown where they are not UTF-8', () => {
    assert.match(refused([...text('a: 1\n'), 0xe9]), /^byte 6 \(line 2\) is not UTF-8/);
    for (const wrong of [
      [0xc0, 0x80],
      [0xed, 0xa0, 0x80],
      [0xf4, 0x90, 0x80, 0x80],
      [0xe2, 0x82],
      [0x80],
      [0xff, 0x41],
      [0xe0, 0x80, 0x80],
      [0xf0, 0x80, 0x80, 0x80],
      [0xf8],
    ]) {
      assert.match(refused([...text('é€😀'), ...wrong]), /^byte 10 /, String(wrong));
    }
  });
});
