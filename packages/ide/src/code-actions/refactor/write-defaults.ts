import type { Span } from '@groundplan/diagnostics';
import { notableDefaults } from '../../facts/defaults.js';
import { placeAt } from '../../place/place-at.js';
import type { CodeAction } from '../../results.js';
import type { Snapshot } from '../../snapshot.js';

/** On the key of what has defaults: writes one of those that its hints show. */
export function writeDefaults(snapshot: Snapshot, span: Span): readonly CodeAction[] {
  const place = placeAt(snapshot.tree, span.start);
  if (place?.part !== 'key' || place.path.length > 2) return [];
  const path = place.path.join('\n');
  return notableDefaults(snapshot, span).flatMap(({ owner, field, written }) =>
    written === undefined || owner.join('\n') !== path
      ? []
      : [
          {
            title: `Write the default ${field.join('.')}: ${written.text}`,
            kind: 'refactor.rewrite' as const,
            edits: written.edits,
            diagnostics: [],
          },
        ],
  );
}
