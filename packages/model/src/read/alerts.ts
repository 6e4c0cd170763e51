import { entryOf } from '@groundplan/syntax';
import type { Alerts, MailRelay } from '../model.js';
import type { Template } from '../template.js';
import { dottedReference, template, templateOrSecret } from './references.js';
import { child, integerBetween, oneOf, type Scope, text, withDefault, withFallback } from './scope.js';

export function readAlerts(scope: Scope): Alerts | undefined {
  const alerts = child(scope, 'alerts');
  if (alerts.node === undefined) return undefined;
  const webhook = templateOrSecret(alerts, 'webhook');
  const email = templateOrSecret(alerts, 'email');
  return { webhook, email, smtp: readRelay(alerts, email) };
}

/** Ports for mails of users (RFC 6409 and 8314): with STARTTLS, and with TLS from the first byte. */
const submission = 587;
const submissions = 465;

function readRelay(alerts: Scope, email: Template | undefined): MailRelay | undefined {
  const entry = entryOf(alerts.node, 'smtp');
  const smtp = child(alerts, 'smtp');
  if (entry === undefined || smtp.node === undefined) return undefined;
  const tls = withDefault(smtp, 'tls', oneOf('starttls', 'implicit', 'none'));
  const isImplicit = tls.value === 'implicit';
  const user = templateOrSecret(smtp, 'user');
  return {
    keySpan: entry.keySpan,
    host: withFallback(smtp, 'host', text, '', 'no host is written'),
    port: withFallback(
      smtp,
      'port',
      integerBetween(1, 65_535),
      isImplicit ? submissions : submission,
      isImplicit ? 'the port for TLS from the first byte' : 'the port for mails of users',
    ),
    tls,
    user,
    password: dottedReference(smtp, 'password', ['secret']),
    from: template(smtp, 'from') ?? (isAddress(user) ? user : email),
  };
}

/** Whether it is one that everybody may see: the name of a user may as well be a key. */
function isAddress(user: Template | undefined): boolean {
  const [part, ...others] = user?.parts ?? [];
  return others.length === 0 && part?.kind === 'text' && /^[^\s@]+@[^\s@]+$/.test(part.text);
}
