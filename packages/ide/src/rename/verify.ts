import type { Diagnostic, Edit } from '@groundplan/diagnostics';
import { analyse, type Model } from '@groundplan/model';
import type { Refusal } from '../results.js';
import type { Snapshot } from '../snapshot.js';
import { applied } from '../tree/applied.js';

/** Why the edits would do harm: a mistake that is not there now, or servers made anew. Undefined when they would not. */
export function harmOf(snapshot: Snapshot, edits: readonly Edit[], newName: string): Refusal | undefined {
  const after = analyse(applied(snapshot.tree.text, edits), { catalog: snapshot.catalog, config: snapshot.config });
  const mistake = firstNew(snapshot.diagnostics, after.diagnostics);
  if (mistake !== undefined)
    return { problem: `With the name "${newName}" there would be a new problem: ${mistake.message}` };
  if (hostsOf(snapshot.model) === hostsOf(after.model)) return undefined;
  return { problem: `With the name "${newName}" servers would be made anew or get other addresses.` };
}

/** The first of a code that occurs more often than before. */
function firstNew(before: readonly Diagnostic[], after: readonly Diagnostic[]): Diagnostic | undefined {
  const left = new Map<string, number>();
  for (const { code } of before) left.set(code, (left.get(code) ?? 0) + 1);
  return after.find(({ code }) => {
    const count = (left.get(code) ?? 0) - 1;
    left.set(code, count);
    return count < 0;
  });
}

function hostsOf({ hosts }: Model): string {
  return hosts.map(({ key, address, location, type }) => `${key} ${address} ${location} ${type.value}`).join('\n');
}
