import type { Span } from '@groundplan/diagnostics';
import type { DatabaseBackup, Sourced } from '@groundplan/model';
import { toldOnFailure } from '../alerts/index.js';
import type { BundleFile, BundlePart } from '../bundle/bundle.js';
import { unitFile } from '../bundle/file.js';
import { pathSetting, sandbox } from '../systemd.js';
import { text } from '../template.js';
import type { Text } from '../text.js';
import { needsVolume, volumePath } from '../volume/index.js';
import { backupProgram, backupUnit, statePath } from './paths.js';

/** When something of the backups is done. */
export interface Timer {
  readonly name: string;
  readonly file: BundleFile;
}

/** Backups as systemd has them: what is done when. */
export function schedule(owner: string, span: Span, user: string, timers: readonly Timer[]): BundlePart {
  return {
    files: [
      unitFile(`${backupUnit('')}.service`, span, service(owner, user)),
      unitFile('groundplan-backup-prepare.service', span, prepareService(owner, user)),
      ...timers.map(({ file }) => file),
    ],
    units: [
      { name: 'groundplan-backup-prepare.service', state: 'running' },
      ...timers.map(({ name }) => ({ name, state: 'running' as const })),
    ],
  };
}

/** Those of a database. */
export function databaseTimers(owner: string, backup: DatabaseBackup): Timer[] {
  const { full, incremental, restoreTest, alertIfOlderThan } = backup;
  return [
    calendar(owner, 'full', full),
    ...(incremental.value === 'none' ? [] : [calendar(owner, 'incremental', incremental)]),
    ...(restoreTest.value === 'none' ? [] : [calendar(owner, 'restore-test', restoreTest)]),
    often(owner, 'look', alertIfOlderThan.origin.span),
  ];
}

export function calendar(owner: string, what: string, when: Sourced<string>): Timer {
  const name = `${backupUnit(what)}.timer`;
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

/** Every so many seconds, while the host runs. */
export function often(owner: string, what: string, span: Span, seconds = 300): Timer {
  const name = `${backupUnit(what)}.timer`;
  const content = text`
[Unit]
Description=Again and again, for the backups of ${owner}: ${what}

[Timer]
OnBootSec=5min
OnUnitInactiveSec=${seconds}s
RandomizedDelaySec=30s

[Install]
WantedBy=timers.target
`;
  return { name, file: unitFile(name, span, content, { action: { kind: 'restart', unit: name } }) };
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
${sandbox}
${user === 'root' ? fileRights : 'CapabilityBoundingSet=\n'}
ReadWritePaths=${volumePath} ${statePath}
${user === 'postgres' ? '# Where the keys of servers with SFTP are remembered.\nReadWritePaths=-/var/lib/postgresql/.ssh\n' : ''}
PrivateDevices=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX AF_NETLINK
SystemCallFilter=@system-service
UMask=0077
`;
}

const fileRights = `# Files have many owners, which a restore gives them back.
CapabilityBoundingSet=CAP_DAC_OVERRIDE CAP_DAC_READ_SEARCH CAP_CHOWN CAP_FOWNER
`;
