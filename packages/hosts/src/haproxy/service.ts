import type { BundleFile, BundlePart } from '../bundle/bundle.js';
import { dropIn, file } from '../bundle/file.js';
import { text } from '../template.js';
import type { Text } from '../text.js';
import { serverStatePath } from './global.js';

const configurationPath = '/etc/haproxy/haproxy.cfg';

/**
 * HAProxy with its configuration; what that names besides must be among the files of the bundle or be made by `stateFiles`.
 *
 * @param more lines for the end of `[Service]` in the drop-in of its unit
 */
export function haproxyService(span: BundleFile['span'], configuration: Text, more: Text = []): BundlePart {
  return {
    packages: ['haproxy', 'socat'],
    files: [
      file(configurationPath, span, configuration, {
        check: ['haproxy', '-c', '-q', '-f', configurationPath],
        action: { kind: 'reload', unit: 'haproxy.service' },
      }),
      // Not worth a restart of its own: it counts from the next one on.
      dropIn('haproxy.service', span, [...settings, ...more]),
    ],
    units: [{ name: 'haproxy.service', state: 'running' }],
  };
}

const settings = text`
# Whatever happens HAProxy is started again, and it is the last to be killed when memory is short.
[Unit]
StartLimitIntervalSec=0

[Service]
Restart=always
RestartSec=1
OOMScoreAdjust=-500
NoNewPrivileges=yes
ProtectHome=yes
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectControlGroups=yes

# A new process takes every server for healthy until it has checked it, a standby of a database for the primary too. So it is told
# what the old one knew.
ExecReload=
ExecReload=/usr/sbin/haproxy -Ws -f $CONFIG -c -q $EXTRAOPTS
ExecReload=-/bin/sh -c "echo show servers state | socat -t 5 - /run/haproxy/admin.sock >${serverStatePath}"
ExecReload=/bin/kill -USR2 $MAINPID
`;

/** Folders and empty files that must be there before anything starts; made at every boot, and never emptied. */
export function stateFiles(span: BundleFile['span'], content: Text): BundlePart {
  const path = '/etc/tmpfiles.d/groundplan.conf';
  return {
    files: [
      file(path, span, content, {
        action: { kind: 'run', command: ['systemd-tmpfiles', '--create', path] },
      }),
    ],
  };
}
