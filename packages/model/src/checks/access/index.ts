import type { Check } from '../context.js';
import { sshOpen } from './ssh-open.js';

export const accessChecks: readonly Check[] = [sshOpen];
