/** One attempt to write, as the one who made it saw it. Times are milliseconds of one clock. */
export interface Attempt {
  /** Unique to what was to be written; a repeated request has the same. */
  readonly id: string;
  readonly sentAt: number;
  readonly endedAt: number;
  /**
   * `acknowledged`: it is written; `refused`: it is not, and never will be; `unknown`: nobody can say, since there was no answer
   * or one that leaves it open.
   */
  readonly outcome: 'acknowledged' | 'refused' | 'unknown';
}

/** What is wrong with what is stored, measured by what was promised; every list is sorted and free of repetitions. */
export interface Findings {
  readonly acknowledged: number;
  /** Ids that were acknowledged and are not stored. */
  readonly lost: readonly string[];
  /** Ids that are stored more than once. */
  readonly duplicated: readonly string[];
  /** Ids that are stored before something that had been acknowledged before they were sent. */
  readonly reordered: readonly string[];
  /** Ids that are stored although all attempts were refused. */
  readonly refusedButStored: readonly string[];
  /** Ids that are stored and that nobody sent. */
  readonly foreign: readonly string[];
  /** Attempts without an answer, of which something is stored and of which nothing is. */
  readonly unknown: { readonly stored: number; readonly absent: number };
}

/** Whether nothing is wrong. */
export function isClean(findings: Findings): boolean {
  const { lost, duplicated, reordered, refusedButStored, foreign } = findings;
  return [lost, duplicated, reordered, refusedButStored, foreign].every((list) => list.length === 0);
}

/**
 * Holds what is stored against what was promised.
 *
 * @param attempts in any order
 * @param stored ids in the order in which they were written
 */
export function checkLedger(attempts: readonly Attempt[], stored: readonly string[]): Findings {
  const promises = promisesOf(attempts);
  const positions = new Map<string, number>();
  const duplicated = new Set<string>();
  for (const [position, id] of stored.entries()) {
    if (positions.has(id)) duplicated.add(id);
    else positions.set(id, position);
  }
  const ids = (holds: (promise: Promised, isStored: boolean) => boolean): string[] =>
    [...promises].flatMap(([id, promise]) => (holds(promise, positions.has(id)) ? [id] : [])).sort();
  const isUnknown = ({ outcome }: Promised): boolean => outcome === 'unknown';
  return {
    acknowledged: ids(({ outcome }) => outcome === 'acknowledged').length,
    lost: ids(({ outcome }, isStored) => outcome === 'acknowledged' && !isStored),
    duplicated: [...duplicated].sort(),
    reordered: reorderedIn(promises, positions),
    refusedButStored: ids(({ outcome }, isStored) => outcome === 'refused' && isStored),
    foreign: [...positions.keys()].filter((id) => !promises.has(id)).sort(),
    unknown: {
      stored: ids((promise, isStored) => isUnknown(promise) && isStored).length,
      absent: ids((promise, isStored) => isUnknown(promise) && !isStored).length,
    },
  };
}

/** What all attempts at one id come to. */
interface Promised {
  outcome: Attempt['outcome'];
  /** Of the first attempt. */
  sentAt: number;
  /** Of the first acknowledgement. */
  acknowledgedAt: number;
}

const strength: Readonly<Record<Attempt['outcome'], number>> = { refused: 0, unknown: 1, acknowledged: 2 };

/** One acknowledgement is a promise, and one attempt that is not known to have failed may have written. */
function promisesOf(attempts: readonly Attempt[]): Map<string, Promised> {
  const promises = new Map<string, Promised>();
  for (const { id, sentAt, endedAt, outcome } of attempts) {
    const acknowledgedAt = outcome === 'acknowledged' ? endedAt : Number.POSITIVE_INFINITY;
    const known = promises.get(id);
    if (known === undefined) {
      promises.set(id, { outcome, sentAt, acknowledgedAt });
      continue;
    }
    if (strength[outcome] > strength[known.outcome]) known.outcome = outcome;
    known.sentAt = Math.min(known.sentAt, sentAt);
    known.acknowledgedAt = Math.min(known.acknowledgedAt, acknowledgedAt);
  }
  return promises;
}

/** Goes through what is stored as it was sent, with the last place that had been acknowledged by then. */
function reorderedIn(promises: ReadonlyMap<string, Promised>, positions: ReadonlyMap<string, number>): string[] {
  const placed = [...promises].flatMap(([id, promise]) => {
    const position = positions.get(id);
    return position === undefined ? [] : [{ id, position, ...promise }];
  });
  const bySending = [...placed].sort((a, b) => a.sentAt - b.sentAt);
  const byAnswer = [...placed].sort((a, b) => a.acknowledgedAt - b.acknowledgedAt);
  const reordered: string[] = [];
  let answered = 0;
  let last = -1;
  for (const { id, position, sentAt } of bySending) {
    for (let next = byAnswer[answered]; next !== undefined && next.acknowledgedAt < sentAt; next = byAnswer[answered]) {
      last = Math.max(last, next.position);
      answered += 1;
    }
    if (position < last) reordered.push(id);
  }
  return reordered.sort();
}
