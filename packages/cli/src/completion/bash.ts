import type { Option, Options } from '../arguments/options.js';
import type { Words } from '../command.js';
import { type Described, flagsOf } from './described.js';

/** A completion script for bash 4 and later. It needs no other package. */
export function bashScript({ commands, commonOptions }: Described): string {
  const all = (options: Options) => ({ ...options, ...commonOptions });
  return [
    '# Completion of groundplan for bash: source <(groundplan completion bash)',
    '',
    '_groundplan() {',
    '  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} command= index=1',
    '  COMPREPLY=()',
    '  while ((index < COMP_CWORD)); do',
    '    case ${COMP_WORDS[index]} in',
    `      ${valueFlags(commonOptions).join('|')}) ((index++)) ;;`,
    '      -*) ;;',
    '      *) command=${COMP_WORDS[index]}; break ;;',
    '    esac',
    '    ((index++))',
    '  done',
    '  case $command:$previous in',
    ...commands.flatMap(({ name, options }) => valueCases(name, all(options))),
    ...valueCases('', commonOptions),
    '  esac',
    '  if [[ $current == -* ]]; then',
    '    case $command in',
    ...commands.map(({ name, options }) => `      ${name}) _groundplan_words '${allFlags(all(options)).join(' ')}' ;;`),
    `      *) _groundplan_words '${allFlags(commonOptions).join(' ')}' ;;`,
    '    esac',
    '    return',
    '  fi',
    '  case $command in',
    ...commands.map(({ name, words }) => `    ${name}) ${wordsCommand(words)} ;;`),
    `    '') _groundplan_words '${commands.map(({ name }) => name).join(' ')}' ;;`,
    '  esac',
    '}',
    '',
    '_groundplan_words() {',
    "  local IFS=$' \\t\\n'",
    '  COMPREPLY=($(compgen -W "$1" -- "$current"))',
    '}',
    '',
    '_groundplan_files() {',
    '  compopt -o filenames 2>/dev/null',
    "  local IFS=$'\\n'",
    '  COMPREPLY=($(compgen -d -- "$current") $(compgen -f -X "!$1" -- "$current"))',
    '}',
    '',
    '_groundplan_folders() {',
    '  compopt -o filenames 2>/dev/null',
    "  local IFS=$'\\n'",
    '  COMPREPLY=($(compgen -d -- "$current"))',
    '}',
    '',
    'complete -F _groundplan groundplan',
    '',
  ].join('\n');
}

function valueCases(command: string, options: Options): string[] {
  return Object.entries(options).flatMap(([name, option]) => {
    if (option.kind === 'flag') return [];
    const pattern = flagsOf(name, option.short)
      .map((flag) => `${command}:${flag}`)
      .join('|');
    return [`    ${pattern}) ${valueCommand(option)}; return ;;`];
  });
}

function valueCommand(option: Exclude<Option, { kind: 'flag' }>): string {
  switch (option.kind) {
    case 'choice':
      return `_groundplan_words '${option.choices.join(' ')}'`;
    case 'count':
    case 'list':
      return ':';
    case 'text':
      return option.completes === 'folder' ? '_groundplan_folders' : `_groundplan_files '*'`;
  }
}

function wordsCommand(words: Words | undefined): string {
  if (words === undefined) return ':';
  switch (words.completes) {
    case 'topology':
      return `_groundplan_files '*.y*ml'`;
    case 'folder':
      return '_groundplan_folders';
    default:
      return `_groundplan_words '${words.completes.join(' ')}'`;
  }
}

function allFlags(options: Options): string[] {
  return Object.keys(options).map((name) => `--${name}`);
}

function valueFlags(options: Options): string[] {
  return Object.entries(options).flatMap(([name, { kind, short }]) => (kind === 'flag' ? [] : flagsOf(name, short)));
}
