import type { Model } from '@groundplan/model';
import type { BundlePart } from '../bundle/bundle.js';
import { file, script } from '../bundle/file.js';
import { images } from '../images.js';
import { text } from '../template.js';
import type { Text } from '../text.js';

/** Packages whose programs hold data or a vote, as beginnings of names. */
const stateful = ['postgresql', 'patroni', 'etcd', 'mariadb', 'galera', 'glusterfs', 'pgbackrest'];

/** Security updates by themselves, and nothing restarted by them that a user or a quorum would notice. */
export function upgrades(model: Model): BundlePart {
  const { span } = model.image.origin;
  const aptPath = '/etc/apt/apt.conf.d/80groundplan';
  const needrestartPath = '/etc/needrestart/conf.d/groundplan.conf';
  return {
    packages: ['needrestart', 'unattended-upgrades'],
    files: [
      file(aptPath, span, apt(images[model.image.value].securityOrigins), {
        check: ['apt-config', '-c', aptPath, 'dump'],
      }),
      file(needrestartPath, span, needrestart, { check: ['perl', '-c', needrestartPath] }),
      script('/etc/needrestart/restart.d/haproxy.service', span, reloadHaproxy),
    ],
    units: [
      { name: 'apt-daily.timer', state: 'running' },
      { name: 'apt-daily-upgrade.timer', state: 'running' },
    ],
  };
}

function apt(securityOrigins: readonly string[]): Text {
  return text`
// Security updates are installed once a day, at a time that differs from host to host.
// What was done: /var/log/unattended-upgrades. Try it: "unattended-upgrade --dry-run --debug".
APT::Periodic::Update-Package-Lists "1";
APT::Periodic::Unattended-Upgrade "1";
APT::Periodic::AutocleanInterval "7";

#clear Unattended-Upgrade::Allowed-Origins;
#clear Unattended-Upgrade::Origins-Pattern;
Unattended-Upgrade::Origins-Pattern {
  ${securityOrigins.map((origin) => `"${origin}";\n`)}
};

// What holds data or a vote is upgraded by hand, a standby first and the leader after a switchover: two members that restart
// in the same night would be an outage. "apt list --upgradable" shows what waits.
#clear Unattended-Upgrade::Package-Blacklist;
Unattended-Upgrade::Package-Blacklist {
  ${stateful.map((name) => `"^${name}";\n`)}
};

// A host is rebooted by somebody who knows what runs on it; /run/reboot-required says that it should be.
Unattended-Upgrade::Automatic-Reboot "false";
Unattended-Upgrade::MinimalSteps "true";
Unattended-Upgrade::Remove-Unused-Kernel-Packages "true";

// Files of ours stay as they are when a package has others.
Dpkg::Options { "--force-confdef"; "--force-confold"; };
`;
}

const needrestart = text`
# After an upgrade, services that still use the old libraries are restarted without asking ...
$nrconf{restart} = 'a';
$nrconf{kernelhints} = -1;
$nrconf{ucodehints} = 0;

# ... but for those that hold data or a vote, and the user's own programs. "needrestart -b" shows what waits.
$nrconf{override_rc}{qr(^(${stateful.join('|')}|mysql|garb|glusterd|groundplan-etcd))} = 0;
$nrconf{override_rc}{qr(^(app-|keepalived|bird))} = 0;

# HAProxy is reloaded instead, by /etc/needrestart/restart.d/haproxy.service: its master starts the new program and no request
# is dropped.
1;
`;

const reloadHaproxy = text`
#!/bin/sh
# What needrestart does instead of a restart, which would cut every open request.
exec systemctl reload haproxy.service
`;
