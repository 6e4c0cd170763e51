import { type Code, compareSpans, type Diagnostic, type Edit } from '@groundplan/diagnostics';
import type { CodeAction } from '../results.js';
import type { Snapshot } from '../snapshot.js';
import { collide, sameEdits } from './edits.js';

/**
 * What is mended without being looked at, perhaps at each save: slips of writing, and settings that can go back. Not here: what
 * adds, moves or takes away servers, networks, data or text of the user's own, a reference to what may still be declared, and a
 * secret in plain sight, which must be kept elsewhere before it is replaced.
 */
const safe: ReadonlySet<Code> = new Set<Code>([
  'app/drain-too-long',
  'app/drain-too-short',
  'backup/plain',
  'backup/unverified',
  'dns/no-failover',
  'dns/proxied',
  'dns/ttl-high',
  'dns/ttl-low',
  'lb/health-path',
  'reference/unknown-output',
  'reference/wrong-kind',
  'schema/enum',
  'schema/missing-key',
  'schema/name',
  'schema/type',
  'suppression/no-code',
  'suppression/unknown-code',
  'tunnel/cipher',
  'tunnel/mtu',
  'volume/too-small',
]);

function isSafe(diagnostic: Diagnostic): boolean {
  const { code } = diagnostic;
  // Which of the lines it is that is out of line is a guess, and moving others changes what they are part of.
  if (code === 'syntax/indentation') return false;
  return code.startsWith('syntax/') || (safe.has(code) && !(code === 'schema/type' && isUnwritten(diagnostic)));
}

/** Whether the value is still to come, so that the key is marked: `{}` would close a section that somebody has just begun. */
function isUnwritten({ span, fixes }: Diagnostic): boolean {
  return fixes.some(({ edits }) => edits.some((edit) => edit.span.start >= span.end));
}

/**
 * Edits that mend, in one pass, as many as possible of the problems that have exactly one fix, which is safe. They do not overlap. What collides
 * with another one is left to the next pass, after the text has been looked at again.
 */
export function fixAll(snapshot: Snapshot): readonly Edit[] {
  return compatible(snapshot).edits;
}

export function fixAllAction(snapshot: Snapshot): readonly CodeAction[] {
  const { edits, diagnostics } = compatible(snapshot);
  return diagnostics.length === 0
    ? []
    : [{ title: 'Fix all problems that have one safe fix', kind: 'source.fixAll', edits, diagnostics }];
}

function compatible({ diagnostics }: Snapshot): {
  readonly edits: readonly Edit[];
  readonly diagnostics: readonly Diagnostic[];
} {
  const chosen: Edit[][] = [];
  const mended: Diagnostic[] = [];
  for (const diagnostic of diagnostics) {
    const [fix, other] = diagnostic.fixes;
    if (fix === undefined || other !== undefined || !isSafe(diagnostic)) continue;
    // Several diagnostics may be mended by one and the same change: it is made once.
    const isKnown = chosen.some((edits) => sameEdits(edits, fix.edits));
    const isFree = !chosen.flat().some((edit) => fix.edits.some(({ span }) => collide(edit.span, span)));
    if (isKnown || isFree) mended.push(diagnostic);
    if (!isKnown && isFree) chosen.push([...fix.edits]);
  }
  return { edits: chosen.flat().sort((a, b) => compareSpans(a.span, b.span)), diagnostics: mended };
}
