import type { HostServer, HostVolume } from '@groundplan/hetzner-api';

/** A server as the API orders it, with addresses that have its number; its user-data changes nothing. */
export function orderOf(id: number): HostServer {
  return {
    project: 'test',
    id,
    name: `host-${id}`,
    image: 'debian-12',
    cores: 2,
    memory: 4,
    disk: 40,
    location: 'fsn1',
    userData: '#cloud-config\n',
    sshKeys: [],
    ipv4: `203.0.113.${id}`,
    ipv6: `2001:db8:${id}::/64`,
    networks: [
      { id: 2, ipRange: '10.0.0.0/8', ip: `10.0.0.${id + 1}`, aliasIps: [], macAddress: `86:00:00:00:00:0${id}` },
    ],
  };
}

/** A volume of 10 GB. */
export function volumeOf(id: number, format: string | null): HostVolume {
  return { id, name: `volume-${id}`, size: 10, format };
}
