import type { Check } from '../context.js';
import { cipher } from './cipher.js';
import { mtu } from './mtu.js';
import { twoMembers } from './two-members.js';

export const tunnelChecks: readonly Check[] = [cipher, mtu, twoMembers];
