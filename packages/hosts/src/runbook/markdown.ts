import type { Host } from '@groundplan/model';
import { shellWord } from '../shell.js';
import type { Block, Command, Runbook, Section, Where } from './document.js';

/** A runbook as it is written beside Terraform's files. */
export function runbookMarkdown({ title, intro, chapters }: Runbook): string {
  const contents = chapters.map((chapter) => `- ${link(chapter.title)}`).join('\n');
  const parts = [
    `# ${title}`,
    ...intro.map(blockText),
    contents,
    ...chapters.flatMap((chapter) => [`## ${chapter.title}`, ...chapter.blocks.flatMap(partsOf)]),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** A link to a heading of the same document, by the anchor that GitHub, GitLab and editors give it. */
export function link(heading: string): string {
  const anchor = heading
    .toLowerCase()
    .replace(/[^a-z0-9 _-]/g, '')
    .replaceAll(' ', '-');
  return `[${heading}](#${anchor})`;
}

/** Text as code within a line; what comes from the topology may hold anything. */
export function code(text: string): string {
  const shown = text.replace(/\s+/g, ' ');
  const runs = [...shown.matchAll(/`+/g)].map(([run]) => run.length);
  const fence = '`'.repeat(Math.max(0, ...runs) + 1);
  return runs.length === 0 ? `${fence}${shown}${fence}` : `${fence} ${shown} ${fence}`;
}

/** "a", "a and b", "a, b and c". */
export function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}

/** Where a command is run, in the words of the comment that it begins with. */
export function whereText(where: Where): string {
  if (where.kind === 'own-computer') return 'on your own computer';
  const { hosts, which } = where;
  const names = hostNames(hosts);
  const all = names.join(', ');
  if (hosts.length === 1) return `on ${all}`;
  if (which === 'any') return `on any of ${all}`;
  if (which === 'each') return `on each of ${all}, one after the other`;
  return names.length > mostNames ? `on ${which.the}` : `on ${which.the}: ${all}`;
}

/** More names than these say less than the words before them. */
const mostNames = 5;

/** Names of hosts; of many that differ in their number alone the first and the last. */
function hostNames(hosts: readonly Host[]): string[] {
  const groups = new Map<string, string[]>();
  for (const { name } of hosts) {
    const kind = name.replace(/\d+$/, '');
    groups.set(kind, [...(groups.get(kind) ?? []), name]);
  }
  return [...groups.values()].flatMap((names) => (names.length > 3 ? [`${names[0]} … ${names.at(-1)}`] : names));
}

function partsOf(block: Block | Section): string[] {
  return block.kind === 'section' ? [`### ${block.title}`, ...block.blocks.map(blockText)] : [blockText(block)];
}

function blockText(block: Block): string {
  switch (block.kind) {
    case 'text':
      return block.markdown;
    case 'table':
      return [block.head, block.head.map(() => '---'), ...block.rows].map(rowText).join('\n');
    case 'command':
      return commandText(block);
  }
}

function rowText(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

function commandText({ title, where, inputs, script, expect }: Command): string {
  const values = Object.entries(inputs).map(([name, value]) => `${name}=${shellWord(value)}`);
  const lines = [`**${title}**`, '', '```sh', `# ${whereText(where)}`, ...values, script, '```'];
  return [...lines, ...(expect === undefined ? [] : ['', expect])].join('\n');
}
