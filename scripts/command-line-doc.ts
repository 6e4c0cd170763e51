import { commandUsage } from '../packages/cli/src/arguments/help.js';
import { commonOptions, type Options, optionUsage } from '../packages/cli/src/arguments/options.js';
import { commands } from '../packages/cli/src/commands/index.js';

/** The page of the command line: what `--help` of every command says. */
export async function commandLineDoc(): Promise<string> {
  const loaded = await Promise.all(commands.map(async (entry) => ({ ...entry, command: await entry.load() })));
  return `${[
    '# The command line',
    '`groundplan COMMAND [OPTIONS]`. This page is what `groundplan COMMAND --help` says of every command; `groundplan explain` has the pages of [diagnostics](diagnostics/README.md) and of [fields](language.md).',
    table(
      ['command', 'does'],
      loaded.map(({ name, summary }) => [`[\`${name}\`](#${name})`, summary]),
    ),
    '## Of every command',
    table(['option', 'does'], optionRows(commonOptions)),
    'A FILE that is left out is `topology.yaml` in the current folder; a folder means the `topology.yaml` in it, `-` standard input. Only what was asked for goes to standard output; notes, progress and problems of the command itself go to standard error.',
    '| exit code | means |\n|---|---|\n| 0 | no errors (warnings are allowed, up to `--max-warnings`) |\n| 1 | the topology has errors, or `--check` found a difference |\n| 2 | wrong use, a file that cannot be read, a tool that is missing, or a failure of Groundplan itself |',
    ...loaded.flatMap(({ name, command }) => [
      `## ${name}`,
      ...command.about.map(escaped),
      fence([commandUsage(name, command)]),
      ...(Object.keys(command.options).length === 0 ? [] : [table(['option', 'does'], optionRows(command.options))]),
      fence(examples(command.examples)),
    ]),
  ].join('\n\n')}\n`;
}

function optionRows(options: Options): string[][] {
  return Object.entries(options).map(([name, option]) => {
    const fallback = option.kind === 'choice' ? ` (\`${option.fallback}\` by default)` : '';
    return [`\`${optionUsage(name, option).replaceAll('|', '\\|')}\``, `${escaped(option.summary)}${fallback}`];
  });
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [heads, heads.map(() => '---'), ...rows.map((row) => row.map((cell) => cell.replaceAll('\n', ' ')))];
  return lines.map((cells) => (cells[0] === '---' ? `|${cells.join('|')}|` : `| ${cells.join(' | ')} |`)).join('\n');
}

function fence(lines: readonly string[]): string {
  return ['```', ...lines, '```'].join('\n');
}

function examples(all: readonly { readonly command: string; readonly does: string }[]): string[] {
  const width = Math.max(...all.map(({ command }) => command.length));
  return all.map(({ command, does }) => `${command.padEnd(width)}  # ${does}`);
}

/** Prose is plain text, in which nothing is Markdown. */
function escaped(text: string): string {
  return text.replace(/[*<>[\]]/g, '\\$&');
}
