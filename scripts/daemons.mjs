// The Debian packages whose own validators the tests run. Installed here where this is root on Debian or Ubuntu.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The program that shows that a package is there, by package. */
export const daemons = {
  'cloud-init': 'cloud-init',
  nftables: 'nft',
  shellcheck: 'shellcheck',
  'openssh-server': 'sshd',
  // Take what is encrypted or made for them, as openssl does: the file of the secrets, the keys of SSH and of the tunnel.
  age: 'age',
  'openssh-client': 'ssh-keygen',
  tinc: 'tincd',
  // What the hosts of a topology run, and what examines the files that they are given.
  systemd: 'systemd-analyze',
  haproxy: 'haproxy',
  keepalived: 'keepalived',
  bird2: 'bird',
  socat: 'socat',
  iproute2: 'ss',
  chrony: 'chronyd',
  'mariadb-server': 'mariadbd',
  'mariadb-backup': 'mariadb-backup',
  'galera-arbitrator-4': 'garbd',
  'python3-minimal': 'python3',
  openssl: 'openssl',
  postgresql: 'psql',
  patroni: 'patroni',
  pgbackrest: 'pgbackrest',
  restic: 'restic',
  'etcd-server': 'etcd',
  'etcd-client': 'etcdctl',
  xfsprogs: 'mkfs.xfs',
  curl: 'curl',
  // Make and run the hosts of the rehearsal.
  'systemd-container': 'systemd-nspawn',
  mmdebstrap: 'mmdebstrap',
  'apt-utils': 'apt-ftparchive',
  nsd: 'nsd',
  // Shells whose completion is tested.
  zsh: 'zsh',
  fish: 'fish',
  // An editor that is not Visual Studio Code, with the language server.
  neovim: 'nvim',
  // Shows the editor to the tests of the extension.
  chromium: 'chromium',
};

/**
 * Installs what is missing, without starting anything.
 *
 * @returns {{ missing: string[] }} the programs that could not be had
 * @throws in CI (`CI=true`) when any is missing: what is not tested there is not known to work
 */
export function ensureDaemons() {
  const absent = Object.keys(daemons).filter((name) => !findProgram(daemons[name]));
  if (absent.length > 0 && process.getuid?.() === 0 && existsSync('/etc/debian_version')) install(absent);
  const missing = Object.values(daemons).filter((program) => !findProgram(program));
  if (missing.length > 0 && process.env.CI === 'true')
    throw new Error(`CI needs ${missing.join(', ')} and could not install them`);
  return { missing };
}

function install(names) {
  const policy = '/usr/sbin/policy-rc.d';
  const guarded = !existsSync(policy);
  process.stderr.write(`daemons: installing ${names.join(', ')}\n`);
  // policy-rc.d with exit 101 keeps Debian from starting what it installs (invoke-rc.d(8)).
  if (guarded) spawnSync('sh', ['-c', `printf '#!/bin/sh\\nexit 101\\n' > ${policy} && chmod 755 ${policy}`]);
  const options = {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  };
  spawnSync('apt-get', ['update', '-q'], options);
  spawnSync('apt-get', ['install', '-q', '-y', '--no-install-recommends', ...names], options);
  if (guarded) spawnSync('rm', ['-f', policy]);
}

/** The path of a program, also in the folders of the administrator, which are not on every user's PATH. */
export function findProgram(name) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin'];
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { missing } = ensureDaemons();
  if (missing.length > 0) process.stderr.write(`daemons: not to be had here: ${missing.join(', ')}\n`);
}
