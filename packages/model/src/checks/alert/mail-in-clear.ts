import { report } from '@groundplan/diagnostics';
import { fix, replaceAt } from '../../edits.js';
import type { Check } from '../context.js';
import { isWritten } from '../places.js';

/** Mails, and the password for them, that everybody on the way can read. */
export const mailInClear: Check = ({ model }) => {
  const relay = model.alerts?.smtp;
  if (relay === undefined || relay.tls.value !== 'none' || !isWritten(relay.tls)) return [];
  const { span } = relay.tls.origin;
  return [
    report(
      'alert/mail-in-clear',
      span,
      { password: relay.password !== undefined },
      { fixes: fix('Change to starttls', replaceAt(span, 'starttls')) },
    ),
  ];
};
