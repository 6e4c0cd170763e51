import { hover } from '@groundplan/ide';
import type { Hover, HoverParams } from 'vscode-languageserver';
import { markupOf, offsetIn, rangeIn } from '../translate.js';
import type { Feature } from './index.js';

export const hoverFeature: Feature = ({ connection, answers, client }) => {
  connection.onHover(
    answers.about<HoverParams, Hover | null>(null, (checked, { position }) => {
      const found = hover(checked.snapshot, offsetIn(checked, position));
      if (found === undefined) return null;
      return { contents: markupOf(found.markdown, client.hoverMarkup), range: rangeIn(checked, found.span) };
    }),
  );
  return { hoverProvider: true };
};
