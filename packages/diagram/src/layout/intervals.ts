/** A stretch that a line takes of a channel or corridor; both ends belong to it. */
export interface Interval<Owner> {
  readonly owner: Owner;
  from: number;
  to: number;
}

/** Which track each owner has, from 0, and how many there are. */
export interface Tracks<Owner> {
  readonly tracks: ReadonlyMap<Owner, number>;
  readonly count: number;
}

/**
 * Gives every interval the first track on which it meets no other one, in the order given, so that one that is added at the end
 * moves none of the others.
 */
export function assignTracks<Owner>(intervals: Iterable<Interval<Owner>>): Tracks<Owner> {
  const taken: Interval<Owner>[][] = [];
  const tracks = new Map<Owner, number>();
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
