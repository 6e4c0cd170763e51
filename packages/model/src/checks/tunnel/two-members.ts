import { report } from '@groundplan/diagnostics';
import { fix, setValue } from '../../edits.js';
import type { Check } from '../context.js';
import { arbiterLocation } from '../free-location.js';
import { missesArbiter, sitesOfTunnel } from '../missing-arbiter.js';
import { listed } from '../places.js';

/** The tunnel connects two sites, and no third one could relay between them. */
export const twoMembers: Check = ({ model, tree, catalog }) => {
  const { tunnel } = model;
  if (tunnel === undefined || missesArbiter(model, tree) !== 'tunnel') return [];
  const location = arbiterLocation(model, catalog);
  return [
    report(
      'tunnel/two-members',
      tunnel.span,
      { names: listed(sitesOfTunnel(model)) },
      {
        fixes:
          location === undefined
            ? []
            : fix(`Add an arbiter in ${location}`, setValue(tree, ['arbiter'], `{ location: ${location} }`, 'regions')),
      },
    ),
  ];
};
