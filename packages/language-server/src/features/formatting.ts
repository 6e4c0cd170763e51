import { formatting, onTypeFormatting, rangeFormatting } from '@groundplan/ide';
import type {
  DocumentFormattingParams,
  DocumentOnTypeFormattingParams,
  DocumentRangeFormattingParams,
  TextEdit,
} from 'vscode-languageserver';
import { offsetIn, spanIn, textEdits } from '../translate.js';
import type { Feature } from './index.js';

export const formattingFeature: Feature = ({ connection, answers }) => {
  connection.onDocumentFormatting(
    answers.about<DocumentFormattingParams, TextEdit[]>([], (checked) =>
      textEdits(checked, formatting(checked.snapshot)),
    ),
  );
  connection.onDocumentRangeFormatting(
    answers.about<DocumentRangeFormattingParams, TextEdit[]>([], (checked, { range }) =>
      textEdits(checked, rangeFormatting(checked.snapshot, spanIn(checked, range))),
    ),
  );
  connection.onDocumentOnTypeFormatting(
    answers.about<DocumentOnTypeFormattingParams, TextEdit[]>([], (checked, { position, ch, options }) => {
      const tabSize = typeof options?.tabSize === 'number' ? options.tabSize : 2;
      return textEdits(checked, onTypeFormatting(checked.snapshot, offsetIn(checked, position), ch, { tabSize }));
    }),
  );
  return {
    documentFormattingProvider: true,
    documentRangeFormattingProvider: true,
    documentOnTypeFormattingProvider: { firstTriggerCharacter: '\n', moreTriggerCharacter: ['}', ']'] },
  };
};
