import { report } from '@groundplan/diagnostics';
import { fix, replaceAt } from '../../edits.js';
import { formatSize } from '../../values/size.js';
import type { Check } from '../context.js';
import { isWritten } from '../places.js';

/** Volumes under the smallest that Hetzner makes. */
export const tooSmall: Check = ({ model, catalog }) =>
  [...model.databases, ...model.storages].flatMap(({ volume: { size } }) => {
    const { volumeMinGb } = catalog.limits;
    if (!isWritten(size) || size.value >= volumeMinGb) return [];
    const smallest = formatSize(volumeMinGb);
    const { span } = size.origin;
    return [
      report(
        'volume/too-small',
        span,
        { size: formatSize(size.value), smallest },
        { fixes: fix(`Change to ${smallest}`, replaceAt(span, smallest)) },
      ),
    ];
  });
