import { type LineIndex, lineText } from '@groundplan/diagnostics';

/** Lines that are looked at on the way up: an ancestor further away is not shown. */
const reach = 5000;

/** The language is at most seven levels deep. */
const most = 6;

/**
 * The lines that hold the keys above a line, outermost first, told by their indentation: for `count: 1` those of `web:` and
 * `apps:`. Numbers from 0.
 */
export function ancestorLines(lines: LineIndex, line: number): number[] {
  const found: number[] = [];
  let at = shapeOf(lineText(lines, line));
  for (let above = line - 1; above >= 0 && line - above <= reach && found.length < most; above--) {
    if (at === undefined || (at.indentation === 0 && !at.item)) break;
    const shape = shapeOf(lineText(lines, above));
    if (shape === undefined) continue;
    const holds =
      shape.indentation < at.indentation || (at.item && !shape.item && shape.indentation === at.indentation);
    if (!holds) continue;
    found.unshift(above);
    at = shape;
  }
  return found;
}

/** Undefined for an empty line and a comment. A list may stand at the indentation of its key. */
function shapeOf(text: string): { indentation: number; item: boolean } | undefined {
  const indentation = text.search(/[^ ]/);
  if (indentation < 0 || text[indentation] === '#') return undefined;
  return { indentation, item: /^-(?: |$)/.test(text.slice(indentation, indentation + 2)) };
}
