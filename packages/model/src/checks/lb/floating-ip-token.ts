import { report } from '@groundplan/diagnostics';
import { fix, replaceAt } from '../../edits.js';
import type { Check } from '../context.js';
import { dotted } from '../places.js';

/** A balancer in active-standby needs a token of the project to move its floating IP. */
export const floatingIpToken: Check = ({ model }) =>
  model.loadBalancers
    .filter(({ mode }) => mode.value === 'active-standby')
    .map((balancer) =>
      report(
        'lb/floating-ip-token',
        balancer.mode.origin.span,
        { name: dotted(balancer) },
        { fixes: fix('Change to active-active', replaceAt(balancer.mode.origin.span, 'active-active')) },
      ),
    );
