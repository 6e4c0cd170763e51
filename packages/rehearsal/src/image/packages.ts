/**
 * What a host has before anybody configures it: what Hetzner's own images have of what matters here. `locales` is there because
 * cloud-init ends in an error without it.
 */
export const systemPackages: readonly string[] = [
  'apt-utils',
  'ca-certificates',
  'cloud-guest-utils',
  'cloud-init',
  'cron',
  'curl',
  'dbus',
  'e2fsprogs',
  'iproute2',
  'iputils-ping',
  'kmod',
  'less',
  'libpam-systemd',
  'locales',
  'logrotate',
  'netplan.io',
  'nftables',
  'openssh-server',
  'procps',
  'python3',
  'rsync',
  'sudo',
  'systemd',
  'systemd-resolved',
  'systemd-sysv',
  'udev',
  'xfsprogs',
];

/**
 * The daemons of all tiers, with what they need, as far as their names are the same in every release. Hosts can install them, and
 * other packages cannot be had there.
 */
export const servicePackages: readonly string[] = [
  'acme-tiny',
  'bird2',
  'chrony',
  'etcd-client',
  'etcd-server',
  'galera-4',
  'galera-arbitrator-4',
  'glusterfs-client',
  'glusterfs-server',
  'haproxy',
  'keepalived',
  'mariadb-backup',
  'mariadb-server',
  'needrestart',
  'openssl',
  'patroni',
  'pgbackrest',
  'podman',
  'python3-etcd',
  'python3-psycopg2',
  'python3-yaml',
  'restic',
  'runc',
  'socat',
  'tinc',
  'unattended-upgrades',
  'unzip',
  'xz-utils',
  'zstd',
];
