import { sandbox } from '../systemd.js';
import { text } from '../template.js';
import type { Text } from '../text.js';
import { alertProgram, type Channel, sender, sendProgram, statePath, watchProgram } from './paths.js';

/** Started by the failure of another unit, whose name it is given. */
export const failureService: Text = text`
[Unit]
Description=Tell an operator that %i failed

[Service]
Type=oneshot
ExecStart=${alertProgram} --unit %i
SyslogIdentifier=groundplan-alert
TimeoutStartSec=1min
CapabilityBoundingSet=
ReadWritePaths=${statePath}
RestrictAddressFamilies=AF_UNIX
PrivateDevices=yes
${sandbox}
`;

/** As root, since daemons tell some things to nobody else; checks may become the daemons' users. */
export const watchService: Text = text`
[Unit]
Description=Look at this host, and tell an operator what is wrong with it
OnFailure=groundplan-alert@%n.service

[Service]
Type=oneshot
ExecStart=${watchProgram}
SyslogIdentifier=groundplan-alert
TimeoutStartSec=5min
Nice=5
CapabilityBoundingSet=CAP_DAC_OVERRIDE CAP_SETUID CAP_SETGID
# chronyc is answered at a socket of its own.
ReadWritePaths=${statePath} -/run/chrony
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK
PrivateDevices=yes
${sandbox}
`;

export const watchTimer: Text = text`
[Unit]
Description=Look at this host every minute

[Timer]
OnBootSec=2min
OnUnitInactiveSec=1min
AccuracySec=5s

[Install]
WantedBy=timers.target
`;

export function sendPath({ words, queue }: Channel): Text {
  return text`
[Unit]
Description=Send alerts ${words}

[Path]
DirectoryNotEmpty=${queue}

[Install]
WantedBy=multi-user.target
`;
}

export function sendService({ name, words, queue, settings }: Channel): Text {
  return text`
[Unit]
Description=Send alerts ${words}
After=network-online.target
Wants=network-online.target
StartLimitIntervalSec=0

# Runs until nothing waits any more, which takes as long as nobody takes it.
[Service]
ExecStart=${sendProgram} ${name}
SyslogIdentifier=groundplan-alert
LoadCredential=${name}:${settings}
User=${sender}
Group=${sender}
Restart=on-failure
RestartSec=30
CapabilityBoundingSet=
ReadWritePaths=${queue}
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
MemoryDenyWriteExecute=yes
SystemCallFilter=@system-service
MemoryMax=128M
PrivateDevices=yes
${sandbox}
`;
}
