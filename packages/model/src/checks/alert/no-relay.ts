import { report } from '@groundplan/diagnostics';
import { fix, setValue } from '../../edits.js';
import type { Template } from '../../template.js';
import type { Check } from '../context.js';
import { isLeftOut } from '../left-out.js';

/** Mails that nobody would take from the hosts. */
export const noRelay: Check = ({ model, tree }) => {
  const email = model.alerts?.email;
  if (email === undefined || !isLeftOut(tree, ['alerts'], 'smtp')) return [];
  const domain = domainOf(email);
  if (domain === undefined) return [report('alert/no-relay', email.span, {})];
  const { host, address } = { host: `smtp.${domain}`, address: textOf(email) };
  const relay = `{ host: ${host}, user: ${address}, password: secret.SMTP_PASSWORD }`;
  const fixes = fix(`Send by ${host}`, setValue(tree, ['alerts', 'smtp'], relay));
  return [report('alert/no-relay', email.span, {}, { fixes })];
};

/** Of an address that stands in the file, and in a map in braces as it is. */
function domainOf(email: Template): string | undefined {
  return /^[A-Za-z0-9._+-]+@([A-Za-z0-9.-]+)$/.exec(textOf(email))?.[1];
}

function textOf({ parts: [part, ...others] }: Template): string {
  return part?.kind === 'text' && others.length === 0 ? part.text : '';
}
