import type { ImageName } from '@groundplan/model';

/** What differs between the images, as far as a host's files are concerned. */
export interface Image {
  /** What unattended-upgrades calls the distribution's security updates. */
  readonly securityOrigins: readonly string[];
  /** The distribution's own time servers. */
  readonly timePool: string;
  /**
   * Seconds of Patroni's `ttl`, `loop_wait` and `retry_timeout`. A primary whose host dies is replaced 2 to 3 s after its lock has ended,
   * which takes up to `ttl`, and 3 s more where etcd has to elect as well. From 3.2 on Patroni takes no `ttl` below 20.
   */
  readonly patroniPace: { readonly ttl: number; readonly loopWait: number; readonly retryTimeout: number };
  /** Versions of the daemons that are configured, without what changes within a release. */
  readonly versions: Readonly<
    Record<
      | 'haproxy'
      | 'keepalived'
      | 'bird'
      | 'chrony'
      | 'nftables'
      | 'podman'
      | 'systemd'
      | 'postgresql'
      | 'patroni'
      | 'etcd',
      string
    >
  >;
}

const debianSecurity = [
  'origin=Debian,codename=${distro_codename},label=Debian-Security',
  'origin=Debian,codename=${distro_codename}-security,label=Debian-Security',
];

/**
 * Debian's versions are those of its archive on 2026-11-24 (`apt-cache madison`), Ubuntu's those of packages.ubuntu.com (haproxy
 * 2.8.16-0ubuntu0.24.04.3, keepalived 1:2.2.8-1build2) and of the release. Debian 12 and 13 can be rehearsed; Ubuntu's packages
 * cannot be had where the rehearsal makes its hosts, so that its files are checked by the daemons of Debian only.
 */
export const images: Readonly<Record<ImageName, Image>> = {
  'debian-12': {
    securityOrigins: debianSecurity,
    timePool: '2.debian.pool.ntp.org',
    patroniPace: { ttl: 12, loopWait: 3, retryTimeout: 4 },
    versions: {
      haproxy: '2.6',
      keepalived: '2.2',
      bird: '2.0',
      chrony: '4.3',
      nftables: '1.0',
      podman: '4.3',
      systemd: '252',
      postgresql: '15',
      patroni: '3.0',
      etcd: '3.4',
    },
  },
  'debian-13': {
    securityOrigins: debianSecurity,
    timePool: '2.debian.pool.ntp.org',
    patroniPace: { ttl: 20, loopWait: 5, retryTimeout: 5 },
    versions: {
      haproxy: '3.0',
      keepalived: '2.3',
      bird: '2.17',
      chrony: '4.6',
      nftables: '1.1',
      podman: '5.4',
      systemd: '257',
      postgresql: '17',
      patroni: '4.0',
      etcd: '3.5',
    },
  },
  'ubuntu-24.04': {
    securityOrigins: ['origin=Ubuntu,archive=${distro_codename}-security,label=Ubuntu'],
    timePool: '2.ubuntu.pool.ntp.org',
    patroniPace: { ttl: 20, loopWait: 5, retryTimeout: 5 },
    versions: {
      haproxy: '2.8',
      keepalived: '2.2',
      bird: '2.14',
      chrony: '4.5',
      nftables: '1.0',
      podman: '4.9',
      systemd: '255',
      postgresql: '16',
      patroni: '3.2',
      etcd: '3.4',
    },
  },
};
