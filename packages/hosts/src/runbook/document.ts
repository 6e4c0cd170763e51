import type { Host } from '@groundplan/model';

/** What an operator does with a topology that runs: a document whose commands can be run one by one. */
export interface Runbook {
  readonly title: string;
  readonly intro: readonly Block[];
  readonly chapters: readonly Chapter[];
}

export interface Chapter {
  /** Each is there once. */
  readonly title: string;
  readonly blocks: readonly (Block | Section)[];
}

export interface Section {
  readonly kind: 'section';
  /** Each is there once in the document. */
  readonly title: string;
  readonly blocks: readonly Block[];
}

export type Block =
  /** A paragraph or a list, in Markdown. */
  | { readonly kind: 'text'; readonly markdown: string }
  | { readonly kind: 'table'; readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] }
  | Command;

/** Where a command is run: as root on hosts, or by the operator beside the topology. */
export type Where =
  | { readonly kind: 'own-computer' }
  /** `which` says which of several hosts, as in "the one that the alert names". */
  | { readonly kind: 'hosts'; readonly hosts: readonly Host[]; readonly which: Which };

/** Any one of them will do; each has its turn; or one that only the operator knows, in a few words. */
export type Which = 'any' | 'each' | { readonly the: string };

export interface Command {
  readonly kind: 'command';
  /** What it does, in a few words without a full stop. */
  readonly title: string;
  readonly where: Where;
  /** Lines for bash or sh. What it needs to be told are variables that `inputs` names. */
  readonly script: string;
  /** What whoever runs it has to fill in, by variable: a value as it might be. */
  readonly inputs: Readonly<Record<string, string>>;
  /** What is to be seen then, in Markdown. */
  readonly expect: string | undefined;
}

/** A command with where in the document it stands. */
export interface PlacedCommand extends Command {
  readonly chapter: string;
  readonly section: string | undefined;
}

/** Every command of a runbook, in order. */
export function runbookCommands({ intro, chapters }: Runbook): PlacedCommand[] {
  return [
    ...commandsIn(intro, 'intro'),
    ...chapters.flatMap(({ title, blocks }) =>
      blocks.flatMap((block) =>
        block.kind === 'section' ? commandsIn(block.blocks, title, block.title) : commandsIn([block], title),
      ),
    ),
  ];
}

function commandsIn(blocks: readonly Block[], chapter: string, section?: string): PlacedCommand[] {
  return blocks.flatMap((block) => (block.kind === 'command' ? [{ ...block, chapter, section }] : []));
}
