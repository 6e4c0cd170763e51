import { type Code, catalogue, lineText, positionAt } from '@groundplan/diagnostics';
import type { CommentCursor } from '../cursor/index.js';
import type { CompletionItem } from '../results.js';
import type { Snapshot } from '../snapshot.js';
import { lineStartAt } from '../tree/indentation.js';

const directive = 'groundplan-ignore-next-line';

/** In a comment: the directive that ignores a diagnostic, then the codes that the next line has, then all others that can be ignored. */
export function inComment({ tree, diagnostics }: Snapshot, { offset, span }: CommentCursor): readonly CompletionItem[] {
  const written = tree.text.slice(span.start, offset);
  const lineStart = lineStartAt(tree.text, span.start);
  const isAlone = tree.text.slice(lineStart, span.start).trim() === '';
  const word = /^#\s*([\w-]*)$/.exec(written)?.[1];
  if (word !== undefined) {
    const rest = /^[\w-]*/.exec(tree.text.slice(offset, span.end))?.[0].length ?? 0;
    if (
      !isAlone ||
      !directive.startsWith(word) ||
      tree.text.slice(span.start, span.end).includes(' ', offset - span.start)
    )
      return [];
    const start = offset - word.length;
    const gap = word === '' && tree.text[offset - 1] === '#' ? ' ' : '';
    return [
      {
        label: directive,
        kind: 'key',
        detail: 'ignore a warning on the next line',
        documentation: `\`# ${directive} dns/ttl-high: why\` ignores diagnostics of these codes on the next line that holds something. Errors cannot be ignored; a comment that ignores nothing is said to.`,
        edit: { span: { start, end: offset + rest }, newText: `${gap}${directive} ` },
        sortText: '50000',
        continues: true,
      },
    ];
  }
  const codes = new RegExp(`^#\\s*${directive}\\s+((?:[^\\s,:]+[\\s,]+)*)([^\\s,:]*)$`).exec(written);
  if (codes === null) return [];
  const typed = codes[2] ?? '';
  const taken = new Set((codes[1] ?? '').split(/[\s,]+/));
  const end = offset + (/^[^\s,:]*/.exec(tree.text.slice(offset, span.end))?.[0].length ?? 0);
  const here = codesBelow({ tree, diagnostics }, offset);
  const all = Object.keys(catalogue).filter(isIgnorable).sort();
  return [...here, ...all.filter((code) => !here.includes(code as Code))]
    .filter((code) => !taken.has(code))
    .map((code, order) => ({
      label: code,
      kind: 'value',
      detail: catalogue[code as Code].title,
      edit: { span: { start: offset - typed.length, end }, newText: code },
      sortText: `${order < here.length ? 4 : 5}${String(order).padStart(4, '0')}`,
    }));
}

/** The codes of the diagnostics, other than errors, on the next line that holds something. */
function codesBelow({ tree, diagnostics }: Pick<Snapshot, 'tree' | 'diagnostics'>, offset: number): readonly Code[] {
  let line = positionAt(tree.lines, offset).line + 1;
  while (line < tree.lines.starts.length && /^\s*(?:#|$)/.test(lineText(tree.lines, line))) line++;
  const found = diagnostics.filter(({ severity, span }) => {
    return severity !== 'error' && positionAt(tree.lines, span.start).line === line;
  });
  return [...new Set(found.map(({ code }) => code))].filter(isIgnorable);
}

function isIgnorable(code: string): boolean {
  const { severity } = catalogue[code as Code];
  return severity !== 'error' && !/^(suppression|config)\//.test(code);
}
