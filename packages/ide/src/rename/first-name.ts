import type { Edit } from '@groundplan/diagnostics';
import {
  type DeclarationKind,
  type Model,
  type Named,
  removeEntry,
  replaceValue,
  scalar,
  setValue,
} from '@groundplan/model';
import { entryOf, type SyntaxTree } from '@groundplan/syntax';
import type { Refusal } from '../results.js';
import { declaringEntry, sectionOf } from '../tree/sections.js';
import { illegal } from './names.js';

type Kind = Exclude<DeclarationKind, 'secret'>;

const key = 'renamed_from';

/**
 * The edits that keep what a thing was first called, since Terraform addresses, private addresses and cluster names come from it:
 * `renamed_from` is added with the first rename, stays with further ones, and goes when the thing is called as it was at first.
 */
export function keepFirstName(
  tree: SyntaxTree,
  model: Model,
  kind: Kind,
  name: string,
  newName: string,
): readonly Edit[] | Refusal {
  const firstName = namedOf(model, kind).find((each) => each.name === name)?.firstName ?? name;
  const declared = declaringEntry(tree, kind, name);
  // With a name that nothing can have, nothing has been built.
  if (declared === undefined || illegal(kind, firstName) !== undefined) return [];
  const { entry } = declared;
  const path = [sectionOf[kind], name, key];
  const written = entryOf(entry.value, key);
  if (newName === firstName) {
    if (written === undefined) return [];
    // Without its only key, a map on lines of its own would be nothing at all.
    const isAlone = entry.value.kind === 'mapping' && entry.value.entries.length === 1;
    if (isAlone) return entry.value.flow ? (replaceValue(tree, entry, '{}') ?? []) : [];
    return removeEntry(tree, path) ?? refusal(kind, name, `${key} cannot be removed by itself: remove it, then rename`);
  }
  if (written !== undefined) return [];
  const { value } = entry;
  const edits =
    kind === 'region' && value.kind === 'scalar' && typeof value.value === 'string'
      ? replaceValue(tree, entry, `{ location: ${scalar(value.value)}, ${key}: ${scalar(name)} }`)
      : setValue(tree, path, scalar(name));
  return edits ?? refusal(kind, name, `${key}: ${name} cannot be written into it, since it is repeated by an alias`);
}

function refusal(kind: Kind, name: string, because: string): Refusal {
  return { problem: `${kind}.${name} cannot be renamed without making it anew: ${because}.` };
}

function namedOf(model: Model, kind: Kind): readonly Named[] {
  switch (kind) {
    case 'region':
      return model.regions;
    case 'load_balancer':
      return model.loadBalancers;
    case 'app':
      return model.apps;
    case 'database':
      return model.databases;
    case 'storage':
      return model.storages;
    case 'bucket':
      return model.buckets;
    case 'external':
      return model.externals;
  }
}
