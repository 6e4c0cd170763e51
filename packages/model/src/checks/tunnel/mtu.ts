import { report } from '@groundplan/diagnostics';
import { fix, replaceAt } from '../../edits.js';
import type { Check } from '../context.js';
import { isWritten } from '../places.js';

/** Bytes. The members reach each other over the internet, whose packets have 1500. */
const underlay = 1500;

/** Bytes that tinc adds to a packet, at most. */
const overhead = 120;

/** Bytes; the schema refuses more. */
const most = 1500;

/** Packets inside the tunnel would not fit into the packets outside. */
export const mtu: Check = ({ model }) => {
  const found = model.tunnel?.mtu;
  const largest = underlay - overhead;
  if (found === undefined || !isWritten(found) || found.value <= largest || found.value > most) return [];
  const { span } = found.origin;
  return [
    report(
      'tunnel/mtu',
      span,
      { mtu: found.value, largest, underlay },
      { fixes: fix(`Change to ${largest}`, replaceAt(span, String(largest))) },
    ),
  ];
};
