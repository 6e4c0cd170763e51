import type { Span } from '@groundplan/diagnostics';
import { fieldSchema } from '@groundplan/model/language';
import { type NotableDefault, notableDefaults } from '../facts/defaults.js';
import type { InlayHint, InlayKind } from '../results.js';
import type { Snapshot } from '../snapshot.js';
import { entryAt, hintOffset } from './hint-offset.js';

/** Defaults of some kinds that are in force and not written, each behind the key of what has it. */
export function defaultHints(snapshot: Snapshot, within: Span, kinds: ReadonlySet<InlayKind>): readonly InlayHint[] {
  const { tree } = snapshot;
  return notableDefaults(snapshot, within).flatMap((found) => {
    const entry = kinds.has(found.kind) ? entryAt(tree.root, found.owner) : undefined;
    const offset = entry && hintOffset(tree, entry);
    return offset === undefined ? [] : [hint(found, offset)];
  });
}

function hint({ owner, field, kind, values, everywhere, written }: NotableDefault, offset: number): InlayHint {
  const texts = [...new Set(values.map(({ text }) => text))];
  const words =
    everywhere && texts.length === 1
      ? texts.join('')
      : values.map(({ text, region }) => (region === undefined ? text : `${text} in ${region}`)).join(', ');
  const reasons = [...new Set(values.flatMap(({ origin }) => (origin.kind === 'default' ? [origin.because] : [])))];
  const title = fieldSchema([...owner, ...field])?.title ?? field.join('.');
  return {
    offset,
    label: kind === 'addresses' ? words : `${field.join('.')}: ${words}`,
    kind,
    tooltip: `${title}: not written, ${reasons.join(', ')}.${written === undefined ? '' : ' Double-click to write it.'}`,
    ...(written === undefined ? {} : { edits: written.edits }),
  };
}
