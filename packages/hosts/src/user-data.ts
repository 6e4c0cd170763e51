import { type Diagnostic, report } from '@groundplan/diagnostics';
import type { Host, Model } from '@groundplan/model';
import { bastionHosts } from './bastion.js';
import { bootstrapRuleset } from './nftables.js';
import { policyRcD } from './policy-rc-d.js';
import { sshdSettings } from './sshd.js';
import { indented, joined, longestForm, type PublicAddress, type Text, type TextPart } from './text.js';

/** Hetzner's limit, and where to begin to worry. Bytes. */
const limit = 32 * 1024;
const worry = 28 * 1024;

interface File {
  readonly path: string;
  readonly mode: string;
  readonly content: Text<PublicAddress>;
}

/**
 * What cloud-init does at a host's first boot: close it, and keep packages from starting what they install. Everything else
 * comes afterwards over SSH, since other user-data means another server. Anybody on the host can read it, so there is no secret
 * in it. The same host gives the same text.
 */
export function bootstrapUserData(model: Model, host: Host): TextPart<PublicAddress>[] {
  const files: readonly File[] = [
    { path: '/etc/nftables.conf', mode: '0755', content: bootstrapRuleset(model, host) },
    { path: '/etc/ssh/sshd_config.d/00-groundplan.conf', mode: '0644', content: [sshdSettings] },
    { path: '/usr/sbin/policy-rc.d', mode: '0755', content: [policyRcD] },
  ];
  return joined<PublicAddress>([
    `#cloud-config
# First boot of a host of the topology ${model.name.value}.
hostname: ${host.name}
disable_root: false
ssh_pwauth: false
package_update: true
packages: [nftables]
write_files:
`,
    ...files.flatMap(writeFile),
    `runcmd:
  - [systemctl, enable, nftables.service]
  - [systemctl, restart, nftables.service]
  - [systemctl, try-reload-or-restart, ssh.service]
`,
  ]);
}

function writeFile({ path, mode, content }: File): Text<PublicAddress> {
  return [
    `  - path: ${path}
    permissions: '${mode}'
    content: |
`,
    ...indented(content, '      '),
  ];
}

/**
 * Whether what the hosts are given at their first boot is small enough; one diagnostic for the largest. Nothing but the allow list
 * can make it large, and only bastions have that.
 */
export function checkUserData(model: Model): Diagnostic[] {
  let largest: { readonly host: Host; readonly bytes: number } | undefined;
  for (const host of bastionHosts(model)) {
    const bytes = new TextEncoder().encode(longestForm(bootstrapUserData(model, host))).length;
    if (largest === undefined || bytes > largest.bytes) largest = { host, bytes };
  }
  if (largest === undefined || largest.bytes <= worry) return [];
  const { host, bytes } = largest;
  const span = model.access?.keySpan ?? host.span;
  const severity = bytes > limit ? 'error' : 'warning';
  return [report('host/user-data-size', span, { host: host.name, bytes, limit }, { severity })];
}
