import type { Image } from '../image/image.js';

/** What one boot needs. */
export interface Boot {
  readonly name: string;
  readonly image: Image;
  /** Of the host: the parts of its overlay. */
  readonly folder: string;
  /** Path of the host's control group below the root of the hierarchy. */
  readonly group: string;
  readonly namespace: string;
  /** Devices by their path in the host. */
  readonly devices: ReadonlyMap<string, string>;
}

/**
 * Enters a mount namespace of its own, puts the overlay and a fresh cgroup2 there and becomes systemd-nspawn. Its process number
 * stays the same all the way, and when it ends all the mounts are gone with it.
 */
const script = `
image=$1 folder=$2 group=$3
shift 3
mount -t overlay overlay -o "lowerdir=$image,upperdir=$folder/upper,workdir=$folder/work" "$folder/root"
umount -R /sys/fs/cgroup
mount -t cgroup2 none /sys/fs/cgroup
mkdir -p "/sys/fs/cgroup$group"
echo $$ >"/sys/fs/cgroup$group/cgroup.procs"
mkdir -p /run/systemd/nspawn
mount -t tmpfs none /run/systemd/nspawn
export SYSTEMD_NSPAWN_API_VFS_WRITABLE=network
exec systemd-nspawn --directory="$folder/root" "$@"
`;

/** What root may do in general and not in a host: the clock, the modules and the memory are this machine's. capabilities(7). */
const notTheHosts: readonly string[] = ['sys_time', 'sys_module', 'sys_rawio'];

/** The command that runs another in a host, whose first process is known, with no more rights than its own processes have. */
export function enterCommand(leader: number): string[] {
  const rights = `--bounding-set=${notTheHosts.map((name) => `-${name}`).join(',')}`;
  const namespaces = ['nsenter', '-t', String(leader), '-m', '-u', '-i', '-p', '-n', '-C', '--wdns=/'];
  return ['setpriv', rights, ...namespaces, 'env', '-i', ...environment];
}

const environment = ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', 'LANG=C.UTF-8', 'HOME=/root'];

/** The command that is a host as long as it runs. It ends with 0 when the host has shut down and with 133 when it wants to reboot. */
export function bootCommand({ name, image, folder, group, namespace, devices }: Boot): string[] {
  const options = [
    `--machine=${name}`,
    '--register=no',
    '--keep-unit',
    '--boot',
    `--network-namespace-path=/run/netns/${namespace}`,
    '--link-journal=no',
    '--resolv-conf=off',
    '--timezone=off',
    '--console=read-only',
    '--capability=all',
    `--drop-capability=${notTheHosts.map((name) => `CAP_${name.toUpperCase()}`).join(',')}`,
    // For containers in the host.
    '--system-call-filter=@keyring bpf',
    '--bind=/dev/fuse',
    // An overlay cannot be over an overlay, which podman's storage would be.
    `--bind=${folder}/containers:/var/lib/containers`,
    ...[...devices].map(([path, device]) => `--bind=${device}:${path}`),
  ];
  const isolated = ['unshare', '--mount', '--propagation', 'private', 'sh', '-ec', script, 'boot.sh'];
  // What comes up and goes down is said on the console.
  return [...isolated, image.root, folder, group, ...options, '--', '--show-status=1'];
}

/** What systemd-nspawn ends with when its host asked for a reboot. */
export const wantsReboot = 133;
