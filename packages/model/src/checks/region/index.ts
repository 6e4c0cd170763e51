import type { Check } from '../context.js';
import { addressClash } from './address-clash.js';
import { cidrOverlap } from './cidr-overlap.js';
import { cidrUsable } from './cidr-usable.js';
import { sameLocation } from './same-location.js';
import { singleBalancer } from './single-balancer.js';
import { tooManyServers } from './too-many-servers.js';
import { typeUnavailable } from './type-unavailable.js';

export const regionChecks: readonly Check[] = [
  cidrOverlap,
  cidrUsable,
  sameLocation,
  addressClash,
  tooManyServers,
  typeUnavailable,
  singleBalancer,
];
