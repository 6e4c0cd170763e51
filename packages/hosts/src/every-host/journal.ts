import type { Model } from '@groundplan/model';
import type { BundlePart } from '../bundle/bundle.js';
import { file } from '../bundle/file.js';
import { text } from '../template.js';

/**
 * Everything that Groundplan configures logs to the journal, which is bounded here; what the distribution writes to /var/log
 * itself is rotated by logrotate with the files that its packages bring.
 */
export function journal(model: Model): BundlePart {
  return {
    packages: ['logrotate'],
    files: [
      file('/etc/systemd/journald.conf.d/50-groundplan.conf', model.name.origin.span, configuration, {
        action: { kind: 'restart', unit: 'systemd-journald.service' },
      }),
    ],
    units: [{ name: 'logrotate.timer', state: 'running' }],
  };
}

const configuration = text`
# Logs survive a reboot and never fill the disk. "journalctl -u haproxy -S -1h" is where to begin.
[Journal]
Storage=persistent
SystemMaxUse=2G
SystemKeepFree=2G
MaxRetentionSec=1month

# A balancer writes a line for each request.
RateLimitIntervalSec=30s
RateLimitBurst=200000

# Not a second time into /var/log/syslog, where no limit holds.
ForwardToSyslog=no
`;
