/** What a rehearsal showed, as `report.json` has it. Times without a unit in their name are seconds. */
export interface Report {
  readonly format: 1;
  /** `shop`. */
  readonly topology: string;
  /** The file as it was named. */
  readonly file: string;
  /** ISO 8601. */
  readonly began: string;
  readonly tool: { readonly name: string; readonly version: string };
  readonly machine: { readonly processors: number; readonly memoryGigabytes: number };
  readonly hosts: readonly { readonly name: string; readonly tier: string }[];
  /** What came before the scenarios, in order. */
  readonly phases: readonly { readonly name: string; readonly seconds: number }[];
  readonly results: readonly Result[];
  /** Scenarios that cannot happen to this topology, or were not asked for. */
  readonly leftOut: readonly string[];
  /** In what this differs from Hetzner. */
  readonly differences: readonly string[];
}

/** What came of one scenario. */
export interface Result {
  readonly scenario: string;
  readonly title: string;
  /** `F6`; null where the list of faults does not have it. */
  readonly fault: string | null;
  readonly subject: string;
  /** `broken`: it could not be carried out to its end. */
  readonly outcome: 'kept' | 'missed' | 'broken';
  /** What happened to whom, or why it could not. */
  readonly what: string;
  readonly seconds: number;
  readonly promises: readonly PromiseResult[];
  readonly timeline: Timeline | null;
}

export interface PromiseResult {
  readonly promise: string;
  /** `≤ 20 s`, `none`. */
  readonly budget: string;
  readonly measured: string;
  readonly kept: boolean;
}

/** What users saw, second by second; times are seconds from the scenario's beginning. */
export interface Timeline {
  /** Null where nothing happens. */
  readonly faultAt: number | null;
  readonly healedAt: number | null;
  readonly wholeAt: number | null;
  readonly seconds: number;
  /** An entry a second. */
  readonly requests: readonly { readonly served: number; readonly failed: number }[];
  /** Who said that it is the primary, and for how long; a gap is nobody. */
  readonly primaries: readonly { readonly host: string; readonly from: number; readonly to: number }[];
}

/** Whether every promise was kept. */
export function isKept({ results }: Pick<Report, 'results'>): boolean {
  return results.every(({ outcome }) => outcome === 'kept');
}
