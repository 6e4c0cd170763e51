import { report, type Span } from '@groundplan/diagnostics';
import { nodeAt } from '@groundplan/syntax';
import { fix } from '../../edits.js';
import { removeItem } from '../../list-edits.js';
import type { Check } from '../context.js';
import { pathOf } from '../places.js';

/** Geo-replication that is to copy back to where the original is. */
export const twoWay: Check = ({ model, tree }) =>
  model.storages.flatMap((storage) => {
    const { from, to = [] } = storage.geoReplication ?? {};
    if (from?.target === undefined) return [];
    const list = nodeAt(tree.root, [...pathOf(storage), 'geo_replication', 'to']);
    return to
      .filter(({ target }) => target?.name === from.name)
      .map(({ span, name }) =>
        report(
          'storage/two-way',
          span,
          { region: name },
          {
            related: [{ span: from.span, message: `${name} has the original` }],
            fixes: fix(`Remove ${name} from the list`, removeItem(tree, list, isAt(span))),
          },
        ),
      );
  });

function isAt(span: Span) {
  return (other: Span) => other.start === span.start && other.end === span.end;
}
