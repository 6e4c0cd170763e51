/** A line of the formatted text, without white space at its end. */
export interface Line {
  /** What stands before the comment; all of the line when there is none. */
  readonly content: string;
  readonly comment?: TrailingComment;
}

export interface TrailingComment {
  readonly text: string;
  /** Where it is written, moved as far as its line is. */
  readonly column: number;
  /** How many characters of white space are in front of it. */
  readonly gap: number;
}

/**
 * Puts comments behind the lines. Comments of neighbouring lines that are written in one column stay in one, which is their old one
 * when the lines leave it free; a comment that stands alone close to its line stays close to it.
 */
export function placeComments(lines: readonly Line[]): string[] {
  const placed: string[] = [];
  for (let from = 0; from < lines.length; ) {
    const end = endOfGroup(lines, from);
    const group = lines.slice(from, end);
    const column = columnOf(group);
    for (const { content, comment } of group) {
      placed.push(
        comment === undefined ? content : content.padEnd(Math.max(column, content.length + 1)) + comment.text,
      );
    }
    from = end;
  }
  return placed;
}

function endOfGroup(lines: readonly Line[], from: number): number {
  const column = lines[from]?.comment?.column;
  let end = from + 1;
  while (column !== undefined && lines[end]?.comment?.column === column) end++;
  return end;
}

function columnOf(group: readonly Line[]): number {
  const comments = group.flatMap(({ comment }) => (comment === undefined ? [] : [comment]));
  const closest = Math.min(2, ...comments.map(({ gap }) => gap));
  const needed = Math.max(...group.map(({ content }) => content.length)) + closest;
  const [first] = comments;
  if (first === undefined) return 0;
  const isClose = comments.length === 1 && first.gap <= 2;
  return isClose ? needed : Math.max(first.column, needed);
}
