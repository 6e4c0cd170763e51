import type { Span } from '@groundplan/diagnostics';
import type { InlayHint, InlayKind } from '../results.js';
import type { Snapshot } from '../snapshot.js';
import { addressHints } from './addresses.js';
import { countHints } from './counts.js';
import { defaultHints } from './defaults.js';

/** What holds in a part of the text without being written, of the kinds that are wanted, in the order of the text. */
export function inlayHints(snapshot: Snapshot, span: Span, kinds: ReadonlySet<InlayKind>): readonly InlayHint[] {
  return [
    // A network that is not written is a default that is an address.
    ...(kinds.has('defaults') || kinds.has('addresses') ? defaultHints(snapshot, span, kinds) : []),
    ...(kinds.has('addresses') ? addressHints(snapshot, span) : []),
    ...(kinds.has('counts') ? countHints(snapshot) : []),
  ]
    .filter(({ offset }) => span.start <= offset && offset <= span.end)
    .sort((a, b) => a.offset - b.offset);
}
