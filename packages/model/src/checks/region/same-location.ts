import { compareSpans, report } from '@groundplan/diagnostics';
import { fix, replaceAt } from '../../edits.js';
import type { Check } from '../context.js';
import { freeLocation } from '../free-location.js';
import { isWritten } from '../places.js';

/** A region is where an earlier one is. While both have the default range there, that is region/cidr-overlap. */
export const sameLocation: Check = ({ model, catalog }) =>
  model.regions.flatMap((region, index) => {
    const { location } = region;
    const earlier = model.regions
      .slice(0, index)
      .find((other) => isWritten(other.location) && other.location.value === location.value);
    if (!isWritten(location) || earlier === undefined) return [];
    if (region.cidr.origin.kind === 'default' && earlier.cidr.origin.kind === 'default') return [];
    // What an alias or a merge brings into both is changed in both, so that no edit there would part them.
    const isShared = compareSpans(location.origin.span, earlier.location.origin.span) === 0;
    const free = isShared ? undefined : freeLocation(model, catalog, location.value);
    return [
      report(
        'region/same-location',
        isShared ? region.keySpan : location.origin.span,
        { name: region.name, other: earlier.name, location: location.value },
        {
          related: [{ span: earlier.location.origin.span, message: `${earlier.name} is there` }],
          fixes: free === undefined ? [] : fix(`Move ${region.name} to ${free}`, replaceAt(location.origin.span, free)),
        },
      ),
    ];
  });
