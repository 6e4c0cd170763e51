import { indexLines, isCode, lineText } from '@groundplan/diagnostics';
import { codePage } from '@groundplan/ide';
import type { Hover, Position } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Client } from '../client.js';
import { markupOf } from '../translate.js';

/** What a diagnostic is about whose severity a configuration changes. */
export function hoverConfig(document: TextDocument, { line, character }: Position, client: Client): Hover | null {
  const text = lineText(indexLines(document.getText()), line);
  for (const { 0: code, index } of text.matchAll(/[a-z]+\/[a-z-]+/g)) {
    const end = index + code.length;
    if (!isCode(code) || character < index || end < character) continue;
    return {
      contents: markupOf(codePage(code), client.hoverMarkup),
      range: { start: { line, character: index }, end: { line, character: end } },
    };
  }
  return null;
}
