import type { BundlePart } from '../bundle/bundle.js';
import { unitFile } from '../bundle/file.js';
import { hostsOf } from '../entities.js';
import { mountUnit, pathSetting } from '../systemd.js';
import { text } from '../template.js';
import type { Here } from './values.js';

/** Shared storage where the program finds it. */
export function mounts({ model, app, region }: Here): BundlePart[] {
  return app.mounts.flatMap(({ path, keySpan, storage }) => {
    const target = model.storages.find(({ name }) => name === storage.name);
    const [first, ...others] = target === undefined ? [] : hostsOf(model, target, region);
    if (target === undefined || first === undefined) return [];
    const name = mountUnit(path);
    const backups = others.map(({ address }) => address).join(':');
    const options = [...(backups === '' ? [] : [`backup-volfile-servers=${backups}`]), '_netdev', 'log-level=WARNING'];
    return [
      {
        packages: ['glusterfs-client'],
        files: [
          unitFile(
            name,
            keySpan,
            text`
[Unit]
Description=storage.${storage.name}
After=network-online.target
Wants=network-online.target

[Mount]
What=${first.address}:/${target.firstName}
Where=${pathSetting(path)}
Type=glusterfs
# Any of them can say where the data is; then the client talks to all.
Options=${options.join(',')}
TimeoutSec=30

[Install]
WantedBy=remote-fs.target
`,
          ),
        ],
        units: [{ name, state: 'running' as const }],
      },
    ];
  });
}
