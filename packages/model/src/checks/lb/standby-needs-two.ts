import { report } from '@groundplan/diagnostics';
import { fix, replaceAt } from '../../edits.js';
import type { Check } from '../context.js';
import { dotted, groupByOrigin, isWritten, listed } from '../places.js';

/** A balancer in active-standby has nobody to stand by. */
export const standbyNeedsTwo: Check = ({ model }) =>
  model.loadBalancers
    .filter(({ mode }) => mode.value === 'active-standby')
    .flatMap((balancer) => {
      const alone = balancer.inRegions.filter(({ count }) => isWritten(count) && count.value < 2);
      return groupByOrigin(alone, ({ count }) => count).map(({ origin, places }) =>
        report(
          'lb/standby-needs-two',
          origin.span,
          { name: dotted(balancer), regions: listed(places.map(({ region }) => region.name)) },
          {
            related: [{ span: balancer.mode.origin.span, message: 'active-standby is chosen here' }],
            fixes: fix('Change to 2', replaceAt(origin.span, '2')),
          },
        ),
      );
    });
