/** What an option takes, what it means, and how a shell completes it. */
export type Option = Flag | TextOption | ListOption | CountOption | ChoiceOption;

interface Described {
  /** One line for `--help` and for shells that show it. */
  readonly summary: string;
  /** A single letter. */
  readonly short?: string;
}

export interface Flag extends Described {
  readonly kind: 'flag';
}

export interface TextOption extends Described {
  readonly kind: 'text';
  /** `FILE`, `DIR`: what stands for the value in `--help`. */
  readonly placeholder: string;
  readonly completes?: 'file' | 'folder';
}

/** Any number of words, separated by commas or each with the option before it. */
export interface ListOption extends Described {
  readonly kind: 'list';
  /** `ID`: what stands for each of them in `--help`. */
  readonly placeholder: string;
}

/** A whole number from 0. */
export interface CountOption extends Described {
  readonly kind: 'count';
  readonly placeholder: string;
}

export interface ChoiceOption<C extends string = string> extends Described {
  readonly kind: 'choice';
  readonly choices: readonly C[];
  /** The value when the option is not written. */
  readonly fallback: C;
}

/** By long name without dashes. */
export type Options = Readonly<Record<string, Option>>;

/** What the command line says for each option. */
export type Values<O extends Options> = {
  readonly [Name in keyof O]: O[Name] extends Flag
    ? boolean
    : O[Name] extends ChoiceOption<infer C>
      ? C
      : O[Name] extends ListOption
        ? readonly string[]
        : O[Name] extends CountOption
          ? number | undefined
          : string | undefined;
};

/** Keeps the exact type of a table of options while checking its form. */
export function options<const O extends Options>(table: O): O {
  return table;
}

/** Options of every command. */
export const commonOptions = options({
  color: {
    kind: 'choice',
    choices: ['auto', 'always', 'never'],
    fallback: 'auto',
    summary: 'colours: auto is on in a terminal, unless NO_COLOR is set',
  },
  directory: {
    kind: 'text',
    short: 'C',
    placeholder: 'DIR',
    completes: 'folder',
    summary: 'work as if started in DIR',
  },
  quiet: { kind: 'flag', short: 'q', summary: 'errors only: no warnings, no counts, no notes' },
  progress: { kind: 'flag', summary: 'say what takes longer than a second, in a terminal or not' },
  help: { kind: 'flag', short: 'h', summary: 'show this' },
  version: { kind: 'flag', summary: 'show the version of Groundplan' },
});

export type CommonOptions = typeof commonOptions;

/** Options of every command that looks at a topology. */
export const topologyOptions = options({
  config: {
    kind: 'text',
    placeholder: 'FILE',
    completes: 'file',
    summary: 'configuration, instead of the nearest groundplan.config.yaml',
  },
  'max-warnings': { kind: 'count', placeholder: 'N', summary: 'fail when there are more than N warnings' },
});

/** What commands that open the file of the secrets take. */
export const identityOptions = options({
  identity: {
    kind: 'text',
    short: 'i',
    placeholder: 'FILE',
    completes: 'file',
    summary: 'your age identity, as age-keygen writes it',
  },
});

/** An option as `--help` shows it: `-C, --directory DIR`, `--format text|json`. */
export function optionUsage(name: string, option: Option): string {
  const long = `--${name}`;
  const names = option.short === undefined ? long : `-${option.short}, ${long}`;
  switch (option.kind) {
    case 'flag':
      return names;
    case 'text':
    case 'count':
      return `${names} ${option.placeholder}`;
    case 'list':
      return `${names} ${option.placeholder},…`;
    case 'choice':
      return `${names} ${option.choices.join('|')}`;
  }
}
