import type { Check } from '../context.js';
import { drain } from './drain.js';
import { noBalancer } from './no-balancer.js';
import { portClash } from './port-clash.js';
import { single } from './single.js';

export const appChecks: readonly Check[] = [noBalancer, single, drain, portClash];
