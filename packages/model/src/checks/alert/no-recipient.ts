import { report } from '@groundplan/diagnostics';
import { fix, removeEntry } from '../../edits.js';
import type { Check } from '../context.js';
import { isLeftOut } from '../left-out.js';

/** A relay for mails to nobody. */
export const noRecipient: Check = ({ model, tree }) => {
  const relay = model.alerts?.smtp;
  if (relay === undefined || !isLeftOut(tree, ['alerts'], 'email')) return [];
  const fixes = fix('Remove smtp', removeEntry(tree, ['alerts', 'smtp']));
  return [report('alert/no-recipient', relay.keySpan, {}, { fixes })];
};
