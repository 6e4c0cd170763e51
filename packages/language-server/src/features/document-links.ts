import { documentLinks } from '@groundplan/ide';
import type { DocumentLink, DocumentLinkParams } from 'vscode-languageserver';
import { rangeIn } from '../translate.js';
import { folderOf, resolveIn } from '../uris.js';
import type { Feature } from './index.js';

export const documentLinkFeature: Feature = ({ connection, answers, client }) => {
  connection.onDocumentLinks(
    answers.about<DocumentLinkParams, DocumentLink[]>([], (checked) => {
      const folder = folderOf(checked.uri);
      return documentLinks(checked.snapshot).flatMap(({ span, target, tooltip }) => {
        if (target.kind === 'file' && folder === undefined) return [];
        const address = target.kind === 'url' ? target.url : resolveIn(folder ?? '', target.path);
        return [{ range: rangeIn(checked, span), target: address, ...(client.linkTooltips ? { tooltip } : {}) }];
      });
    }),
  );
  return { documentLinkProvider: {} };
};
