/** What is between the common beginning and the common end of two texts. */
export interface ChangedPart {
  readonly start: number;
  /** Where it ends in the earlier text. */
  readonly oldEnd: number;
  /** Where it ends in the later one. */
  readonly newEnd: number;
}

/** How much of the texts is compared at once: comparing pieces is many times faster than comparing characters. */
const piece = 1024;

/** The smallest part of the texts without which they are the same. */
export function changedPart(before: string, after: string): ChangedPart {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start + piece <= shorter && before.slice(start, start + piece) === after.slice(start, start + piece)) {
    start += piece;
  }
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;

  const by = after.length - before.length;
  const least = Math.max(start, start - by);
  let oldEnd = before.length;
  while (
    oldEnd - piece >= least &&
    before.slice(oldEnd - piece, oldEnd) === after.slice(oldEnd + by - piece, oldEnd + by)
  ) {
    oldEnd -= piece;
  }
  while (oldEnd > least && before.charCodeAt(oldEnd - 1) === after.charCodeAt(oldEnd + by - 1)) oldEnd--;
  return { start, oldEnd, newEnd: oldEnd + by };
}
