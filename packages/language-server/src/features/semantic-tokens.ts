import { type SemanticToken, semanticTokenModifiers, semanticTokens, semanticTokenTypes } from '@groundplan/ide';
import {
  type SemanticTokens,
  SemanticTokensBuilder,
  type SemanticTokensDelta,
  type SemanticTokensDeltaParams,
  type SemanticTokensParams,
  type SemanticTokensRangeParams,
} from 'vscode-languageserver';
import type { Checked } from '../analyses.js';
import { rangeIn, spanIn } from '../translate.js';
import type { Feature } from './index.js';

export const semanticTokensFeature: Feature = ({ connection, answers, documents }) => {
  const { semanticTokens: requests } = connection.languages;
  const builders = new Map<string, SemanticTokensBuilder>();
  documents.onClose(({ uri }) => builders.delete(uri));
  const builderOf = (uri: string) => {
    const builder = builders.get(uri) ?? new SemanticTokensBuilder();
    builders.set(uri, builder);
    return builder;
  };

  requests.on(
    answers.about<SemanticTokensParams, SemanticTokens>({ data: [] }, (checked) => {
      // With an id that it does not know it begins anew.
      const builder = builderOf(checked.uri);
      builder.previousResult('');
      put(builder, checked, semanticTokens(checked.snapshot));
      return builder.build();
    }),
  );
  requests.onDelta(
    answers.about<SemanticTokensDeltaParams, SemanticTokens | SemanticTokensDelta>({ data: [] }, (checked, params) => {
      const builder = builderOf(checked.uri);
      builder.previousResult(params.previousResultId);
      put(builder, checked, semanticTokens(checked.snapshot));
      return builder.buildEdits();
    }),
  );
  requests.onRange(
    answers.about<SemanticTokensRangeParams, SemanticTokens>({ data: [] }, (checked, { range }) => {
      const builder = new SemanticTokensBuilder();
      put(builder, checked, semanticTokens(checked.snapshot, spanIn(checked, range)));
      return { data: builder.build().data };
    }),
  );
  return {
    semanticTokensProvider: {
      legend: { tokenTypes: [...semanticTokenTypes], tokenModifiers: [...semanticTokenModifiers] },
      full: { delta: true },
      range: true,
    },
  };
};

function put(builder: SemanticTokensBuilder, checked: Checked, tokens: readonly SemanticToken[]): void {
  for (const { span, type, modifiers } of tokens) {
    const { start } = rangeIn(checked, span);
    const bits = modifiers.reduce((all, each) => all | (1 << semanticTokenModifiers.indexOf(each)), 0);
    builder.push(start.line, start.character, span.end - span.start, semanticTokenTypes.indexOf(type), bits);
  }
}
