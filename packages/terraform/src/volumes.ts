import { attribute } from './emitter/index.js';
import { labelsOfHost } from './labels.js';
import { placeOfEntity, placeOfField, placeOfHost } from './places.js';
import { isProtected } from './protection.js';
import type { RootModule } from './root-module.js';

/** The volume of each host that has one. The host formats and mounts it, since it is attached only after the first boot. */
export function writeVolumes(module: RootModule): void {
  for (const host of module.model.hosts) {
    if (host.volume === undefined || host.entity === undefined) continue;
    module.resource(
      placeOfField(placeOfEntity(host.entity), 'volume.size', host.volume.size),
      'hcloud_volume',
      host.key,
      {
        name: host.name,
        size: host.volume.size.value,
        location: host.location,
        labels: labelsOfHost(module.model, host),
        deleteProtection: isProtected(host.name),
      },
      { ignoreChanges: ['location'] },
    );
    module.resource(placeOfHost(host), 'hcloud_volume_attachment', host.key, {
      volumeId: attribute('hcloud_volume', host.key, 'id'),
      serverId: attribute('hcloud_server', host.key, 'id'),
      automount: false,
    });
  }
}
