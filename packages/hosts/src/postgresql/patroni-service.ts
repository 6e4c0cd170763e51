import { sandbox } from '../systemd.js';
import { text } from '../template.js';
import { needsVolume, volumePath } from '../volume/index.js';
import { folderProgram, patroniConfig, settleProgram } from './paths.js';

/** What Debian's unit of Patroni lacks: the volume, a life that goes on whatever happens, and fewer rights. */
/**
 * @param program what is started in the place of the package's own; undefined for that
 */
export function patroniDropIn(etcdUnit: string, postmasterPid: string, program: string | undefined): string {
  return text`
# Takes effect when Patroni is started the next time.
[Unit]
${needsVolume}
Wants=${etcdUnit} network-online.target
After=${etcdUnit} network-online.target
StartLimitIntervalSec=0

[Service]
# As root: a folder for the data, on the volume or not at all; and the watchdog, where there is one.
ExecStartPre=+${folderProgram}
ExecStartPre=-+/sbin/modprobe -q softdog
ExecStartPre=-+/bin/chown postgres /dev/watchdog
${program === undefined ? '' : `ExecStart=\nExecStart=${program} ${patroniConfig}\n`}
# Patroni reads its file and its certificate again, and PostgreSQL its own.
ExecReload=-/bin/sh -c 'kill -HUP "$(head -n 1 ${postmasterPid})"'
Restart=always
RestartSec=2
# PostgreSQL writes everything down before it ends.
TimeoutStopSec=120

# The postmaster is the last to be killed when memory is short; what it starts for a client is not spared.
OOMScoreAdjust=-900
Environment=PG_OOM_ADJUST_FILE=/proc/self/oom_score_adj PG_OOM_ADJUST_VALUE=0
LimitNOFILE=65536

${sandbox}
CapabilityBoundingSet=
ReadWritePaths=${volumePath} /run/postgresql /var/lib/postgresql
DevicePolicy=closed
DeviceAllow=/dev/watchdog rw
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX AF_NETLINK
UMask=0077
`.join('');
}

/** Before Patroni starts: without its volume it would begin a new database on the root disk (F25). */
export const folder = text`
#!/bin/sh
# A folder for PostgreSQL on the volume of this host; nothing is made where no volume is mounted.
set -eu

if ! mountpoint -q ${volumePath}; then
  echo "the volume is not mounted at ${volumePath}: PostgreSQL does not start" >&2
  exit 1
fi
install -d -o postgres -g postgres -m 0700 ${volumePath}/postgresql
`;

/** Started after a change only: a host that was away must not bring back what it had. */
export const settleService = text`
[Unit]
Description=Take a change of the topology into the database
After=patroni.service

# Started means started: it waits for the database, and nothing waits for it.
[Service]
Type=exec
User=postgres
Group=postgres
ExecStart=${settleProgram} settle
Restart=on-failure
RestartSec=5
${sandbox}
CapabilityBoundingSet=
PrivateDevices=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
`;
