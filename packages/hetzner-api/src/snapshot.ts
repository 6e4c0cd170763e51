import { renderAction } from './actions/routes.js';
import type { Context } from './http/route.js';
import { renderCertificate } from './resources/certificates.js';
import { renderFirewall } from './resources/firewalls.js';
import { renderFloatingIp } from './resources/floating-ips.js';
import { renderSnapshot } from './resources/images.js';
import { renderNetwork } from './resources/networks.js';
import { renderPlacementGroup } from './resources/placement-groups.js';
import { renderPrimaryIp } from './resources/primary-ips.js';
import { renderRRSet } from './resources/rrsets.js';
import { renderServer } from './resources/server-shape.js';
import { renderSshKey } from './resources/ssh-keys.js';
import { renderVolume } from './resources/volumes.js';
import { renderZone } from './resources/zones.js';
import type {
  ActionShape,
  CertificateShape,
  FirewallShape,
  FloatingIpShape,
  ImageShape,
  NetworkShape,
  PlacementGroupShape,
  PrimaryIpShape,
  RRSetShape,
  ServerShape,
  SshKeyShape,
  VolumeShape,
  ZoneShape,
} from './shapes.js';

/** Everything a project has, as the API would show it, in order of creation. */
export interface ProjectSnapshot {
  readonly servers: readonly ServerShape[];
  readonly sshKeys: readonly SshKeyShape[];
  readonly networks: readonly NetworkShape[];
  readonly volumes: readonly VolumeShape[];
  readonly floatingIps: readonly FloatingIpShape[];
  readonly primaryIps: readonly PrimaryIpShape[];
  readonly firewalls: readonly FirewallShape[];
  readonly placementGroups: readonly PlacementGroupShape[];
  readonly certificates: readonly CertificateShape[];
  /** Snapshots and backups; system images are not the project's. */
  readonly images: readonly ImageShape[];
  readonly zones: readonly ZoneShape[];
  /** Of all zones. */
  readonly rrsets: readonly RRSetShape[];
  readonly actions: readonly ActionShape[];
}

/** Takes a snapshot: a copy, which later requests do not change. */
export function takeSnapshot(view: Pick<Context, 'actions' | 'offer' | 'project' | 'now'>): ProjectSnapshot {
  const { project } = view;
  const zones = [...project.zones.values()];
  return structuredClone({
    servers: [...project.servers.values()].map((server) => renderServer(view, server)),
    sshKeys: [...project.sshKeys.values()].map(renderSshKey),
    networks: [...project.networks.values()].map((network) => renderNetwork(project, network)),
    volumes: [...project.volumes.values()].map((volume) => renderVolume(view, volume)),
    floatingIps: [...project.floatingIps.values()].map((ip) => renderFloatingIp(view, ip)),
    primaryIps: [...project.primaryIps.values()].map((ip) => renderPrimaryIp(view, ip)),
    firewalls: [...project.firewalls.values()].map((firewall) => renderFirewall(project, firewall)),
    placementGroups: [...project.placementGroups.values()].map((group) => renderPlacementGroup(project, group)),
    certificates: [...project.certificates.values()].map(renderCertificate),
    images: [...project.snapshots.values()].map(renderSnapshot),
    zones: zones.map(renderZone),
    rrsets: zones.flatMap((zone) => zone.rrsets.map((rrset) => renderRRSet(zone, rrset))),
    actions: [...project.actions.values()].map((action) => renderAction(action, view.now)),
  });
}
