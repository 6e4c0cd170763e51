import { extraVoter as extraVoterOf, type Host } from '@groundplan/model';
import type { Place, Plant } from './plant.js';

/** The extra voter of a quorum with so many members in these places, if it gets one. */
export function extraVoter({ model }: Plant, members: number, places: readonly Place[]): Host | undefined {
  return extraVoterOf(
    model,
    members,
    places.map(({ region }) => region),
  );
}

/** A majority of the votes there are by configuration, not of those that can be reached. */
export function isMajority(alive: number, votes: number): boolean {
  return 2 * alive > votes;
}
