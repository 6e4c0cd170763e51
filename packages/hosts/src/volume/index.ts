import type { Host } from '@groundplan/model';
import type { BundlePart } from '../bundle/bundle.js';
import { file, script, unitFile } from '../bundle/file.js';
import { mountUnit } from '../systemd.js';
import { text } from '../template.js';
import type { Text } from '../text.js';
import { volumeProgram } from './program.js';

/** Where the volume of a host is mounted; what is on it has a folder of its own there. */
export const volumePath = '/srv/data';

/** The unit that is active while it is. */
export const volumeUnit = mountUnit(volumePath);

/**
 * Lines for `[Unit]` of whatever keeps its data on the volume: it starts when the volume is mounted, not at all without it, and stops
 * when it goes.
 */
export const needsVolume = `RequiresMountsFor=${volumePath}\n`;

const program = '/usr/local/lib/groundplan/volume';
const settingsPath = '/etc/groundplan/volume';
const prepareUnit = 'groundplan-volume.service';

/**
 * The volume of a host: formatted once, mounted at `volumePath` at every boot, and grown when it has grown. It is attached after the
 * first boot and may come late, so that its users are started when it does.
 *
 * @param users units with `needsVolume` that are to run whenever the volume is there
 * @returns nothing for a host without a volume
 */
export function volumePart(host: Host, users: readonly string[]): BundlePart {
  const { volume } = host;
  if (volume === undefined) return {};
  const filesystem = volume.filesystem.value;
  const { span } = volume.size.origin;
  return {
    packages: [filesystem === 'xfs' ? 'xfsprogs' : 'e2fsprogs'],
    files: [
      script(program, span, volumeProgram(settingsPath, volumeUnit)),
      file(settingsPath, span, settings(host, filesystem, volume.size.value), {
        check: ['sh', '-n', settingsPath],
        action: { kind: 'run', command: [program, 'settle'] },
      }),
      unitFile(prepareUnit, span, prepare(host)),
      unitFile(volumeUnit, span, mount(host, filesystem, users)),
    ],
    units: [
      { name: prepareUnit, state: 'running' },
      { name: volumeUnit, state: 'running' },
    ],
  };
}

function device(host: Host): Text {
  return ['/dev/disk/by-id/scsi-0HC_Volume_', { volumeId: host }];
}

function settings(host: Host, filesystem: string, gigabytes: number): Text {
  return text`
# The volume of this host: ${gigabytes} GB. Read by ${program}.
device=${device(host)}
filesystem=${filesystem}
mount_point=${volumePath}
`;
}

function prepare(host: Host): Text {
  return text`
[Unit]
Description=The volume of ${host.name}, formatted if it is new
StartLimitIntervalSec=0
# Tried again until the volume is there, and each time what is on it as well.
Wants=${volumeUnit}
Before=${volumeUnit}

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=${program} prepare
TimeoutStartSec=15min
Restart=on-failure
RestartSec=5

[Install]
WantedBy=multi-user.target
`;
}

function mount(host: Host, filesystem: string, users: readonly string[]): Text {
  return text`
[Unit]
Description=The volume of ${host.name}
Requires=${prepareUnit}
After=${prepareUnit}
${users.map((unit) => `Wants=${unit}\n`)}

[Mount]
What=${device(host)}
Where=${volumePath}
Type=${filesystem}
# nofail: the boot does not wait for it. It comes after what prepares the volume, which comes after the boot; were the boot to wait as
# well, systemd would break the circle by leaving out any unit of it (systemd.mount(5)).
Options=noatime,nodev,nosuid,nofail
TimeoutSec=5min

[Install]
WantedBy=multi-user.target
`;
}
