import type { Check } from '../context.js';
import { evenCheckers } from './even-checkers.js';
import { noFailover } from './no-failover.js';
import { outsideZone } from './outside-zone.js';
import { proxied } from './proxied.js';
import { sharedProject } from './shared-project.js';
import { ttl } from './ttl.js';

export const dnsChecks: readonly Check[] = [ttl, noFailover, evenCheckers, outsideZone, proxied, sharedProject];
