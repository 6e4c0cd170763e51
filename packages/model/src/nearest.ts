/** Longer words are no slip of the fingers of one another, and would take long to compare. */
const longest = 64;

/**
 * The candidate that `word` was most likely meant to be: the one with the fewest slips (a letter missing, added,
 * replaced, or two neighbours swapped), at most one in three letters. Capitals, `-` and `_` count as no slip. Of equally
 * near ones the first; undefined when none is near.
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  if (word.length > longest) return undefined;
  const wanted = plain(word);
  let best: string | undefined;
  let allowed = Math.max(1, Math.floor(wanted.length / 3));
  if (wanted.length < 2) allowed = 0;
  for (const candidate of candidates) {
    if (candidate.length > longest || candidate === word) continue;
    const slips = distance(wanted, plain(candidate), allowed);
    if (slips > allowed) continue;
    best = candidate;
    allowed = slips - 1;
    if (allowed < 0) break;
  }
  return best;
}

function plain(word: string): string {
  return word.toLowerCase().replace(/[-_ ]/g, '');
}

/**
 * Damerau and Levenshtein's distance, with swaps of neighbours that are not edited again (optimal string alignment);
 * any number above `limit` when it is more than that.
 */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let smallest = i;
    for (let j = 1; j <= b.length; j++) {
      const replaced = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let slips = Math.min((previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, replaced);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        slips = Math.min(slips, (beforePrevious[j - 2] ?? 0) + 1);
      }
      row.push(slips);
      smallest = Math.min(smallest, slips);
    }
    if (smallest > limit) return limit + 1;
    beforePrevious = previous;
    previous = row;
  }
  return previous[b.length] ?? 0;
}
