import { text } from '../template.js';
import type { Text } from '../text.js';
import { alertProgram, queuePath, sender, sendProgram, statePath, watchProgram, webhookPath } from './paths.js';

const sandbox: Text = text`
NoNewPrivileges=yes
ProtectSystem=strict
ProtectHome=yes
PrivateTmp=yes
PrivateDevices=yes
ProtectClock=yes
ProtectHostname=yes
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectKernelLogs=yes
ProtectControlGroups=yes
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
SystemCallArchitectures=native
`;

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

export const sendPath: Text = text`
[Unit]
Description=Send alerts that wait

[Path]
DirectoryNotEmpty=${queuePath}

[Install]
WantedBy=multi-user.target
`;

export const sendService: Text = text`
[Unit]
Description=Send alerts to the webhook
After=network-online.target
Wants=network-online.target
StartLimitIntervalSec=0

# Runs until nothing waits any more, which takes as long as the webhook does not answer.
[Service]
ExecStart=${sendProgram}
SyslogIdentifier=groundplan-alert
LoadCredential=webhook:${webhookPath}
User=${sender}
Group=${sender}
Restart=on-failure
RestartSec=30
CapabilityBoundingSet=
ReadWritePaths=${queuePath}
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
MemoryDenyWriteExecute=yes
SystemCallFilter=@system-service
MemoryMax=128M
${sandbox}
`;
