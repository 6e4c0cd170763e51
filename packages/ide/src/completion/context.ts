import type { Edit, Span } from '@groundplan/diagnostics';
import { fieldSchema, type SchemaNode } from '@groundplan/model/language';
import { entryOf, nodeAt, toData } from '@groundplan/syntax';
import type { CompletionKind } from '../results.js';
import type { Snapshot } from '../snapshot.js';
import type { Body, Scalar } from './body.js';
import type { Data } from './schema.js';

export interface CompletionOptions {
  /** Whether the client understands snippets. */
  readonly snippets: boolean;
  /** Whether a place in them may be a choice of words; it may unless this says no. */
  readonly choices?: boolean;
  /** Whether it asks by itself for what comes behind an item that `continues`. */
  readonly asksAgain?: boolean;
  /** What the folder of the topology is called. */
  readonly folderName?: string;
  /** The names in a folder, relative to the topology's (`''` for its own); those of folders end in `/`. */
  readonly listFiles?: (folder: string) => readonly string[];
}

/** What proposals are made from. */
export interface Context extends Snapshot {
  readonly options: CompletionOptions;
  /** What stands between the beginning of the word and the cursor. */
  readonly typed: string;
  readonly word: Span;
}

/** What is proposed, before it is known how it is written at the cursor. */
interface Proposal {
  readonly label: string;
  readonly kind: CompletionKind;
  readonly detail?: string;
  readonly documentation?: string;
  readonly filterText?: string;
  /** Smaller ones first; 5 by default, in the order they are proposed. */
  readonly rank?: number;
  readonly deprecated?: true;
  readonly preselect?: true;
  readonly continues?: true;
  readonly additionalEdits?: readonly Edit[];
  /** The keys that must come along, behind it in the same map. */
  readonly companions?: readonly (readonly [string, Body])[];
}

export interface ValueProposal extends Proposal {
  readonly body: Body;
}

export interface KeyProposal extends Proposal {
  readonly key: Scalar;
  /** What the key needs; undefined when it is chosen next. */
  readonly body: Body | undefined;
}

/** The data of the map at a path, empty when there is none. */
export function dataAt({ tree }: Pick<Context, 'tree'>, path: readonly string[]): Data {
  const node = nodeAt(tree.root, path);
  return node?.kind === 'mapping' ? (toData(node) as Data) : {};
}

export function listAt({ tree }: Pick<Context, 'tree'>, path: readonly string[]): readonly unknown[] {
  const node = nodeAt(tree.root, path);
  return node?.kind === 'sequence' ? (toData(node) as readonly unknown[]) : [];
}

/** The items of the list at a path that are written beside the word. */
export function othersInList(
  { tree, word }: Pick<Context, 'tree' | 'word'>,
  path: readonly string[],
): readonly unknown[] {
  const node = nodeAt(tree.root, path);
  if (node?.kind !== 'sequence') return [];
  const isOwn = ({ start, end }: Span) => word.start < word.end && start <= word.start && word.end <= end;
  return node.items.filter(({ span }) => !isOwn(span)).map(toData);
}

/** Whether a key is written in the map at a path. */
export function isWrittenAt({ tree }: Pick<Context, 'tree'>, path: readonly string[], key: string): boolean {
  return entryOf(nodeAt(tree.root, path), key) !== undefined;
}

/** The schema's node of a value, and of the map that it stands in. */
export function schemaOf(path: readonly string[]): {
  readonly own: SchemaNode | undefined;
  readonly parent: SchemaNode | undefined;
} {
  return { own: fieldSchema(path), parent: fieldSchema(path.slice(0, -1)) };
}
