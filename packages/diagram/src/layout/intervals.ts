/** A stretch that a line takes of a channel or corridor; both ends belong to it. */
export interface Interval {
  readonly owner: string;
  from: number;
  to: number;
}

/**
 * Gives every interval the first track on which it meets no other one, in the order given, so that one that is added at the end
 * moves none of the others. Returns the tracks by owner, from 0, and how many there are.
 */
export function assignTracks(intervals: readonly Interval[]): {
  readonly tracks: ReadonlyMap<string, number>;
  readonly count: number;
} {
  const taken: Interval[][] = [];
  const tracks = new Map<string, number>();
  for (const interval of intervals) {
    let track = taken.findIndex((others) =>
      others.every((other) => other.to < interval.from || interval.to < other.from),
    );
    if (track < 0) track = taken.push([]) - 1;
    taken[track]?.push(interval);
    tracks.set(interval.owner, track);
  }
  return { tracks, count: taken.length };
}
