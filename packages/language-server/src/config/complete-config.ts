import { catalogue, indexLines, lineText, type Position } from '@groundplan/diagnostics';
import { type CompletionItem, CompletionItemKind, type MarkupKind } from 'vscode-languageserver';
import { markupOf } from '../translate.js';

const severities: Readonly<Record<string, string>> = {
  off: 'Not shown at all.',
  error: 'Nothing is built.',
  warning: 'Shown, and counted by --max-warnings.',
  information: 'Shown.',
  hint: 'Shown where the editor shows hints.',
};

/** In `groundplan.config.yaml`: the section, the codes whose severity may differ, and the severities. */
export function completeConfig(text: string, position: Position, markup: MarkupKind): CompletionItem[] {
  const lines = indexLines(text);
  const before = lineText(lines, position.line).slice(0, position.character);
  const wordOf = (pattern: RegExp) => pattern.exec(before)?.groups?.['word'];
  const item = (word: string, label: string, newText: string, documentation: string, kind: CompletionItemKind) => ({
    label,
    kind,
    documentation: markupOf(documentation, markup),
    textEdit: {
      range: { start: { line: position.line, character: position.character - word.length }, end: position },
      newText,
    },
  });

  const section = wordOf(/^(?<word>[a-z]*)$/);
  if (section !== undefined)
    return /^rules *:/m.test(text)
      ? []
      : [item(section, 'rules', 'rules:', 'Severities that differ from the catalogue’s.', CompletionItemKind.Property)];
  const severity = wordOf(/[a-z]+\/[a-z-]+["']?: +["']?(?<word>[a-z]*)$/);
  if (severity !== undefined)
    return Object.entries(severities).map(([name, meaning]) =>
      item(severity, name, name, meaning, CompletionItemKind.EnumMember),
    );
  const code = wordOf(/^(?:\s+|rules *: *\{(?:[^{}]*,)? *)["']?(?<word>[a-z/-]*)$/);
  if (code === undefined) return [];
  return Object.entries(catalogue)
    .filter(([name, entry]) => entry.severity !== 'error' && !text.includes(`${name}:`))
    .map(([name, entry]) => item(code, name, `${name}: `, entry.docs, CompletionItemKind.Property))
    .sort((a, b) => (a.label < b.label ? -1 : 1));
}
