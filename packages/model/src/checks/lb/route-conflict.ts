import { report } from '@groundplan/diagnostics';
import type { LoadBalancer, Route } from '../../model.js';
import type { Check } from '../context.js';
import { dotted } from '../places.js';

interface Claim {
  readonly route: Route;
  readonly balancer: LoadBalancer;
}

/** Two balancers have routes for one host, or one balancer has two for the same host and path. Once for each host and balancer. */
export const routeConflict: Check = ({ model }) => {
  const claims = model.loadBalancers
    .flatMap((balancer) => balancer.routes.map((route) => ({ route, balancer })))
    .sort((a, b) => a.route.keySpan.start - b.route.keySpan.start);
  const owners = new Map<string, Claim>();
  const routes = new Map<string, Claim>();
  const known = new Set<string>();
  return claims.flatMap((claim) => {
    const { route, balancer } = claim;
    const owner = owners.get(route.host);
    if (owner === undefined) owners.set(route.host, claim);
    if (owner !== undefined && owner.balancer !== balancer) {
      const pair = `${route.host} ${balancer.name}`;
      if (known.has(pair)) return [];
      known.add(pair);
      return [conflict(claim, owner, route.host)];
    }
    const whole = `${route.host}${route.path}`;
    const twin = routes.get(whole);
    routes.set(whole, twin ?? claim);
    return twin === undefined ? [] : [conflict(claim, twin, route.path === '/' ? route.host : whole)];
  });
};

function conflict(claim: Claim, earlier: Claim, route: string) {
  return report(
    'lb/route-conflict',
    claim.route.keySpan,
    { route, name: dotted(claim.balancer), other: dotted(earlier.balancer) },
    { related: [{ span: earlier.route.keySpan, message: `${dotted(earlier.balancer)} routes ${route} here` }] },
  );
}
