import type { Command } from '../command.js';
import type { CommandEntry } from '../commands/index.js';
import { wrap } from '../terminal/wrap.js';
import { commonOptions, type Options, optionUsage } from './options.js';

/** What `groundplan --help` shows. */
export function generalHelp(commands: readonly CommandEntry[]): string {
  return text([
    'One topology.yaml, highly available infrastructure on Hetzner Cloud.',
    '',
    'groundplan COMMAND [OPTIONS]',
    '',
    ...section(
      'Commands',
      commands.map(({ name, summary }) => [name, summary]),
    ),
    ...section('Options of every command', optionRows(commonOptions)),
    ...section('Examples', [
      ['groundplan check', 'what is wrong with the topologies under this folder'],
      ['groundplan build', 'compiles topology.yaml into build/'],
      ['groundplan COMMAND --help', 'more about a command'],
    ]),
    'Exit codes: 0 no errors; 1 the topology has errors, or --check found a difference; 2 the command could not do its work.',
  ]);
}

/** What `groundplan COMMAND --help` shows. */
export function commandHelp({ name }: CommandEntry, command: Command): string {
  return text([
    ...command.about.flatMap((paragraph) => [...wrap(paragraph, 100), '']),
    commandUsage(name, command),
    '',
    ...section('Options', optionRows(command.options)),
    ...section('Options of every command', optionRows(commonOptions)),
    ...section(
      'Examples',
      command.examples.map(({ command: line, does }) => [line, does]),
    ),
  ]);
}

/** `groundplan plan [FILE] [OPTIONS] [-- TERRAFORM ARGUMENTS]`. */
export function commandUsage(name: string, command: Command): string {
  const rest = command.rest === undefined ? [] : [`[-- ${command.rest}]`];
  return ['groundplan', name, ...wordsUsage(command), '[OPTIONS]', ...rest].join(' ');
}

function wordsUsage({ words }: Command): string[] {
  if (words === undefined) return [];
  const shown = `${words.placeholder}${words.atMost === 'any' ? '…' : ''}`;
  return [words.atLeast === 0 ? `[${shown}]` : shown];
}

function optionRows(options: Options): [string, string][] {
  return Object.entries(options).map(([name, option]) => {
    const fallback = option.kind === 'choice' ? ` (${option.fallback} by default)` : '';
    return [optionUsage(name, option), `${option.summary}${fallback}`];
  });
}

function section(title: string, rows: readonly (readonly [string, string])[]): string[] {
  if (rows.length === 0) return [];
  const width = Math.max(...rows.map(([left]) => left.length));
  return [title, ...rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`), ''];
}

function text(lines: readonly string[]): string {
  return `${lines.join('\n').trimEnd()}\n`;
}
