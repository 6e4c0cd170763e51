import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Beside the bundle; in the repository when the sources themselves run. */
const places = ['./diagnostics/', '../../../../docs/diagnostics/'];

/**
 * The example of a diagnostic's page, for a terminal: what is code in the page is indented, without its fences. Empty when the
 * page has none, or this installation has no pages.
 */
export function pageExample(code: string): string[] {
  const page = places
    .map((place) => fileURLToPath(new URL(`${place}${code}.md`, import.meta.url)))
    .find((path) => existsSync(path));
  const example =
    page === undefined
      ? undefined
      : /\n## Example\n([\s\S]*?)\n(?:## |An error )/.exec(readFileSync(page, 'utf8'))?.[1];
  if (example === undefined) return [];
  let isCode = false;
  const lines = example.split('\n').flatMap((line) => {
    if (line.startsWith('```')) {
      isCode = !isCode;
      return [];
    }
    return [isCode && line !== '' ? `  ${line}` : line];
  });
  return [
    'Example',
    ...lines
      .join('\n')
      .replace(/\n{3,}/g, '\n\n')
      .trimEnd()
      .split('\n'),
    '',
  ];
}
