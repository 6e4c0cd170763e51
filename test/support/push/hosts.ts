/**
 * Servers of the Hetzner API as hosts that SSH reaches: each has the files of this machine, copied on write, in a root of its own, an
 * sshd at its addresses, and what its first boot writes. systemd, packages and kernel settings are stood in for by programs that note
 * what they are told; every validator is the real one. All of it is in namespaces of this process, and goes with them.
 */
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type HostDriver, type HostServer, noHosts } from '@groundplan/hetzner-api';
import { parse } from 'yaml';

/** The interface that has every address of the private networks. */
const privateInterface = 'enp7s0';

/** Says what it is told, and remembers which units run and which are enabled. */
const systemctl = `#!/bin/sh
mkdir -p /var/test/active /var/test/enabled
verb=$1
[ "$verb" = show ] || echo "systemctl $*" >>/var/test/deeds
now=
for word in "$@"; do [ "$word" != --now ] || now=yes; done
shift
for unit in "$@"; do
  case $unit in -*) continue ;; esac
  case $verb in
    show)
      active=inactive enabled=disabled
      [ ! -e "/var/test/active/$unit" ] || active=active
      [ ! -e "/var/test/enabled/$unit" ] || enabled=enabled
      printf 'Id=%s\\nLoadState=loaded\\nActiveState=%s\\nSubState=\\nUnitFileState=%s\\n\\n' "$unit" $active $enabled
      ;;
    start | restart) touch "/var/test/active/$unit" ;;
    stop) rm -f "/var/test/active/$unit" ;;
    enable) touch "/var/test/enabled/$unit" ;;
    disable) rm -f "/var/test/enabled/$unit"; [ -z "$now" ] || rm -f "/var/test/active/$unit" ;;
  esac
done
`;

const notes = (name: string) => `#!/bin/sh\necho "${name} $*" >>/var/test/deeds\n`;

const standIns: Readonly<Record<string, string>> = {
  systemctl,
  'apt-get': notes('apt-get'),
  sysctl: notes('sysctl'),
  'cloud-init': '#!/bin/sh\n',
  journalctl: '#!/bin/sh\n',
  // Nothing runs that a gate could wait for.
  timeout: '#!/bin/sh\ncase "$*" in *gate) exit 0 ;; esac\nexec /usr/bin/timeout "$@"\n',
  'dpkg-query': '#!/bin/sh\nshift 2\nfor name in "$@"; do echo "$name installed"; done\n',
};

/** Prepares the namespaces of this process: `unshare --net --mount --pid --fork --mount-proc`. */
export function prepareNamespaces(folder: string): void {
  run('ip', 'link', 'set', 'lo', 'up');
  run('ip', 'link', 'add', privateInterface, 'type', 'veth', 'peer', 'name', 'other-end');
  for (const each of [privateInterface, 'other-end']) run('ip', 'link', 'set', each, 'up');
  run('mount', '-t', 'tmpfs', 'hosts', folder);
}

/** @param folder on a file system of its own */
export function sshHosts(folder: string): HostDriver {
  return {
    ...noHosts,
    async create(server) {
      const root = rootOf(folder, server.name);
      mountRoot(folder, server.name);
      firstBoot(root, server);
      if (server.ipv4 !== null) await listen(root, server.ipv4, 'lo');
    },
    attachNetwork: ({ name }, { ip }) => listen(rootOf(folder, name), ip, privateInterface),
  };
}

/** Where a host's files are. */
export function rootOf(folder: string, name: string): string {
  return join(folder, name, 'root');
}

function mountRoot(folder: string, name: string): void {
  const [upper, work, root] = ['upper', 'work', 'root'].map((part) => join(folder, name, part)) as [
    string,
    string,
    string,
  ];
  for (const each of [upper, work, root]) mkdirSync(each, { recursive: true });
  run('mount', '-t', 'overlay', 'host', '-o', `lowerdir=/,upperdir=${upper},workdir=${work}`, root);
  for (const memory of ['run', 'tmp', 'root', 'var/lib/groundplan', 'etc/groundplan']) {
    mkdirSync(join(root, memory), { recursive: true });
    run('mount', '-t', 'tmpfs', '-o', 'mode=0755', 'memory', join(root, memory));
  }
  run('mount', '--rbind', '/dev', join(root, 'dev'));
  run('mount', '-t', 'proc', 'proc', join(root, 'proc'));
}

function firstBoot(root: string, { userData, sshKeys }: HostServer): void {
  const { write_files: files } = parse(userData) as {
    write_files: { path: string; permissions: string; content: string }[];
  };
  for (const { path, permissions, content } of files) put(root, path, content, Number.parseInt(permissions, 8));
  for (const [name, text] of Object.entries(standIns)) put(root, `/usr/local/sbin/${name}`, text, 0o755);
  put(root, '/root/.ssh/authorized_keys', `${sshKeys.join('\n')}\n`, 0o600);
  chmodSync(join(root, 'root'), 0o700);
  chmodSync(join(root, 'root/.ssh'), 0o700);
  put(root, '/var/test/deeds', '', 0o644);
  mkdirSync(join(root, 'run/sshd'));
  run('chroot', root, 'ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-f', '/run/sshd/host-key');
  mkdirSync(join(root, 'run/haproxy'));
}

function put(root: string, path: string, text: string, mode: number): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
  chmodSync(join(root, path), mode);
}

/** An sshd at one more address of a host. */
async function listen(root: string, address: string, device: string): Promise<void> {
  run('ip', 'address', 'add', `${address}/32`, 'dev', device);
  const pid = `/run/sshd/${address}`;
  const options = ['HostKey=/run/sshd/host-key', 'UsePAM=no', `PidFile=${pid}`, `ListenAddress=${address}`];
  const words = ['-D', '-E', '/run/sshd/log', ...options.flatMap((option) => ['-o', option])];
  spawn('chroot', [root, '/usr/sbin/sshd', ...words], { stdio: 'ignore' });
  for (let attempt = 0; attempt < 400; attempt++) {
    if (existsSync(root + pid)) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`sshd does not start: ${readFileSync(join(root, 'run/sshd/log'), 'utf8')}`);
}

function run(program: string, ...args: readonly string[]): void {
  execFileSync(program, args, { stdio: ['ignore', 'ignore', 'inherit'] });
}
