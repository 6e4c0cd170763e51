import { isBlank, withoutTrailingSpace } from '../white-space.js';

/** The lines of a plain or quoted scalar but its first one are indented by `indent`; white space at the ends of lines means nothing. */
export function indentLines(source: string, indent: number): string {
  const lines = source.split(/\r?\n/);
  return lines
    .map((line, index) => {
      // A backslash makes the white space behind it count.
      const end = index === lines.length - 1 || /\\[ \t]*$/.test(line) ? line : withoutTrailingSpace(line);
      const trimmed = index === 0 ? end : end.replace(/^[ \t]+/, '');
      return index === 0 || trimmed === '' ? trimmed : ' '.repeat(indent) + trimmed;
    })
    .join('\n');
}

/**
 * The lines of a block of text. Empty lines behind it are none of them, unless its header keeps them.
 *
 * @param header such as `|`, `>-` or `|2+`
 * @param parent the column, as written, of the map or list that holds the block
 * @param indent where that map or list will be
 */
export function indentBlock(
  header: string,
  body: string,
  parent: number,
  indent: number,
): { readonly lines: readonly string[]; readonly hasBlankBehind: boolean } {
  const written = body.split(/\r?\n/);
  const explicit = /[1-9]/.exec(header)?.[0];
  const old = explicit === undefined ? indentOfFirst(written) : parent + Number(explicit);
  const isEmpty = (line: string) => isBlank(line) && line.length <= old;
  // After the last line break comes no line; spaces that no line break ends are one only where they are text.
  const last = written.at(-1) ?? '';
  if (last === '' || (isEmpty(last) && old !== Number.POSITIVE_INFINITY)) written.pop();
  const prefix = ' '.repeat(indent + Number(explicit ?? 2));
  const lines = written.map((line) => (isEmpty(line) ? '' : prefix + line.slice(old)));
  const { length } = lines;
  if (!header.includes('+')) while (lines.at(-1) === '') lines.pop();
  return { lines, hasBlankBehind: lines.length < length };
}

function indentOfFirst(lines: readonly string[]): number {
  const first = lines.find((line) => !isBlank(line));
  return first === undefined ? Number.POSITIVE_INFINITY : (/^ */.exec(first)?.[0].length ?? 0);
}
