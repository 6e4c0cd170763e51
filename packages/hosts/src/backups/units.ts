import type { Database, DatabaseBackup } from '@groundplan/model';
import { toldOnFailure } from '../alerts/index.js';
import type { BundleFile, BundlePart } from '../bundle/bundle.js';
import { unitFile } from '../bundle/file.js';
import { pathSetting } from '../systemd.js';
import { text } from '../template.js';
import type { Text } from '../text.js';
import { needsVolume, volumePath } from '../volume/index.js';
import { backupProgram, statePath } from './paths.js';

/** Backups of a database as systemd has them: what is done when. */
export function schedule(
  database: Database,
  backup: DatabaseBackup,
  user: string,
  more: readonly BundleFile[],
): BundlePart {
  const { keySpan } = backup;
  const owner = `database.${database.name}`;
  const isWanted = (value: string) => value !== 'none';
  const timers = [
    calendar(owner, 'full', backup.full),
    ...(isWanted(backup.incremental.value) ? [calendar(owner, 'incremental', backup.incremental)] : []),
    ...(isWanted(backup.restoreTest.value) ? [calendar(owner, 'restore-test', backup.restoreTest)] : []),
    { name: 'groundplan-backup@look.timer', file: lookTimer(backup, owner) },
    ...more.map((file) => ({ name: file.path.replace(/.*\//, ''), file })),
  ];
  return {
    files: [
      unitFile('groundplan-backup@.service', keySpan, service(owner, user)),
      unitFile('groundplan-backup-prepare.service', keySpan, prepareService(owner, user)),
      ...timers.map(({ file }) => file),
    ],
    units: [
      { name: 'groundplan-backup-prepare.service', state: 'running' },
      ...timers.map(({ name }) => ({ name, state: 'running' as const })),
    ],
  };
}

function calendar(owner: string, what: string, when: DatabaseBackup['full']): { name: string; file: BundleFile } {
  const name = `groundplan-backup@${what}.timer`;
  const content = text`
[Unit]
Description=When ${owner} has its backup: ${what}

# Made up for when the host was off. Which host does it is found out when it is time.
[Timer]
OnCalendar=${pathSetting(when.value)}
Persistent=yes
RandomizedDelaySec=5min

[Install]
WantedBy=timers.target
`;
  return {
    name,
    file: unitFile(name, when.origin.span, content, {
      check: ['systemd-analyze', 'calendar', when.value],
      action: { kind: 'restart', unit: name },
    }),
  };
}

function lookTimer({ alertIfOlderThan }: DatabaseBackup, owner: string): BundleFile {
  return often(owner, 'look', alertIfOlderThan.origin.span);
}

/** Every five minutes. */
export function often(owner: string, what: string, span: BundleFile['span']): BundleFile {
  const name = `groundplan-backup@${what}.timer`;
  return unitFile(
    name,
    span,
    text`
[Unit]
Description=Every five minutes, for the backups of ${owner}: ${what}

[Timer]
OnBootSec=5min
OnUnitInactiveSec=5min
RandomizedDelaySec=30s

[Install]
WantedBy=timers.target
`,
    { action: { kind: 'restart', unit: name } },
  );
}

function service(owner: string, user: string): Text {
  return text`
[Unit]
Description=Backups of ${owner}: %i
After=network-online.target
Wants=network-online.target
${needsVolume}
${toldOnFailure}

[Service]
Type=oneshot
ExecStart=${backupProgram} %i
TimeoutStartSec=18h
${confined(user)}
`;
}

/** Waits until the database runs, for which nothing waits. */
function prepareService(owner: string, user: string): Text {
  return text`
[Unit]
Description=A place for the backups of ${owner}, and the first of them
After=network-online.target
Wants=network-online.target
StartLimitIntervalSec=0
${needsVolume}

[Service]
Type=exec
ExecStart=${backupProgram} prepare
Restart=on-failure
RestartSec=30
${confined(user)}

[Install]
WantedBy=multi-user.target
`;
}

/** Behind everything that users wait for, and with no more rights than the database itself. */
function confined(user: string): Text {
  return text`
User=${user}
Group=${user}
Nice=10
CPUWeight=20
IOWeight=20
IOSchedulingClass=idle
OOMScoreAdjust=500
NoNewPrivileges=yes
CapabilityBoundingSet=
ProtectSystem=strict
ReadWritePaths=${volumePath} ${statePath}
ProtectHome=yes
PrivateTmp=yes
PrivateDevices=yes
ProtectClock=yes
ProtectHostname=yes
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectKernelLogs=yes
ProtectControlGroups=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX AF_NETLINK
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
SystemCallFilter=@system-service
SystemCallArchitectures=native
UMask=0077
`;
}
