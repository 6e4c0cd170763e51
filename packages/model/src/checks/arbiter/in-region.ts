import { report } from '@groundplan/diagnostics';
import { fix, replaceAt } from '../../edits.js';
import type { Check } from '../context.js';
import { arbiterLocation } from '../free-location.js';
import { isWritten } from '../places.js';

/** The arbiter is in the location of a region. It is the arbiter's location that is wrong, wherever it stands in the file. */
export const inRegion: Check = ({ model, catalog }) => {
  const { arbiter, regions } = model;
  if (arbiter === undefined || !isWritten(arbiter.location)) return [];
  const { value, origin } = arbiter.location;
  const region = regions.find(({ location }) => isWritten(location) && location.value === value);
  if (region === undefined) return [];
  const free = arbiterLocation(model, catalog);
  return [
    report(
      'arbiter/in-region',
      origin.span,
      { location: value, region: region.name, ...(free === undefined ? {} : { free }) },
      {
        related: [{ span: region.location.origin.span, message: `${region.name} is there` }],
        fixes: free === undefined ? [] : fix(`Change to ${free}`, replaceAt(origin.span, free)),
      },
    ),
  ];
};
