import { parseArgs } from 'node:util';
import type { Option, Options, Values } from './options.js';

/** A command line that was understood. */
export interface Understood<O extends Options> {
  readonly kind: 'understood';
  readonly values: Values<O>;
  /** What is no option, in order. */
  readonly words: readonly string[];
  /** What stands after `--`. */
  readonly rest: readonly string[];
}

/** A command line that was not; the first mistake in it. */
export type Misunderstood =
  | { readonly kind: 'unknown-option'; readonly written: string }
  | { readonly kind: 'wrong-value'; readonly message: string };

/** Reads `args` by a table of options. Where an option stands twice, the last one counts, unless it takes a list. */
export function parseCommandLine<O extends Options>(args: readonly string[], table: O): Understood<O> | Misunderstood {
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(Object.entries(table).map(([name, option]) => [name, forParseArgs(option)])),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const values: Record<string, unknown> = fallbacks(table);
  const words: string[] = [];
  let end = args.length;
  for (const token of tokens) {
    if (token.kind === 'option-terminator') {
      end = token.index;
    } else if (token.kind === 'positional') {
      if (token.index < end) words.push(token.value);
    } else {
      if (!Object.hasOwn(table, token.name)) return { kind: 'unknown-option', written: token.rawName };
      const read = readValue(token.rawName, table[token.name] as Option, token.value, token.inlineValue === true);
      if ('message' in read) return { kind: 'wrong-value', message: read.message };
      const before = values[token.name];
      values[token.name] = Array.isArray(before) ? [...before, ...(read.value as string[])] : read.value;
    }
  }
  return { kind: 'understood', values: values as Values<O>, words, rest: args.slice(end + 1) };
}

function forParseArgs(option: Option): { type: 'boolean' | 'string'; short?: string } {
  const type = option.kind === 'flag' ? 'boolean' : 'string';
  return option.short === undefined ? { type } : { type, short: option.short };
}

function fallbacks(table: Options): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(table).map(([name, option]) => {
      return [name, fallback(option)];
    }),
  );
}

function fallback(option: Option): unknown {
  switch (option.kind) {
    case 'flag':
      return false;
    case 'choice':
      return option.fallback;
    case 'list':
      return [];
    default:
      return undefined;
  }
}

function readValue(
  written: string,
  option: Option,
  value: string | undefined,
  inline: boolean,
): { value: unknown } | { message: string } {
  if (option.kind === 'flag') return value === undefined ? { value: true } : { message: `${written} takes no value` };
  if (value === undefined || value === '' || (!inline && /^-./.test(value)))
    return { message: `${written} needs ${wanted(option)}` };
  switch (option.kind) {
    case 'text':
      return { value };
    case 'list':
      return { value: value.split(',').filter((word) => word !== '') };
    case 'count':
      return /^\d{1,9}$/.test(value)
        ? { value: Number(value) }
        : { message: `${written} takes ${wanted(option)}, not "${value}"` };
    case 'choice':
      return option.choices.includes(value)
        ? { value }
        : { message: `${written} takes ${wanted(option)}, not "${value}"` };
  }
}

function wanted(option: Exclude<Option, { kind: 'flag' }>): string {
  switch (option.kind) {
    case 'text':
      return option.placeholder === 'DIR' ? 'a folder' : 'a file';
    case 'list':
      return `${option.placeholder}, or several with commas between them`;
    case 'count':
      return 'a number from 0';
    case 'choice':
      return `one of ${option.choices.join(', ')}`;
  }
}
