import type { Check } from '../context.js';
import { tooSmall } from './too-small.js';

export const volumeChecks: readonly Check[] = [tooSmall];
