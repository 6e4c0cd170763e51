import type { Details } from '@groundplan/diagnostics';
import { readBlockNode } from './block.js';
import type { Mapping, Node } from './nodes.js';
import { add, broken, replacement, shown } from './problems.js';
import { advance, isDocumentEnd, peek, type Reader, textOf } from './reader.js';
import type { Token } from './tokens.js';

/** Reads directives, `---`, the one document of a topology and what may follow it. Undefined when it holds no map. */
export function readStream(reader: Reader): Mapping | undefined {
  const directive = readDirectives(reader);
  if (reader.token.kind === '---') advance(reader);
  else if (directive !== undefined) {
    broken(reader, directive, 'syntax/invalid-yaml', directive, {
      reason: 'a line with "---" must follow the directives',
    });
  }
  const first = reader.token;
  const root = isDocumentEnd(first) ? undefined : readBlockNode(reader, -1).node;
  if (root?.kind === 'mapping') {
    refuseRemains(reader);
    if (!root.flow && !first.first && first.kind !== 'anchor' && first.kind !== 'tag') {
      broken(reader, first, 'syntax/invalid-yaml', first, {
        reason: 'the first key cannot stand on the line of "---"',
      });
    }
  }
  while (!isDocumentEnd(reader.token)) advance(reader);
  refuseSecondDocument(reader);
  if (root?.kind === 'mapping') return root;
  if (reader.diagnostics.length === 0) {
    if (root === undefined) add(reader, 'syntax/empty', { start: 0, end: 0 }, {});
    else add(reader, 'syntax/not-a-map', root.span, { found: describe(root) });
  }
  return undefined;
}

/** Returns the first one. */
function readDirectives(reader: Reader): Token | undefined {
  const { token: first } = reader;
  while (reader.token.kind === 'directive') {
    const { token } = reader;
    const directive = textOf(reader, token);
    if (!/^%YAML[ \t]+1\.2[ \t]*$/.test(directive)) {
      add(reader, 'syntax/directive', token, { directive: shown(directive) }, removeLine(reader, token));
    }
    advance(reader);
  }
  return first.kind === 'directive' ? first : undefined;
}

function refuseRemains(reader: Reader): void {
  const { token } = reader;
  if (isDocumentEnd(token) || token.kind === 'flow-error') return;
  broken(reader, token, 'syntax/unexpected-text', token, {
    found: shown(textOf(reader, token)),
    after: 'the end of the map',
  });
}

function refuseSecondDocument(reader: Reader): void {
  while (reader.token.kind === '...') advance(reader);
  const { token } = reader;
  if (token.kind === 'end') return;
  const isLast = token.kind === '---' && peek(reader).kind === 'end';
  add(reader, 'syntax/several-documents', token, {}, isLast ? removeLine(reader, token) : {});
}

function removeLine(reader: Reader, { lineStart, end }: Token): Details {
  const lineEnd = reader.text.indexOf('\n', end) + 1 || reader.text.length;
  return replacement('Remove the line', { start: lineStart, end: lineEnd }, '');
}

function describe(node: Node): string {
  if (node.kind === 'mapping') return 'a map';
  if (node.kind === 'sequence') return 'a list';
  switch (typeof node.value) {
    case 'string':
      return 'text';
    case 'number':
      return 'a number';
    case 'boolean':
      return 'true or false';
    default:
      return 'nothing';
  }
}
