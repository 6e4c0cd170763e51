import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { anchorMarks, parse } from '../src/index.js';

/** `&name@offset` or `*name@offset`, where the name begins. */
function marks(text: string): readonly string[] {
  return anchorMarks(parse(text).value).map(({ kind, name, nameSpan }) => {
    assert.equal(text.slice(nameSpan.start, nameSpan.end), name);
    return `${kind === 'anchor' ? '&' : '*'}${name}@${nameSpan.start}`;
  });
}

describe('anchorMarks', () => {
  it('are the anchors and aliases in the order of the text', () => {
    assert.deepEqual(marks('a: &x { b: 1 }\nc: *x\nd: { <<: *x }\ne: [&y 1, *y]\n'), [
      '&x@4',
      '*x@19',
      '*x@31',
      '&y@40',
      '*y@46',
    ]);
  });

  it('are none within quotes, blocks of text and comments', () => {
    assert.deepEqual(marks('a: "&x"\nb: |\n  &y\nc: 1 # &z\nd: x &y\n'), []);
    assert.deepEqual(marks('a: &x "*x"\nb: "\n  *x"\n'), ['&x@4']);
  });

  it('are found while the text is broken, and with CRLF and a byte order mark', () => {
    assert.deepEqual(marks('a: &x { b: 1\nc: *x\nd'), ['&x@4', '*x@17']);
    assert.deepEqual(marks('\ufeffa: &x 1\r\nb: *x\r\n'), ['&x@5', '*x@14']);
    assert.deepEqual(marks('a: &x\nb: *'), ['&x@4']);
    assert.deepEqual(marks(''), []);
  });
});
