import { sandbox } from '../systemd.js';
import { text } from '../template.js';
import type { Text } from '../text.js';
import { needsVolume } from '../volume/index.js';
import {
  appPasswordPath,
  binlogPath,
  checkProgram,
  checkUser,
  homePath,
  memberProgram,
  runtimeFolder,
  serverUnit,
  usersProgram,
} from './paths.js';

/** Additions to the unit of Debian's package. */
export const serverDropIn: Text = text`
# The main process is groundplan-galera, which asks the other members how to start and runs the server. The unit counts as started
# at once; whether the server serves is said by http://ADDRESS:9200.
[Unit]
After=network-online.target
Wants=network-online.target
${needsVolume}
StartLimitIntervalSec=0

[Service]
Type=exec
ExecStartPre=
ExecStartPre=+/usr/bin/install -d -o mysql -g mysql -m 0700 ${homePath} ${binlogPath}
ExecStart=
ExecStart=${memberProgram} run
ExecStartPost=

# Before it stops, another member has to be ready and gets the new connections; writing out what is in memory takes its time.
ExecStop=
ExecStop=-${memberProgram} hand-over
TimeoutStopSec=20min
Restart=always
RestartSec=2

RuntimeDirectory=mysqld ${runtimeFolder}
RuntimeDirectoryMode=0755
UMask=0027
OOMScoreAdjust=-600
${sandbox}
CapabilityBoundingSet=CAP_IPC_LOCK
PrivateDevices=yes
ReadWritePaths=${homePath} -/var/log/mysql
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX AF_NETLINK
`;

/** For programs of ours, which need no device and write nothing. */
const small: Text = text`
CapabilityBoundingSet=
PrivateDevices=yes
MemoryDenyWriteExecute=yes
SystemCallFilter=@system-service
${sandbox}
`;

export const checkService: Text = text`
[Unit]
Description=Whether the MariaDB server of this host may be written to
After=network-online.target
Wants=network-online.target
StartLimitIntervalSec=0

[Service]
ExecStart=${checkProgram}
User=${checkUser}
Group=${checkUser}
Restart=always
RestartSec=1
RestrictAddressFamilies=AF_INET AF_UNIX
MemoryMax=128M
OOMScoreAdjust=-600
${small}

[Install]
WantedBy=multi-user.target
`;

export const usersService: Text = text`
[Unit]
Description=The apps' database and user in MariaDB
After=${serverUnit}
StartLimitIntervalSec=0

[Service]
Type=exec
ExecStart=${usersProgram}
LoadCredential=app-password:${appPasswordPath}
# The server knows this user by the socket.
User=mysql
Group=mysql
StateDirectory=groundplan-galera
StateDirectoryMode=0700
UMask=0077
Restart=on-failure
RestartSec=5
RestrictAddressFamilies=AF_UNIX
MemoryMax=128M
${small}

[Install]
WantedBy=multi-user.target
`;

export const usersTimer: Text = text`
[Unit]
Description=Look once a day whether an old password of the apps' user is to go

[Timer]
OnCalendar=daily
RandomizedDelaySec=1h

[Install]
WantedBy=timers.target
`;
