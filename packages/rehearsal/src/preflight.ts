import { access, mkdir, statfs } from 'node:fs/promises';
import { run } from './command.js';

/** Something that a rehearsal needs and this machine does not have. */
export interface Missing {
  readonly what: string;
  /** What it is needed for. */
  readonly why: string;
  /** How to get it. */
  readonly how: string;
}

/** What is asked of a machine; tests put another in its place. */
export interface Machine {
  /** As Node names it. */
  readonly platform: string;
  readonly userId: number;
  hasProgram(name: string): Promise<boolean>;
  /** Whether a shell script ends well in a mount and a network namespace of its own. */
  attempt(script: string): Promise<boolean>;
  exists(path: string): Promise<boolean>;
  /** Bytes that are free where images and hosts are kept. */
  freeBytes(): Promise<number>;
}

/** The Debian package of each program that a rehearsal runs. */
export const programs: Readonly<Record<string, string>> = {
  'systemd-nspawn': 'systemd-container',
  mmdebstrap: 'mmdebstrap',
  'apt-ftparchive': 'apt-utils',
  ip: 'iproute2',
  nft: 'nftables',
  unshare: 'util-linux',
  nsenter: 'util-linux',
  setpriv: 'util-linux',
  flock: 'util-linux',
  losetup: 'mount',
  socat: 'socat',
  nsd: 'nsd',
  openssl: 'openssl',
  curl: 'curl',
};

/** An image with all packages is 1.9 GB, and a host writes a few hundred MB. */
const wantedBytes = 6 * 2 ** 30;

const devices = [
  ['/dev/net/tun', 'the mesh between regions', 'modprobe tun'],
  ['/dev/fuse', 'shared storage', 'modprobe fuse'],
  ['/dev/loop-control', 'volumes', 'modprobe loop'],
] as const;

const attempts = [
  {
    what: 'overlay file systems',
    why: "every host's disk",
    how: 'modprobe overlay; in a container, start it with the right to mount',
    script:
      'mount -t tmpfs none /mnt && cd /mnt && mkdir lower upper work root && mount -t overlay -o lowerdir=lower,upperdir=upper,workdir=work none root',
  },
  {
    what: 'cgroup2',
    why: 'stopping a host as a power cut does',
    how: 'a kernel with CONFIG_CGROUPS, of 5.14 or newer',
    script:
      'mount -t cgroup2 none /mnt && cd /mnt && mkdir groundplan-$$ && { test -e groundplan-$$/cgroup.kill; code=$?; rmdir groundplan-$$; exit $code; }',
  },
  {
    what: 'network namespaces with nftables',
    why: 'the networks between the hosts',
    how: 'a kernel with CONFIG_NET_NS, CONFIG_VETH and CONFIG_NF_TABLES_INET',
    script:
      'ip link add one type veth peer name two && nft "add table inet t; add set inet t s { type ifname . ifname; }; add chain inet t f { type filter hook forward priority 0; }"',
  },
] as const;

/** What is missing here for a rehearsal with hosts, in the order in which to get it; empty if nothing is. */
export async function preflight(machine: Machine): Promise<Missing[]> {
  if (machine.platform !== 'linux') {
    const how = 'run it on a Linux machine or in a virtual one; the API alone serves plan and apply anywhere';
    return [{ what: 'Linux', why: 'hosts are namespaces of its kernel', how }];
  }
  if (machine.userId !== 0) {
    const how = 'sudo; the API alone needs no root';
    return [{ what: 'root', why: 'only root may make namespaces, mounts and loop devices', how }];
  }
  const packages = await missingPackages(machine);
  if (packages.length > 0) return packages;
  return [...(await missingDevices(machine)), ...(await missingAbilities(machine)), ...(await missingSpace(machine))];
}

async function missingPackages(machine: Machine): Promise<Missing[]> {
  const names = Object.keys(programs);
  const found = await Promise.all(names.map((name) => machine.hasProgram(name)));
  const absent = names.filter((_, index) => found[index] === false);
  if (absent.length === 0) return [];
  const packages = [...new Set(absent.map((name) => programs[name] ?? name))].sort();
  const how = `apt-get install --no-install-recommends ${packages.join(' ')}`;
  return [{ what: absent.join(', '), why: 'hosts are made and run with them', how }];
}

async function missingDevices(machine: Machine): Promise<Missing[]> {
  const found = await Promise.all(devices.map(([path]) => machine.exists(path)));
  return devices.filter((_, index) => found[index] === false).map(([what, why, how]) => ({ what, why, how }));
}

async function missingAbilities(machine: Machine): Promise<Missing[]> {
  const able = await Promise.all(attempts.map(({ script }) => machine.attempt(script)));
  return attempts.filter((_, index) => able[index] === false).map(({ what, why, how }) => ({ what, why, how }));
}

async function missingSpace(machine: Machine): Promise<Missing[]> {
  const free = await machine.freeBytes();
  if (free >= wantedBytes) return [];
  const what = `${inGigabytes(wantedBytes)} GB of free disk, of which there are ${inGigabytes(free)}`;
  return [{ what, why: 'images and the disks of hosts', how: 'make room, or keep them elsewhere with XDG_CACHE_HOME' }];
}

function inGigabytes(bytes: number): number {
  return Math.floor((10 * bytes) / 2 ** 30) / 10;
}

/** This machine; `folder` is where images and hosts are kept. */
export function thisMachine(folder: string): Machine {
  return {
    platform: process.platform,
    userId: process.getuid?.() ?? -1,
    hasProgram: async (name) => (await run('sh', ['-c', 'command -v "$0" >/dev/null', name])).code === 0,
    attempt: async (script) => {
      const isolated = ['--mount', '--net', '--propagation', 'private', 'sh', '-ec', script];
      return (await run('unshare', isolated)).code === 0;
    },
    exists: async (path) => {
      try {
        await access(path);
        return true;
      } catch {
        return false;
      }
    },
    freeBytes: async () => {
      await mkdir(folder, { recursive: true });
      const { bavail, bsize } = await statfs(folder);
      return bavail * bsize;
    },
  };
}
