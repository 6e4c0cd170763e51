import type { BundlePart } from '../bundle/bundle.js';
import { unitFile } from '../bundle/file.js';
import { text } from '../template.js';
import type { Text } from '../text.js';

/**
 * Addresses that this host answers for when they lead to it: whether they do is decided outside, by Hetzner's API or by BGP. On
 * the loopback interface, where nothing else configures any.
 *
 * @param addresses each with its prefix, `203.0.113.9/32`
 */
export function ownAddresses(
  span: { readonly start: number; readonly end: number },
  addresses: readonly Text[],
): BundlePart {
  const name = 'groundplan-addresses.service';
  return {
    packages: ['iproute2'],
    files: [
      unitFile(
        name,
        span,
        text`
[Unit]
Description=Addresses that lead to one balancer at a time
Before=haproxy.service
Wants=network-pre.target
After=network-pre.target

[Service]
Type=oneshot
RemainAfterExit=yes
${addresses.flatMap(
  (address) => text`
ExecStart=/usr/sbin/ip address replace ${address} dev lo
`,
)}

[Install]
WantedBy=multi-user.target
`,
        { action: { kind: 'restart', unit: name } },
      ),
    ],
    units: [{ name, state: 'running' }],
  };
}
