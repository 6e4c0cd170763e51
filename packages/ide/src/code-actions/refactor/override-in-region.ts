import type { Span } from '@groundplan/diagnostics';
import { scalar, setValue } from '@groundplan/model';
import { fieldSchema } from '@groundplan/model/language';
import { entityAt } from '../../facts/entities.js';
import { inForce } from '../../facts/in-force.js';
import { placeAt } from '../../place/place-at.js';
import type { CodeAction } from '../../results.js';
import type { Snapshot } from '../../snapshot.js';

/** More regions than that would fill the menu. */
const mostRegions = 6;

/** On a count or type that holds for every region: writes it for one of them too, to be changed there. */
export function overrideInRegion({ tree, model }: Snapshot, { start }: Span): readonly CodeAction[] {
  const place = placeAt(tree, start);
  if (place === undefined || place.part === 'word' || model.regions.length < 2) return [];
  const { path } = place;
  const [section = '', name = '', field = ''] = path;
  const isOverridable = path.length === 3 && fieldSchema(['regions', '*', section, '*', field]) !== undefined;
  if (!isOverridable || entityAt(model, path.slice(0, 2)) === undefined) return [];
  return inForce(model, path)
    .slice(0, mostRegions)
    .flatMap(({ region, text, origin }) => {
      if (region === undefined || origin.kind !== 'written') return [];
      const edits = setValue(tree, ['regions', region, section, name, field], scalarText(text));
      if (edits === undefined) return [];
      return [
        {
          title: `Write ${field} for ${region} apart`,
          kind: 'refactor.rewrite' as const,
          edits,
          diagnostics: [],
          ...selection(edits, text),
        },
      ];
    });
}

/** Digits stay a number. */
function scalarText(text: string): string {
  return /^\d+$/.test(text) ? text : scalar(text);
}

/** The new value, which is there to be changed. It comes last in what is written, before closing braces. */
function selection(edits: NonNullable<ReturnType<typeof setValue>>, text: string): Pick<CodeAction, 'select'> {
  const [edit] = edits;
  const at = edit?.newText.lastIndexOf(text) ?? -1;
  if (edit === undefined || at < 0 || edits.length > 1) return {};
  const start = edit.span.start + at;
  return { select: { start, end: start + text.length } };
}
