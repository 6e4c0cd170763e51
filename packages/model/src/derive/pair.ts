import type { LoadBalancer } from '../model.js';

/** Whether one address moves between the balancers of a region. */
export function isPair({ mode }: LoadBalancer): boolean {
  return mode.value === 'active-standby';
}
