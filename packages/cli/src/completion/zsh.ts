import type { Option, Options } from '../arguments/options.js';
import type { Words } from '../command.js';
import { type Described, flagsOf } from './described.js';

/** A completion function for zsh, to be stored as `_groundplan` in a folder of `fpath`, or sourced. */
export function zshScript({ commands, commonOptions }: Described): string {
  return [
    '#compdef groundplan',
    '# Completion of groundplan for zsh: groundplan completion zsh > "${fpath[1]}/_groundplan"',
    '',
    '_groundplan() {',
    '  local curcontext=$curcontext state line',
    '  typeset -A opt_args',
    '  _arguments -C \\',
    ...optionSpecs(commonOptions).map((spec) => `    ${spec} \\`),
    `    '1:command:->command' \\`,
    `    '*::argument:->argument'`,
    '  case $state in',
    '    command)',
    '      local -a commands=(',
    ...commands.map(({ name, summary }) => `        ${quote(`${name}:${summary}`)}`),
    '      )',
    '      _describe command commands',
    '      ;;',
    '    argument)',
    '      case $line[1] in',
    ...commands.flatMap(({ name, options, words }) => [
      `        ${name})`,
      '          _arguments \\',
      ...optionSpecs({ ...options, ...commonOptions }).map((spec) => `            ${spec} \\`),
      `            ${wordsSpec(words)}`,
      '          ;;',
    ]),
    '      esac',
    '      ;;',
    '  esac',
    '}',
    '',
    '# As a function of fpath the file is the function; sourced it defines it.',
    'if [[ $funcstack[1] == _groundplan ]]; then',
    '  _groundplan "$@"',
    'else',
    '  compdef _groundplan groundplan',
    'fi',
    '',
  ].join('\n');
}

function optionSpecs(options: Options): string[] {
  return Object.entries(options).map(([name, option]) => {
    const flags = flagsOf(name, option.short);
    const explained = `[${escapeText(option.summary)}]${valueSpec(option)}`;
    const [flag = ''] = flags;
    if (flags.length === 1) return quote(`${option.kind === 'list' ? '*' : ''}${flag}${explained}`);
    return `${quote(`(${flags.join(' ')})`)}{${flags.join(',')}}${quote(explained)}`;
  });
}

function valueSpec(option: Option): string {
  switch (option.kind) {
    case 'flag':
      return '';
    case 'choice':
      return `:choice:(${option.choices.join(' ')})`;
    case 'list':
      return ':word: ';
    case 'count':
      return ':number: ';
    case 'text':
      return option.completes === 'folder' ? ':folder:_files -/' : ':file:_files';
  }
}

function wordsSpec(words: Words | undefined): string {
  if (words === undefined) return quote('*: : ');
  const position = words.atMost === 1 ? '1' : '*';
  const { completes } = words;
  if (completes === 'topology') return quote(`${position}:topology:_files -g "*.y(a|)ml"`);
  if (completes === 'folder') return quote(`${position}:folder:_files -/`);
  return quote(`${position}:word:(${completes.map(escapeText).join(' ')})`);
}

function escapeText(text: string): string {
  return text.replace(/[[\]:\\]/g, '\\$&');
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
