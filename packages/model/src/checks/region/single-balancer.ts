import { report } from '@groundplan/diagnostics';
import { fix, replaceAt } from '../../edits.js';
import type { Check } from '../context.js';
import { dotted, groupByOrigin, isWritten, listed } from '../places.js';

/** A balancer tier has one server in a region. With active-standby that is lb/standby-needs-two. */
export const singleBalancer: Check = ({ model }) =>
  model.loadBalancers
    .filter(({ mode }) => mode.value !== 'active-standby')
    .flatMap((balancer) => {
      const single = balancer.inRegions.filter(({ count }) => isWritten(count) && count.value === 1);
      return groupByOrigin(single, ({ count }) => count).map(({ origin, places }) =>
        report(
          'region/single-balancer',
          origin.span,
          { name: dotted(balancer), regions: listed(places.map(({ region }) => region.name)) },
          { fixes: fix('Change to 2', replaceAt(origin.span, '2')) },
        ),
      );
    });
