import { sandbox } from '../systemd.js';
import { text } from '../template.js';
import type { Text } from '../text.js';
import { keyPath, programPath, runtimeFolder, settingsPath, tokenPath } from './paths.js';

/** @param publishes whether it gets the token */
export function checkerService(publishes: boolean): Text {
  return text`
[Unit]
Description=Take dead balancers out of DNS, and put them back when they are well
After=network-online.target
Wants=network-online.target
StartLimitIntervalSec=0

[Service]
# It trusts the authorities that this host trusts, not those that Node.js brings.
ExecStart=/usr/bin/node --use-openssl-ca ${programPath} run ${settingsPath}
LoadCredential=key:${keyPath}
${publishes ? `LoadCredential=token:${tokenPath}` : ''}
Restart=always
RestartSec=2
DynamicUser=yes
RuntimeDirectory=${runtimeFolder}
RuntimeDirectoryMode=0700
UMask=0077
# When memory is short, what fills it goes first.
OOMScoreAdjust=-200
MemoryMax=256M
TasksMax=64
${sandbox}
CapabilityBoundingSet=
ProtectProc=invisible
PrivateDevices=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX AF_NETLINK
# Node.js compiles while it runs, so that memory must stay writable and executable; what it may not call it is told.
SystemCallFilter=@system-service
SystemCallErrorNumber=EPERM

[Install]
WantedBy=multi-user.target
`;
}
