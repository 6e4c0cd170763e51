import { report } from '@groundplan/diagnostics';
import { fix, replaceAt } from '../../edits.js';
import type { Check } from '../context.js';
import { isWritten } from '../places.js';

/** AES in CBC mode is what tinc 1.0.36 was seen to carry over UDP. */
const carried = /^aes-(128|192|256)-cbc$/;

const best = 'aes-256-cbc';

/** A cipher with which tinc falls back to TCP or drops everything. */
export const cipher: Check = ({ model }) => {
  const found = model.tunnel?.cipher;
  if (found === undefined || !isWritten(found) || carried.test(found.value)) return [];
  const { span } = found.origin;
  return [
    report(
      'tunnel/cipher',
      span,
      { cipher: found.value, nearest: best },
      { fixes: fix(`Change to ${best}`, replaceAt(span, best)) },
    ),
  ];
};
