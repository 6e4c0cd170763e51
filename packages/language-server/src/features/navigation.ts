import { definition, highlights, references } from '@groundplan/ide';
import {
  type DefinitionLink,
  type DefinitionParams,
  type DocumentHighlight,
  DocumentHighlightKind,
  type DocumentHighlightParams,
  type Location,
  type ReferenceParams,
} from 'vscode-languageserver';
import { locationIn, offsetIn, rangeIn } from '../translate.js';
import type { Feature } from './index.js';

export const navigationFeature: Feature = ({ connection, answers, client }) => {
  connection.onDefinition(
    answers.about<DefinitionParams, Location[] | DefinitionLink[] | null>(null, (checked, { position }) => {
      const found = definition(checked.snapshot, offsetIn(checked, position));
      if (found === undefined) return null;
      if (!client.definitionLinks) return found.targets.map(({ nameSpan }) => locationIn(checked, nameSpan));
      return found.targets.map(({ span, nameSpan }) => ({
        originSelectionRange: rangeIn(checked, found.origin),
        targetUri: checked.uri,
        targetRange: rangeIn(checked, span),
        targetSelectionRange: rangeIn(checked, nameSpan),
      }));
    }),
  );
  connection.onReferences(
    answers.about<ReferenceParams, Location[]>([], (checked, { position, context }) => {
      const includeDeclaration = context?.includeDeclaration !== false;
      const found = references(checked.snapshot, offsetIn(checked, position), { includeDeclaration });
      return found.map((span) => locationIn(checked, span));
    }),
  );
  connection.onDocumentHighlight(
    answers.about<DocumentHighlightParams, DocumentHighlight[]>([], (checked, { position }) =>
      highlights(checked.snapshot, offsetIn(checked, position)).map(({ span, kind }) => ({
        range: rangeIn(checked, span),
        kind: kind === 'write' ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
      })),
    ),
  );
  return { definitionProvider: true, referencesProvider: true, documentHighlightProvider: true };
};
