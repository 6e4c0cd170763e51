import { report } from '@groundplan/diagnostics';
import { fix, replaceAt } from '../../edits.js';
import type { Check } from '../context.js';
import { isIntended } from '../left-out.js';
import { isWritten, pathOf } from '../places.js';
import { othersThan } from '../relation.js';

/** Two replicas of which neither is a majority. */
export const replicaTwo: Check = ({ model, tree }) =>
  model.storages.flatMap((storage) => {
    const { data, arbiter } = storage.replicas;
    if (data.value !== 2 || arbiter.value !== 0 || !isWritten(arbiter)) return [];
    if (!isIntended(tree, data, [...pathOf(storage), 'replicas'], 'data')) return [];
    const { span } = arbiter.origin;
    return [
      report(
        'storage/replica-two',
        span,
        {},
        {
          related: isWritten(data) ? othersThan(span, [{ span: data.origin.span, message: 'two replicas' }]) : [],
          fixes: fix('Add an arbiter', replaceAt(span, '1')),
        },
      ),
    ];
  });
