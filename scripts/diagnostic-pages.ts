import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Code, catalogue, type Entry } from '@groundplan/diagnostics';
import { analyse } from '@groundplan/model';
import { frame } from '../test/support/frame.js';

/** The page of every diagnostic, by its path under docs/diagnostics; made of the catalogue and the cases of the tests. */
export function diagnosticPages(root: string): Map<string, string> {
  const codes = (Object.keys(catalogue) as Code[]).sort();
  const pages = new Map(codes.map((code) => [`${code}.md`, page(root, code)]));
  pages.set('README.md', index(codes));
  return pages;
}

function page(root: string, code: Code): string {
  const { title, severity, docs } = entryOf(code);
  return `# ${title}

\`${code}\` · ${severity}

${docs.trim()}

${example(root, code)}
${suppression(code, severity)}`;
}

/** The entry without the particular type of its facts. */
function entryOf(code: Code): Entry<never> {
  return catalogue[code];
}

function example(root: string, code: Code): string {
  const folder = join(root, 'test/cases', code);
  if (existsSync(join(folder, 'topology.yaml'))) {
    const wrong = readFileSync(join(folder, 'topology.yaml'), 'utf8');
    const right = readFileSync(join(folder, 'fixed.yaml'), 'utf8');
    const own = analyse(wrong).diagnostics.filter((diagnostic) => diagnostic.code === code);
    const shown = own.map((diagnostic) => frame(wrong, diagnostic)).join('\n');
    return [
      '## Example',
      fenced('yaml', wrong),
      'gives',
      fenced('text', shown),
      'and is mended like this:',
      fenced('diff', lineDifference(wrong, right)),
    ].join('\n\n');
  }
  const { example: written } = entryOf(code);
  if (written === undefined)
    throw new Error(`${code} has neither a case in test/cases nor an example in the catalogue`);
  return [
    '## Example',
    fenced(written.language, written.wrong),
    'is mended like this:',
    fenced(written.language, written.right),
  ].join('\n\n');
}

function fenced(language: string, text: string): string {
  return `\`\`\`${language}\n${text.replace(/\n+$/, '')}\n\`\`\``;
}

function suppression(code: Code, severity: string): string {
  if (severity === 'error') return '\nAn error cannot be ignored.\n';
  return `
## When you mean it

Say so on the line above, with the reason:

\`\`\`yaml
# groundplan-ignore-next-line ${code}: the reason
\`\`\`

or change its severity for the whole project in \`groundplan.config.yaml\`:

\`\`\`yaml
rules: { ${code}: off }
\`\`\`
`;
}

/** The changed lines with two around them, as \`diff\` shows them: by the longest common subsequence, for short texts. */
function lineDifference(before: string, after: string): string {
  const a = before.replace(/\n$/, '').split('\n');
  const b = after.replace(/\n$/, '').split('\n');
  const lengths = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  const at = (i: number, j: number) => lengths[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const row = lengths[i];
      if (row) row[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const lines: string[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      lines.push(` ${a[i]}`);
      i++;
      j++;
    } else if (i < a.length && (j >= b.length || at(i + 1, j) >= at(i, j + 1))) {
      lines.push(`-${a[i++]}`);
    } else {
      lines.push(`+${b[j++]}`);
    }
  }
  const near = (index: number) => lines.slice(Math.max(0, index - 2), index + 3).some((line) => !line.startsWith(' '));
  return lines.filter((_, index) => near(index)).join('\n');
}

function index(codes: readonly Code[]): string {
  const areas = [...new Set(codes.map((code) => code.slice(0, code.indexOf('/'))))];
  const sections = areas.map((area) => {
    const rows = codes
      .filter((code) => code.startsWith(`${area}/`))
      .map((code) => `| [${code}](${code}.md) | ${entryOf(code).severity} | ${entryOf(code).title} |`);
    return `## ${area}\n\n| code | severity | what is wrong |\n|---|---|---|\n${rows.join('\n')}`;
  });
  return `# Diagnostics

What \`groundplan check\` and the editor can say. Errors must be mended; warnings and below can be ignored on one line, with a reason.

${sections.join('\n\n')}
`;
}
