import type { Span } from '@groundplan/diagnostics';
import type { BundleFile } from '../bundle/bundle.js';
import { script } from '../bundle/file.js';
import type { Text } from '../text.js';
import { checksFolder } from './paths.js';

/** Lines for `[Unit]` of a unit of ours: what fails is told at once, not only when the host is looked at the next time. */
export const toldOnFailure = 'OnFailure=groundplan-alert@%n.service\n';

/**
 * A check that every minute is run on the host as root, for half a minute at most. For each thing that is wrong it prints a line of
 * four fields with tabs between them: a key that stays the same while it is wrong, what is wrong as a sentence without a full stop,
 * more about it, and the section of RUNBOOK.md. An operator is told of what two looks in a row have seen, and when it is over. A check
 * that ends with another code than 0 has seen nothing: what it found before stays, and that it fails is told.
 */
export function watchCheck(name: string, span: Span, content: Text): BundleFile {
  return script(`${checksFolder}/${name}`, span, content);
}
