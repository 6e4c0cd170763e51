import type { Option, Options } from '../arguments/options.js';
import type { Words } from '../command.js';
import type { Described } from './described.js';

/** A completion script for fish 3 and later, to be stored as `completions/groundplan.fish`. */
export function fishScript({ commands, commonOptions }: Described): string {
  const without = `not __fish_seen_subcommand_from ${commands.map(({ name }) => name).join(' ')}`;
  return [
    '# Completion of groundplan for fish: groundplan completion fish > ~/.config/fish/completions/groundplan.fish',
    '',
    'complete -c groundplan -f',
    ...optionLines(commonOptions, undefined),
    ...commands.map(
      ({ name, summary }) => `complete -c groundplan -n ${quote(without)} -a ${name} -d ${quote(summary)}`,
    ),
    ...commands.flatMap(({ name, options, words }) => {
      const condition = `__fish_seen_subcommand_from ${name}`;
      return ['', `# ${name}`, ...optionLines(options, condition), ...wordLines(words, condition)];
    }),
    '',
  ].join('\n');
}

function optionLines(options: Options, condition: string | undefined): string[] {
  const prefix = condition === undefined ? 'complete -c groundplan' : `complete -c groundplan -n ${quote(condition)}`;
  return Object.entries(options).map(([name, option]) => {
    const short = option.short === undefined ? '' : ` -s ${option.short}`;
    return `${prefix} -l ${name}${short}${valuePart(option)} -d ${quote(option.summary)}`;
  });
}

function valuePart(option: Option): string {
  switch (option.kind) {
    case 'flag':
      return '';
    case 'choice':
      return ` -x -a ${quote(option.choices.join(' '))}`;
    case 'count':
    case 'list':
      return ' -x';
    case 'text':
      return option.completes === 'folder' ? ` -x -a '(__fish_complete_directories)'` : ' -r -F';
  }
}

function wordLines(words: Words | undefined, condition: string): string[] {
  if (words === undefined) return [];
  const { completes } = words;
  const prefix = `complete -c groundplan -n ${quote(condition)}`;
  if (completes === 'topology')
    return [`${prefix} -a '(__fish_complete_suffix .yaml .yml; __fish_complete_directories)'`];
  if (completes === 'folder') return [`${prefix} -a '(__fish_complete_directories)'`];
  return [`${prefix} -a ${quote(completes.join(' '))}`];
}

function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
