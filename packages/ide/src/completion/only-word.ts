import { changedPart, type SyntaxTree } from '@groundplan/syntax';

/**
 * Whether an earlier version of a text says the same but for the word that is being typed at `offset`, and no comment is: then what
 * can stand there is told by what was known about that version.
 */
export function isOnlyWord(before: string, { text, comments }: SyntaxTree, offset: number): boolean {
  const { start, oldEnd, newEnd } = changedPart(before, text);
  const isWord = (part: string) => /^[\w.-]*$/.test(part);
  if (newEnd > offset || !isWord(text.slice(start, offset)) || !isWord(before.slice(start, oldEnd))) return false;
  return !comments.some(({ span }) => span.start < offset && offset <= span.end);
}
