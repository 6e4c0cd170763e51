import { report } from '@groundplan/diagnostics';
import { fix, setValue } from '../../edits.js';
import type { Check } from '../context.js';
import { arbiterLocation } from '../free-location.js';
import { missesArbiter } from '../missing-arbiter.js';

/** The checkers vote from an even number of sites: every region with balancers is one, an arbiter would be one more. */
export const evenCheckers: Check = ({ model, tree, catalog }) => {
  const { dns, regions } = model;
  if (dns === undefined || missesArbiter(model, tree) !== 'dns') return [];
  const location = arbiterLocation(model, catalog);
  return [
    report(
      'dns/even-checkers',
      dns.failover.by.origin.span,
      { sites: regions.length },
      {
        related: regions.map(({ keySpan, name }) => ({ span: keySpan, message: `${name} is one site` })),
        fixes:
          location === undefined
            ? []
            : fix(`Add an arbiter in ${location}`, setValue(tree, ['arbiter'], `{ location: ${location} }`, 'regions')),
      },
    ),
  ];
};
