import { catalogue, documentationUrl, type Entry, isCode, type Severity } from '@groundplan/diagnostics';
import type { Paint } from '../terminal/paint.js';
import { wrap } from '../terminal/wrap.js';
import { pageColumns } from './page.js';
import { pageExample } from './page-example.js';

/** The page of a diagnostic; undefined when there is none of that code. */
export function explainCode(code: string, paint: Paint): string | undefined {
  if (!isCode(code)) return undefined;
  const { severity, title, docs, example } = catalogue[code] as Entry<never>;
  return [
    `${paint.bold(code)}  ${severity}`,
    '',
    paint.bold(title),
    '',
    ...docs.split(/\n{2,}/).flatMap((block) => [...blockLines(block), '']),
    ...(example === undefined
      ? pageExample(code)
      : [...exampleLines('wrong', example.wrong, paint), ...exampleLines('right', example.right, paint)]),
    ...changing(code, severity),
    '',
    paint.dim(documentationUrl(code)),
    '',
  ].join('\n');
}

/** A paragraph of Markdown is filled; code, lists and tables stay as they are. */
function blockLines(block: string): string[] {
  return /^(?:```|[-*|>#]|\d+\. | {4})/.test(block) ? block.split('\n') : wrap(block.trim(), pageColumns);
}

/** How to live with what is no error. */
function changing(code: string, severity: Severity): string[] {
  if (severity === 'error') return ['This is an error: it can neither be ignored nor made less.'];
  return [
    'To accept it in one place, write above the line that is marked:',
    `  # groundplan-ignore-next-line ${code}: reason`,
    'To change it everywhere, write in groundplan.config.yaml:',
    `  rules: { ${code}: off }`,
  ];
}

function exampleLines(title: string, text: string, paint: Paint): string[] {
  return [paint.cyan(title), ...text.split('\n').map((line) => `  ${line}`), ''];
}
