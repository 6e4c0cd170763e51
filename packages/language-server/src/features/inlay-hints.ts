import { positionAt } from '@groundplan/diagnostics';
import { inlayHints } from '@groundplan/ide';
import type { InlayHint, InlayHintParams } from 'vscode-languageserver';
import { markupOf, spanIn, textEdits } from '../translate.js';
import type { Feature } from './index.js';

export const inlayHintFeature: Feature = ({ connection, answers, client, settings }) => {
  connection.languages.inlayHint.on(
    answers.about<InlayHintParams, InlayHint[]>([], async (checked, { range }) => {
      const { inlayHints: kinds } = await settings.of(checked.uri);
      return inlayHints(checked.snapshot, spanIn(checked, range), kinds).map(({ offset, label, tooltip, edits }) => ({
        position: positionAt(checked.snapshot.tree.lines, offset),
        label,
        paddingLeft: true,
        ...(tooltip === undefined ? {} : { tooltip: markupOf(tooltip, client.hintMarkup) }),
        ...(edits === undefined ? {} : { textEdits: textEdits(checked, edits) }),
      }));
    }),
  );
  return { inlayHintProvider: true };
};
