import { isServerLocked } from '../actions/locks.js';
import type { Context } from '../http/route.js';
import { locationNamed, serverTypeNamed } from '../offer/offer.js';
import type { ServerShape } from '../shapes.js';
import type { ServerRecord } from '../state/records.js';
import { formatTime } from '../time.js';
import { firewallsOf } from './firewalls.js';
import { allImages } from './images.js';
import { renderPlacementGroup } from './placement-groups.js';
import { primaryIpOn } from './primary-ips.js';

/** What rendering a server looks at. */
export type ServerView = Pick<Context, 'actions' | 'offer' | 'project'>;

/** A server as the API shows it. */
export function renderServer(view: ServerView, server: ServerRecord): ServerShape {
  const { offer, project } = view;
  const type = serverTypeNamed(offer, server.serverType);
  const group = server.placementGroup === null ? undefined : project.placementGroups.get(server.placementGroup);
  return {
    id: server.id,
    name: server.name,
    status: server.status,
    created: formatTime(server.created),
    public_net: {
      ipv4: renderIpv4(view, server),
      ipv6: renderIpv6(view, server),
      floating_ips: idsOn(project.floatingIps.values(), server.id),
      firewalls: firewallsOf(project, server).map((firewall) => ({
        id: firewall.id,
        status: isBeingApplied(view, firewall.id, server.id) ? 'pending' : 'applied',
      })),
    },
    private_net: server.privateNets.map((net) => ({
      network: net.network,
      ip: net.ip,
      alias_ips: net.aliasIps,
      mac_address: net.macAddress,
    })),
    server_type: type,
    location: locationNamed(offer, server.location),
    image: allImages(view).find((image) => image.id === server.image) ?? null,
    iso: offer.isos.find((iso) => iso.id === server.iso) ?? null,
    rescue_enabled: server.rescueEnabled,
    locked: isServerLocked(view, server.id),
    backup_window: server.backupWindow,
    outgoing_traffic: 0,
    ingoing_traffic: 0,
    included_traffic: type.prices.find((price) => price.location === server.location)?.included_traffic ?? 0,
    protection: server.protection,
    labels: server.labels,
    volumes: idsOn(project.volumes.values(), server.id),
    load_balancers: [],
    primary_disk_size: server.primaryDiskSize,
    placement_group: group === undefined ? null : renderPlacementGroup(project, group),
  };
}

function renderIpv4({ project }: ServerView, server: ServerRecord): ServerShape['public_net']['ipv4'] {
  const ip = primaryIpOn(project, server.id, 'ipv4');
  if (ip === undefined) return null;
  return { id: ip.id, ip: ip.ip, blocked: false, dns_ptr: ip.dnsPointers[0]?.dns_ptr ?? '' };
}

function renderIpv6({ project }: ServerView, server: ServerRecord): ServerShape['public_net']['ipv6'] {
  const ip = primaryIpOn(project, server.id, 'ipv6');
  return ip === undefined ? null : { id: ip.id, ip: ip.ip, blocked: false, dns_ptr: ip.dnsPointers };
}

function idsOn(items: Iterable<{ readonly id: number; readonly server: number | null }>, server: number): number[] {
  return [...items].filter((item) => item.server === server).map((item) => item.id);
}

function isBeingApplied(view: ServerView, firewall: number, server: number): boolean {
  for (const { project, action } of view.actions.running) {
    if (project !== view.project || action.command !== 'apply_firewall') continue;
    const ids = action.resources.map((resource) => resource.id);
    if (ids.includes(firewall) && (ids.length === 1 || ids.includes(server))) return true;
  }
  return false;
}
