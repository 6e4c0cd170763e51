import { report, type Span } from '@groundplan/diagnostics';
import { nodeAt, type SyntaxTree } from '@groundplan/syntax';
import type { Named } from '../../model.js';
import type { Check } from '../context.js';
import { dotted, type Entity, pathOf } from '../places.js';

/** Two entities of a section, or two regions, have one first name. */
export const firstNameTaken: Check = ({ model, tree }) => {
  const regions = model.regions.map((region) => ({
    of: region,
    label: `region.${region.name}`,
    path: ['regions', region.name],
  }));
  const sections = [model.loadBalancers, model.apps, model.databases, model.storages, model.buckets, model.externals];
  const entities = sections.map((section) =>
    section.map((entity: Entity) => ({ of: entity, label: dotted(entity), path: pathOf(entity) })),
  );
  return [regions, ...entities].flatMap((named) => inSection(tree, named));
};

interface Item {
  readonly of: Named;
  readonly label: string;
  readonly path: readonly string[];
}

function inSection(tree: SyntaxTree, items: readonly Item[]) {
  const first = new Map<string, Item>();
  const inOrder = [...items].sort((a, b) => a.of.keySpan.start - b.of.keySpan.start);
  return inOrder.flatMap((item) => {
    const { firstName } = item.of;
    const earlier = first.get(firstName);
    if (earlier === undefined) {
      first.set(firstName, item);
      return [];
    }
    return [
      report(
        'name/first-name-taken',
        placeOf(tree, item),
        { name: firstName, other: earlier.label },
        { related: [{ span: placeOf(tree, earlier), message: `${earlier.label} has it` }] },
      ),
    ];
  });
}

/** Where the first name is written: `renamed_from`, else the key. */
function placeOf(tree: SyntaxTree, { of, path }: Item): Span {
  return nodeAt(tree.root, [...path, 'renamed_from'])?.span ?? of.keySpan;
}
