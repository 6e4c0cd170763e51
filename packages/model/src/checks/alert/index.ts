import type { Check } from '../context.js';
import { mailInClear } from './mail-in-clear.js';
import { mailPort } from './mail-port.js';
import { noRecipient } from './no-recipient.js';
import { noRelay } from './no-relay.js';

export const alertChecks: readonly Check[] = [mailInClear, mailPort, noRecipient, noRelay];
