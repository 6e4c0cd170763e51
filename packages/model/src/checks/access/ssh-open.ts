import { report } from '@groundplan/diagnostics';
import type { Check } from '../context.js';

/** SSH is open to the whole internet: a range of IPv4 or IPv6 addresses with no bit given. */
export const sshOpen: Check = ({ model }) =>
  (model.access?.sshFrom ?? [])
    .filter(({ value }) => /^[0-9A-Fa-f.:]+\/0+$/.test(value))
    .map(({ value, span }) => report('access/ssh-open', span, { range: value }));
