import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import { loadWASM, OnigScanner, OnigString } from 'vscode-oniguruma';
import { INITIAL, parseRawGrammar, Registry } from 'vscode-textmate';

/**
 * Stands in for VS Code's own YAML grammar, with the names that it gives to texts and comments. That the two go together in VS Code
 * itself is seen in test/vscode.
 */
const yaml = {
  scopeName: 'source.yaml',
  patterns: [
    { begin: '#', end: '$', name: 'comment.line.number-sign.yaml' },
    { match: '([\\w./-]+)(:)(?=\\s|$)', captures: { 1: { name: 'entity.name.tag.yaml' } } },
    { begin: '"', end: '"', name: 'string.quoted.double.yaml' },
    { begin: "'", end: "'", name: 'string.quoted.single.yaml' },
    { begin: '(?=[^\\s"\'{}\\[\\],#:])', end: '(?=\\s*$|\\s+#|,\\s|\\s\\})', name: 'string.unquoted.plain.out.yaml' },
  ],
};

const registry = new Registry({
  onigLib: loadWASM(
    readFileSync(new URL('../../node_modules/vscode-oniguruma/release/onig.wasm', import.meta.url))
      .buffer as ArrayBuffer,
  ).then(() => ({
    createOnigScanner: (patterns: string[]) => new OnigScanner(patterns),
    createOnigString: (text: string) => new OnigString(text),
  })),
  loadGrammar: async (scope) => {
    if (scope === 'source.yaml') return parseRawGrammar(JSON.stringify(yaml), 'yaml.json');
    const file = new URL('../syntaxes/topology.tmLanguage.json', import.meta.url);
    return parseRawGrammar(readFileSync(file, 'utf8'), 'topology.json');
  },
});

/** The innermost scope of each piece of a line that is not white space. */
async function scopes(line: string): Promise<string[]> {
  const grammar = await registry.loadGrammar('source.groundplan-topology');
  assert.ok(grammar);
  return grammar
    .tokenizeLine(line, INITIAL)
    .tokens.map(
      ({ startIndex, endIndex, scopes: all }) => [line.slice(startIndex, endIndex).trim(), all.at(-1)] as const,
    )
    .filter(([text]) => text !== '')
    .map((piece) => piece.join(' '));
}

const begin = '${ punctuation.definition.template-expression.begin.topology';
const end = '} punctuation.definition.template-expression.end.topology';
const dot = '. punctuation.accessor.topology';

describe('the grammar', () => {
  it('colours what is inserted into a text without quotes', async () => {
    assert.deepEqual(await scopes('HOST: https://${bucket.static.host}/a'), [
      'HOST entity.name.tag.yaml',
      ': source.groundplan-topology',
      'https:// string.unquoted.plain.out.yaml',
      begin,
      'bucket keyword.other.reference.topology',
      dot,
      'static variable.other.readwrite.topology',
      dot,
      'host variable.other.property.topology',
      end,
      '/a string.unquoted.plain.out.yaml',
    ]);
  });

  for (const [quotes, name] of [
    ['"', 'double'],
    ["'", 'single'],
  ]) {
    it(`colours it in ${name} quotes`, async () => {
      const found = await scopes(`URL: ${quotes}\${database.main.url}${quotes}`);
      assert.deepEqual(found.slice(2), [
        `${quotes} string.quoted.${name}.yaml`,
        begin,
        'database keyword.other.reference.topology',
        dot,
        'main variable.other.readwrite.topology',
        dot,
        'url variable.other.property.topology',
        end,
        `${quotes} string.quoted.${name}.yaml`,
      ]);
    });
  }

  it('leaves a written ${ alone', async () => {
    assert.deepEqual((await scopes('A: "$${database}"')).slice(2), [
      '" string.quoted.double.yaml',
      '$${ constant.character.escape.topology',
      'database} string.quoted.double.yaml',
      '" string.quoted.double.yaml',
    ]);
  });

  it('ends with the quotes what nobody closed', async () => {
    assert.equal((await scopes('A: "${database.main" # all')).at(-1), 'all comment.line.number-sign.yaml');
  });

  it('leaves comments alone, but for those that accept a diagnostic', async () => {
    assert.deepEqual(await scopes('# ${database.main}'), [
      '# comment.line.number-sign.yaml',
      '${database.main} comment.line.number-sign.yaml',
    ]);
    assert.deepEqual(await scopes('# groundplan-ignore-next-line dns/ttl-high: slow'), [
      '# comment.line.number-sign.yaml',
      'groundplan-ignore-next-line keyword.control.suppression.topology',
      'dns/ttl-high constant.other.code.topology',
      ': slow comment.line.number-sign.yaml',
    ]);
  });
});
