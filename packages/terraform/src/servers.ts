import { bootstrapUserData } from '@groundplan/hosts';
import type { Host } from '@groundplan/model';
import { attribute, type Template } from './emitter/index.js';
import { firewallsOf } from './firewalls.js';
import { labelsOfHost } from './labels.js';
import { networkOf } from './network.js';
import { placementGroupOf } from './placement.js';
import { placeOfHost } from './places.js';
import { keepsAddress, primaryIpId, publicIpv4 } from './primary-ips.js';
import { isProtected } from './protection.js';
import type { RootModule } from './root-module.js';
import { type SshKey, sshKeyIds } from './ssh-keys.js';

/**
 * What would replace a running server, although it says only how a new one begins. Images and locations change host by host,
 * when an operator replaces one.
 */
const onlyAtCreation = ['image', 'location', 'ssh_keys', 'user_data'];

export function writeServers(module: RootModule, keys: readonly SshKey[]): void {
  for (const host of module.model.hosts) writeServer(module, host, keys);
}

function writeServer(module: RootModule, host: Host, keys: readonly SshKey[]): void {
  const { model } = module;
  const network = networkOf(host);
  const group = placementGroupOf(host);
  module.resource(
    placeOfHost(host),
    'hcloud_server',
    host.key,
    {
      name: host.name,
      serverType: host.type.value,
      image: model.image.value,
      location: host.location,
      sshKeys: sshKeyIds(keys),
      userData: userData(module, host),
      firewallIds: firewallsOf(model, host).map((name) => attribute('hcloud_firewall', name, 'id')),
      ...(group !== undefined && { placementGroupId: attribute('hcloud_placement_group', group, 'id') }),
      labels: labelsOfHost(model, host),
      // A larger type keeps the small disk, so that the way back stays open: data is on volumes.
      keepDisk: true,
      network: [
        {
          networkId: attribute('hcloud_network', network, 'id'),
          ip: host.address,
          // Without the empty list the provider takes the server out of the network and back at every apply.
          aliasIps: [],
        },
      ],
      publicNet: [
        {
          ipv4Enabled: true,
          ipv6Enabled: true,
          ...(keepsAddress(host) && { ipv4: primaryIpId(host, 'ipv4'), ipv6: primaryIpId(host, 'ipv6') }),
        },
      ],
      ...protectionOf(host),
    },
    // A network without its subnet has no addresses to give.
    { dependsOn: [`hcloud_network_subnet.${network}`], ignoreChanges: onlyAtCreation },
  );
}

/**
 * Servers with data cannot be deleted or rebuilt; Hetzner wants both protections alike. They are not shut down before they
 * are deleted, since that happens before a delete is refused. The others drain while they shut down.
 */
function protectionOf(host: Host) {
  if (!host.stateful) return { shutdownBeforeDeletion: true };
  return { deleteProtection: isProtected(host.name), rebuildProtection: isProtected(host.name) };
}

/** The first boot, with the public addresses that it speaks of put in by Terraform, which alone knows them. */
function userData(module: RootModule, host: Host): string | Template {
  const parts = bootstrapUserData(module.model, host);
  return {
    kind: 'template',
    parts: parts.map((part) => (typeof part === 'string' ? part : publicIpv4(part.publicAddress))),
  };
}
