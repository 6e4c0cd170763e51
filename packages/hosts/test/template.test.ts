import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { text } from '../src/template.js';

const secret = { secret: 'NAME' };

describe('the template of a file', () => {
  it('is the file: a backslash is one, and the first line break is not part of it', () => {
    assert.deepEqual(
      text`
printf '%s\n' "\${HOME}" \
  ${7}
`,
      ['printf \'%s\\n\' "${HOME}" \\\n  7\n'],
    );
  });

  it('indents each line of a value that is alone on its line', () => {
    assert.deepEqual(
      text`
a
  ${'b\n\n  c\n'}
d
`,
      ['a\n  b\n\n    c\nd\n'],
    );
  });

  it('takes the line away with an empty value, and one of two blank lines', () => {
    assert.deepEqual(
      text`
a
  ${''}
b

${[]}

c

${''}

${''}
`,
      ['a\nb\n\nc\n'],
    );
  });

  it('keeps what is known only later as it is, within a line and in a block', () => {
    assert.deepEqual(
      text`
password "${secret}";
  ${['key ', secret, '\n']}
`,
      ['password "', secret, '";\n  key ', secret, '\n'],
    );
  });
});
