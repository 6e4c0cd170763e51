import { selectionRanges } from '@groundplan/ide';
import type { SelectionRange, SelectionRangeParams } from 'vscode-languageserver';
import { offsetIn, rangeIn } from '../translate.js';
import type { Feature } from './index.js';

export const selectionFeature: Feature = ({ connection, answers }) => {
  connection.onSelectionRanges(
    answers.about<SelectionRangeParams, SelectionRange[]>([], (checked, { positions }) =>
      (positions ?? []).map((position) => {
        const spans = selectionRanges(checked.snapshot, offsetIn(checked, position));
        const whole = { start: 0, end: checked.snapshot.tree.text.length };
        const [outermost = whole, ...inner] = [...spans].reverse();
        return inner.reduce<SelectionRange>((parent, span) => ({ range: rangeIn(checked, span), parent }), {
          range: rangeIn(checked, outermost),
        });
      }),
    ),
  );
  return { selectionRangeProvider: true };
};
