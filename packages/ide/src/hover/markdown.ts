import { documentationUrl } from '@groundplan/diagnostics';
import { cell } from '../facts/words.js';

/** Paragraphs, lists and tables with empty lines between them; what is empty or undefined is left out. */
export function blocks(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join('\n\n');
}

/** A list of what there is. */
export function bullets(items: readonly (string | undefined)[]): string {
  return items
    .filter((item) => item !== undefined && item !== '')
    .map((item) => `- ${item}`)
    .join('\n');
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** The part of the reference of the language that a top-level key has. */
export function languageLink(section: string): string {
  const url = documentationUrl('schema/unknown-key').replace(/diagnostics\/.*$/, 'language.md');
  return `[Reference: ${section}](${url}#${section})`;
}
