import { positionAt } from '@groundplan/diagnostics';
import type { SyntaxTree } from '@groundplan/syntax';
import { inValue, onBlankLine, onContentLine } from './in-block.js';
import { linesOf } from './lines.js';
import type { Cursor } from './types.js';

/** Where a cursor is, told by the text and its indentation, so that it is known while the text is broken as well. */
export function cursorAt(tree: SyntaxTree, offset: number): Cursor {
  const comment = tree.comments.find(({ span }) => span.start < offset && offset <= span.end);
  if (comment !== undefined) return { place: 'comment', offset, span: comment.span };
  const lines = linesOf(tree);
  const index = positionAt(tree.lines, offset).line;
  const line = lines[index];
  if (line === undefined || offset < line.start || offset > line.end) return { place: 'none', offset };
  switch (line.kind) {
    case 'marker':
    case 'comment':
      return { place: 'none', offset };
    case 'blank':
      return onBlankLine({ tree, lines, index, line, offset });
    case 'content':
      return onContentLine({ tree, lines, index, line, offset });
    case 'inside': {
      const opener = lines[line.opener ?? index] ?? line;
      return inValue({ tree, lines, index: line.opener ?? index, line: opener, offset });
    }
  }
}
