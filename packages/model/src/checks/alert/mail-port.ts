import { report } from '@groundplan/diagnostics';
import { fix, replaceAt } from '../../edits.js';
import type { Check } from '../context.js';
import { isMeant } from '../places.js';

/**
 * Hetzner lets no server connect to these until its owner asks for it, which needs a first invoice that was paid
 * (https://docs.hetzner.com/cloud/servers/faq/, "Why can I not send any mails from my server?").
 */
const blocked: readonly number[] = [25, 465];

/** For mails of users, with STARTTLS (RFC 6409). */
const submission = 587;

/** Mails that would not leave the hosts. */
export const mailPort: Check = ({ model }) => {
  const relay = model.alerts?.smtp;
  if (relay === undefined || !isMeant(relay.port) || !isMeant(relay.tls)) return [];
  const { port, tls } = relay;
  if (!blocked.includes(port.value)) return [];
  const isWritten = port.origin.kind !== 'default';
  const edits = [
    ...(isWritten ? replaceAt(port.origin.span, String(submission)) : []),
    // What is encrypted from the first byte is so at another port only.
    ...(tls.value === 'implicit' ? replaceAt(tls.origin.span, 'starttls') : []),
  ];
  const span = isWritten ? port.origin.span : tls.origin.span;
  return [
    report(
      'alert/mail-port',
      span,
      { port: port.value },
      { fixes: fix(`Change to ${submission} with STARTTLS`, edits) },
    ),
  ];
};
