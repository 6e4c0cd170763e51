import { hover } from '@groundplan/ide';
import type { Hover, HoverParams } from 'vscode-languageserver';
import { hoverConfig } from '../config/hover-config.js';
import { isConfig } from '../config/is-config.js';
import { markupOf, offsetIn, rangeIn } from '../translate.js';
import type { Feature } from './index.js';

export const hoverFeature: Feature = ({ connection, answers, client, documents }) => {
  const ofTopology = answers.reading<HoverParams, Hover | null>(null, (read, { position }) => {
    const found = hover(read.snapshot, offsetIn(read, position));
    if (found === undefined) return null;
    return { contents: markupOf(found.markdown, client.hoverMarkup), range: rangeIn(read, found.span) };
  });
  const ofConfig = answers.newest<HoverParams, Hover | null>(null, (document, { position }) =>
    hoverConfig(document, position, client),
  );
  connection.onHover((params, cancelled) => (isConfig(documents, params) ? ofConfig : ofTopology)(params, cancelled));
  return { hoverProvider: true };
};
