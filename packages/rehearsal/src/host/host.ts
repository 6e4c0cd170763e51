import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, open, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import { administratorsEnvironment, CommandError, type CommandOptions, type CommandResult, run } from '../command.js';
import type { Image } from '../image/image.js';
import { killGroup, processesIn, removeGroup } from '../run/cgroup.js';
import type { Run } from '../run/run.js';
import { bootCommand, enterCommand, wantsReboot } from './nspawn.js';

export interface HostOptions {
  readonly run: Run;
  readonly image: Image;
  /** Unique in the run. */
  readonly key: string;
  readonly name: string;
  readonly namespace: string;
  /** Makes the network namespace and plugs it in; before each boot. */
  readonly plug: () => Promise<void>;
  /** Takes it away; after each end. */
  readonly unplug: () => Promise<void>;
}

/** A server as a real Linux system. */
export interface Host {
  readonly name: string;
  readonly namespace: string;
  isOn(): boolean;
  /** Switches it on; over when its first process runs, long before its system is up. Nothing if it is on. */
  boot(): Promise<void>;
  /** Asks the system to shut down and waits until it has, as long as that is at most `patience` milliseconds. */
  shutdown(patience?: number): Promise<void>;
  /** Ends everything in it at once. The disk keeps what was written. */
  powerLoss(): Promise<void>;
  /** Runs a command as root in it, whatever its exit code. Rejects if the host is off. */
  exec(command: readonly string[], options?: CommandOptions): Promise<CommandResult>;
  /** The same for a command that has to succeed: what it wrote. */
  must(command: readonly string[], options?: CommandOptions): Promise<string>;
  readFile(path: string): Promise<string>;
  /** Writes a file of root's, also while the host is off. */
  writeFile(path: string, content: string, mode?: string): Promise<void>;
  /** What it said on its console since it was made. */
  console(): Promise<string>;
  /** Devices by their path in it; those that are added while it runs appear at once. */
  readonly devices: DeviceTable;
  /** The command that opens a shell in it. Rejects if it is off. */
  shell(): Promise<string[]>;
  /** Cuts its power and removes its disk. */
  remove(): Promise<void>;
}

export interface DeviceTable {
  add(path: string, device: string): Promise<void>;
  /** The device disappears, and what is mounted from it fails. */
  remove(path: string): Promise<void>;
}

const longestStart = 20_000;

/** Makes a host that has never been on. */
export async function makeHost(options: HostOptions): Promise<Host> {
  const { run: rehearsal, image, key, name, namespace } = options;
  const folder = join(rehearsal.folder, 'hosts', key);
  const cgroup = join(rehearsal.cgroup, key);
  const upper = join(folder, 'upper');
  const consoleFile = join(folder, 'console.log');
  const devices = new Map<string, string>();
  let process: ChildProcess | undefined;
  let ended: Promise<void> = Promise.resolve();
  for (const part of ['upper', 'work', 'root', 'containers']) await mkdir(join(folder, part), { recursive: true });

  const leader = async (): Promise<number> => {
    const [first] = await processesIn(join(cgroup, 'payload/init.scope'));
    if (first === undefined) throw new Error(`${name} is off`);
    return first;
  };

  const exec: Host['exec'] = async (command, execOptions) => {
    const into = enterCommand(await leader());
    // In the host's group, so that a power cut takes it as well.
    const inGroup = 'echo $$ >"$0" && exec "$@"';
    return run('sh', ['-c', inGroup, join(cgroup, 'exec/cgroup.procs'), ...into, ...command], execOptions);
  };

  const mustExec: Host['must'] = async (command, execOptions) => {
    const result = await exec(command, execOptions);
    if (result.code !== 0) throw new CommandError([`${name}:`, ...command], result);
    return result.stdout;
  };

  const start = async (): Promise<void> => {
    await options.plug();
    await mkdir(join(cgroup, 'exec'), { recursive: true });
    const console = await open(consoleFile, 'a');
    const group = `/${rehearsal.cgroup.split('/').at(-1)}/${key}`;
    const [program = '', ...args] = bootCommand({ name, image, folder, group, namespace, devices });
    const child = spawn(program, args, {
      detached: true,
      env: administratorsEnvironment(),
      stdio: ['ignore', console.fd, console.fd],
    });
    process = child;
    ended = new Promise((resolve) => {
      child.once('error', () => resolve(end(1)));
      child.once('exit', (code) => resolve(end(code)));
    });
    await console.close();
    for (let waited = 0; (await processesIn(join(cgroup, 'payload/init.scope'))).length === 0; waited += 25) {
      if (process === undefined || waited > longestStart)
        throw new Error(`${name} does not start: ${await lastWords()}`);
      await sleep(25);
    }
  };

  /** After its process ended. A host that wants to reboot does so as a machine would: it comes up again by itself. */
  const end = async (code: number | null): Promise<void> => {
    // The end of the run removes everything by itself.
    if (rehearsal.isClosing()) return;
    await killGroup(cgroup);
    await removeGroup(cgroup);
    await options.unplug();
    process = undefined;
    if (code === wantsReboot) await start();
  };

  const lastWords = async (): Promise<string> => (await host.console()).trim().split('\n').at(-1) ?? '';

  const host: Host = {
    name,
    namespace,
    isOn: () => process !== undefined,
    async boot() {
      await ended;
      if (process === undefined) await start();
    },
    async shutdown(patience = 90_000) {
      process?.kill('SIGTERM');
      const timeout = new AbortController();
      const waiting = sleep(patience, undefined, { signal: timeout.signal }).catch(() => undefined);
      await Promise.race([ended, waiting]);
      timeout.abort();
    },
    async powerLoss() {
      await killGroup(cgroup);
      await ended;
    },
    exec,
    must: mustExec,
    readFile: (path) => mustExec(['cat', path]),
    async writeFile(path, content, mode = '0644') {
      if (process === undefined) {
        await mkdir(dirname(join(upper, path)), { recursive: true });
        await writeFile(join(upper, path), content, { mode: Number.parseInt(mode, 8) });
      } else {
        const script = 'umask 077 && mkdir -p "$(dirname "$0")" && cat >"$0" && chmod "$1" "$0"';
        await mustExec(['sh', '-c', script, path, mode], { input: content });
      }
    },
    console: async () => plainText(await readFile(consoleFile, 'utf8').catch(() => '')),
    devices: {
      async add(path, device) {
        devices.set(path, device);
        if (process === undefined) return;
        const numbers = (await run('stat', ['--format=%Hr %Lr', device])).stdout.trim().split(' ');
        const script = 'mkdir -p "$(dirname "$0")" && rm -f "$0" && mknod -m 0660 "$0" b "$@"';
        await mustExec(['sh', '-c', script, path, ...numbers]);
      },
      async remove(path) {
        if (!devices.delete(path) || process === undefined) return;
        await mustExec(['sh', '-c', vanishScript, path]);
      },
    },
    shell: async () => [...enterCommand(await leader()), 'bash', '-l'],
    async remove() {
      await host.powerLoss();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return host;
}

/** What a terminal would show, without colours. */
function plainText(output: string): string {
  return stripVTControlCharacters(output).replaceAll('\r', '');
}

/** The disk is gone: file systems on it fail from now on (`xfs_io shutdown` works for ext4 as well), and so does its name. */
const vanishScript = `
numbers=$(mountpoint -x "$0")
findmnt --list --noheadings --output MAJ:MIN,TARGET | while read -r at target; do
  [ "$at" != "$numbers" ] || xfs_io -x -c shutdown "$target"
done
! findmnt --mountpoint "$0" >/dev/null || umount "$0"
rm -f "$0"
`;
