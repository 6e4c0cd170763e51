import { hover } from '@groundplan/ide';
import type { Hover, HoverParams } from 'vscode-languageserver';
import { hoverConfig } from '../config/hover-config.js';
import { isConfig } from '../config/is-config.js';
import { markupOf, offsetIn, rangeIn } from '../translate.js';
import type { Feature } from './index.js';

export const hoverFeature: Feature = ({ connection, answers, client, documents }) => {
  const ofTopology = answers.about<HoverParams, Hover | null>(null, (checked, { position }) => {
    const found = hover(checked.snapshot, offsetIn(checked, position));
    if (found === undefined) return null;
    return { contents: markupOf(found.markdown, client.hoverMarkup), range: rangeIn(checked, found.span) };
  });
  const ofConfig = answers.newest<HoverParams, Hover | null>(null, (document, { position }) =>
    hoverConfig(document, position, client),
  );
  connection.onHover((params, cancelled) => (isConfig(documents, params) ? ofConfig : ofTopology)(params, cancelled));
  return { hoverProvider: true };
};
