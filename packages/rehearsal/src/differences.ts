import type { Abilities } from './host/abilities.js';

/**
 * In what a rehearsed host and its surroundings differ from Hetzner's, for whoever judges a rehearsal. Everything else (Terraform's
 * files, user-data, SSH keys, names, addresses, devices of volumes) is as it is there.
 */
export function differences({ raisesLimits, countsProcesses }: Abilities): string[] {
  return [
    ...everywhere,
    ...(raisesLimits
      ? []
      : [
          'This machine does not let hosts raise limits (CAP_SYS_RESOURCE): a mounted ext4 cannot grow, and containers are run by runc in the place of crun.',
        ]),
    ...(countsProcesses ? [] : ["This machine's cgroup2 does not count processes: containers may have any number."]),
  ];
}

const everywhere: readonly string[] = [
  'Hosts are containers of systemd-nspawn: they share the kernel, its modules and most of its settings (vm.*) with this machine.',
  'Hosts have the clock of this machine and cannot set it: chronyd only measures (-x).',
  "Images are made from Debian's packages, not Hetzner's images; all services that a topology can need are installed and off.",
  "Packages come from a repository on the host's own disk.",
  'Public interfaces have fixed addresses in the place of DHCP, from ranges for documentation (RFC 5737, RFC 3849, RFC 6598); private ones are configured by systemd-networkd in the place of hc-utils.',
  'A server type limits neither processors nor memory nor the size of the disk.',
  "Volumes are files: they have this machine's speed and are there at boot without being probed.",
  'What a host had written before a power cut is not lost, even if it was not flushed.',
  "Hetzner's own firewalls let everything pass; the hosts' nftables does not.",
  "Hetzner's API and object storage are stand-ins under their own names, with certificates of an authority that hosts trust besides those of their system.",
  'Buckets of all locations are on one server; requests for object storage are answered for one location.',
  "Terraform's state is in a local file, whatever backend the topology names, and secrets are made for the rehearsal.",
  'There is no metadata service at 169.254.169.254.',
  'Networks have no limits and no latency of their own.',
];
