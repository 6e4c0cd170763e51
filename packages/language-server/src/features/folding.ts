import { foldings } from '@groundplan/ide';
import { type FoldingRange, FoldingRangeKind, type FoldingRangeParams } from 'vscode-languageserver';
import type { Feature } from './index.js';

export const foldingFeature: Feature = ({ connection, answers }) => {
  connection.onFoldingRanges(
    answers.about<FoldingRangeParams, FoldingRange[]>([], ({ snapshot }) =>
      foldings(snapshot).map(({ startLine, endLine, kind }) => ({
        startLine,
        endLine,
        // "Region" is for marks that fold on purpose; a map that can be folded has no kind.
        ...(kind === 'comment' ? { kind: FoldingRangeKind.Comment } : {}),
      })),
    ),
  );
  return { foldingRangeProvider: true };
};
