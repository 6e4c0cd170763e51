import type { Effect } from '../state/records.js';
import type { Project } from '../state/world.js';

/** Does to a project what the end of an action brings. What the effect is about may be gone by then. */
export function applyEffect(project: Project, effect: Effect): void {
  switch (effect.kind) {
    case 'server-status': {
      const server = project.servers.get(effect.server);
      if (server !== undefined) server.status = effect.status;
      return;
    }
    case 'server-deleted':
      removeServer(project, effect.server);
      return;
    case 'volume-available': {
      const volume = project.volumes.get(effect.volume);
      if (volume !== undefined) volume.status = 'available';
      return;
    }
    case 'image-available': {
      const image = project.snapshots.get(effect.image);
      if (image !== undefined) image.status = 'available';
      return;
    }
    case 'certificate-issuance': {
      const certificate = project.certificates.get(effect.certificate);
      if (certificate !== undefined) certificate.issuance = effect.status;
      return;
    }
  }
}

/** Removes a server: volumes and floating IPs stay unassigned, primary IPs too unless they go with it, backups go. */
function removeServer(project: Project, id: number): void {
  project.servers.delete(id);
  for (const volume of project.volumes.values()) {
    if (volume.server === id) volume.server = null;
  }
  for (const ip of project.floatingIps.values()) {
    if (ip.server === id) ip.server = null;
  }
  for (const ip of [...project.primaryIps.values()]) {
    if (ip.server !== id) continue;
    if (ip.autoDelete) project.primaryIps.delete(ip.id);
    else ip.server = null;
  }
  for (const firewall of project.firewalls.values()) {
    firewall.appliedTo = firewall.appliedTo.filter((target) => target.type !== 'server' || target.server !== id);
  }
  for (const image of [...project.snapshots.values()]) {
    if (image.type === 'backup' && image.createdFrom.id === id) project.snapshots.delete(image.id);
  }
}
