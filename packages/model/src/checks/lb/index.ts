import type { Check } from '../context.js';
import { bgpPeers } from './bgp-peers.js';
import { floatingIpToken } from './floating-ip-token.js';
import { healthPath } from './health-path.js';
import { routeConflict } from './route-conflict.js';
import { standbyNeedsTwo } from './standby-needs-two.js';

export const lbChecks: readonly Check[] = [healthPath, standbyNeedsTwo, floatingIpToken, bgpPeers, routeConflict];
