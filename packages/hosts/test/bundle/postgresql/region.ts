import { type ChildProcess, spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Bundle } from '@groundplan/hosts/bundle';
import { runProcess } from '../../../../../test/support/process.js';
import { startUnit } from './unit.js';

/** A private network with hosts of which each has this machine's system, the files of its bundle, and processes of its own. */
export interface Region {
  /** A host with the files of a bundle; a place in the network alone, without one. */
  add(name: string, address: string, bundle?: Bundle): Promise<void>;
  host(name: string): TestHost;
  /** Runs a command in the network at a host's place, with this machine's files. */
  at(name: string, command: string): Promise<Output>;
  /** Ends everything; afterwards nothing is left but what this returns: processes that should not be there. */
  close(): Promise<string[]>;
}

export interface TestHost {
  readonly address: string;
  /** Starts a unit of the bundle as systemd would, as far as it matters here; it is started again when it ends. */
  start(unit: string): Promise<void>;
  stop(unit: string): Promise<void>;
  /** Starts a unit that ends by itself, and waits for that. */
  finish(unit: string): Promise<void>;
  /** Runs a command on the host as root; throws what it wrote when it fails. */
  run(command: string): Promise<string>;
  /** Writes over a file of its bundle. */
  write(path: string, content: string): Promise<void>;
  /** The power is cut: nothing ends properly, and the network hears no more of it. What is on disks stays. */
  cut(): Promise<void>;
  boot(): Promise<void>;
  /** What its units have said since they were started. */
  said(): string;
}

export interface Output {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export type Filled = (bundle: Bundle) => ReadonlyMap<string, string>;

/** Opens an empty region; everything lives in namespaces that end with their first process, which ends with this one. */
export async function openRegion(textsOf: Filled): Promise<Region> {
  const folder = mkdtempSync(join(tmpdir(), 'groundplan-region-'));
  const mark = `GROUNDPLAN_REGION=${folder}`;
  const names = ['--mount', '--propagation', 'private', '--net', '--pid', '--fork', '--kill-child', '--mount-proc'];
  const outer = spawn('unshare', [...names, 'sleep', '3600'], { stdio: 'ignore', env: environment(mark) });
  const first = await innermost(outer, 'sleep');
  const inside = (...command: string[]) => ['-t', String(first), '-m', '-n', '-p', '--', ...command];
  const run = async (script: string) => {
    const { exitCode, stdout, stderr } = await runProcess('nsenter', inside('sh', '-euc', script), options(mark));
    if (exitCode !== 0) throw new Error(`${script}\n${stdout}\n${stderr}`);
    return stdout;
  };
  await run(`mount -t tmpfs tmpfs /run
mkdir /run/netns
ip link set lo up
ip link add hub type bridge
ip link set hub up`);
  const hosts = new Map<string, TestHost>();
  let count = 0;

  const add = async (name: string, address: string, bundle?: Bundle) => {
    count += 1;
    const port = `port${count}`;
    await run(`ip netns add ${name}
ip link add ${port} type veth peer name private netns ${name}
ip link set ${port} master hub up
ip -n ${name} link set lo up
ip -n ${name} addr add ${address}/16 dev private
ip -n ${name} link set private up`);
    if (bundle === undefined) return;
    const place = join(folder, name);
    mkdirSync(join(place, 'disk'), { recursive: true });
    lay(bundle, textsOf(bundle), join(place, 'files'));
    // Disks that outlive a host's processes; they cannot be in a folder of the file system that they are laid over.
    await run(`mount -t tmpfs tmpfs ${place}/disk
mkdir ${place}/disk/changes ${place}/disk/work ${place}/disk/root ${place}/disk/volume
cp -a ${place}/files/. ${place}/disk/changes`);
    const host = makeHost({ mark, root: `${place}/disk/root`, inside, name, port, address, bundle, run });
    hosts.set(name, host);
    await host.boot();
  };

  return {
    add,
    host: (name) => {
      const found = hosts.get(name);
      if (found === undefined) throw new Error(`there is no ${name}`);
      return found;
    },
    at: (name, command) =>
      runProcess('nsenter', inside('ip', 'netns', 'exec', name, 'sh', '-c', command), options(mark)),
    close: async () => {
      const ended = new Promise((resolve) => outer.once('exit', resolve));
      process.kill(first, 'SIGKILL');
      await ended;
      const left = await leftOver(mark);
      rmSync(folder, { recursive: true, force: true });
      return left;
    },
  };
}

interface Place {
  readonly mark: string;
  readonly root: string;
  readonly inside: (...command: string[]) => string[];
  readonly name: string;
  readonly port: string;
  readonly address: string;
  readonly bundle: Bundle;
  readonly run: (script: string) => Promise<string>;
}

function makeHost({ mark, root, inside, name, port, address, bundle, run }: Place): TestHost {
  let outer: ChildProcess | undefined;
  let first = 0;
  let said = '';
  const units = new Map<string, ChildProcess>();
  const within = (...command: string[]) => ['-t', String(first), '-m', '-n', '-p', '--', 'chroot', root, ...command];
  const onHost = async (command: string) => {
    const { exitCode, stdout, stderr } = await runProcess('nsenter', within('sh', '-c', command), options(mark));
    if (exitCode !== 0) throw new Error(`${command} on ${name} ended with ${exitCode}\n${stdout}\n${stderr}`);
    return stdout;
  };

  const start = async (unit: string) => {
    const child = await startUnit(unit, bundle, onHost, (command) =>
      spawn('nsenter', within('sh', '-c', command), { stdio: ['ignore', 'pipe', 'pipe'], env: environment(mark) }),
    );
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (chunk: string) => {
        said += chunk;
      });
    units.set(unit, child);
    return child;
  };

  return {
    address,
    run: onHost,
    said: () => said,
    write: async (path, content) => {
      const encoded = Buffer.from(content).toString('base64');
      await onHost(`echo ${encoded} | base64 -d >${path}`);
    },
    boot: async () => {
      // The host's first process ignores its children, so that they leave no zombie for which Patroni would wait.
      const mounts = `mountpoint -q ${root}/etc || mount -t overlay overlay -o lowerdir=/,upperdir=${root}/../changes,workdir=${root}/../work ${root}
mount -t proc proc ${root}/proc
mount --rbind /dev ${root}/dev
mount -t tmpfs tmpfs ${root}/run
mkdir -p ${root}/srv/data ${root}/run/postgresql
chown postgres ${root}/run/postgresql
mount --bind ${root}/../volume ${root}/srv/data
exec python3 -c 'import signal; signal.signal(signal.SIGCHLD, signal.SIG_IGN); signal.pause()'`;
      const namespaces = ['unshare', '--mount', '--pid', '--fork', '--kill-child', 'sh', '-euc', mounts];
      outer = spawn('nsenter', inside('ip', 'netns', 'exec', name, ...namespaces), {
        stdio: 'ignore',
        env: environment(mark),
      });
      first = await innermost(outer, 'python3');
      await run(`ip link set ${port} up`);
    },
    cut: async () => {
      await run(`ip link set ${port} down`);
      const ended = new Promise((resolve) => outer?.once('exit', resolve));
      process.kill(first, 'SIGKILL');
      await ended;
      units.clear();
    },
    start: async (unit) => void (await start(unit)),
    finish: async (unit) => {
      const child = await start(unit);
      if (child.exitCode !== null) return;
      await new Promise((resolve) => child.once('exit', resolve));
    },
    stop: async (unit) => {
      const child = units.get(unit);
      units.delete(unit);
      if (child === undefined || child.exitCode !== null) return;
      const ended = new Promise((resolve) => child.once('exit', resolve));
      await onHost(`kill $(cat /run/test-${unit}.pid)`);
      await ended;
    },
  };
}

/** The files of a bundle, with their owners and modes. */
function lay(bundle: Bundle, texts: ReadonlyMap<string, string>, folder: string): void {
  for (const { path, mode, owner, group } of bundle.files) {
    const at = join(folder, path);
    mkdirSync(dirname(at), { recursive: true });
    writeFileSync(at, texts.get(path) ?? '');
    chownSync(at, idOf('passwd', owner), idOf('group', group));
    chmodSync(at, Number.parseInt(mode, 8));
  }
}

function idOf(table: 'passwd' | 'group', name: string): number {
  const line = readFileSync(`/etc/${table}`, 'utf8')
    .split('\n')
    .find((each) => each.startsWith(`${name}:`));
  if (line === undefined) throw new Error(`${name} is not in /etc/${table}`);
  return Number(line.split(':')[2]);
}

/** The process at the end of a chain of namespaces, once it is the one that is meant. */
async function innermost(outer: ChildProcess, meant: string): Promise<number> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    let pid = outer.pid ?? 0;
    for (let next = childOf(pid); next !== undefined; next = childOf(next)) pid = next;
    if (nameOf(pid) === meant) return pid;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('the namespaces cannot be made');
}

function childOf(pid: number): number | undefined {
  const children = readOr(`/proc/${pid}/task/${pid}/children`).trim();
  return children === '' ? undefined : Number(children.split(' ')[0]);
}

function nameOf(pid: number): string {
  return readOr(`/proc/${pid}/comm`).trim();
}

async function leftOver(mark: string): Promise<string[]> {
  let left: string[] = [];
  for (let attempt = 0; attempt < 40; attempt += 1) {
    left = readdirSync('/proc')
      .filter((entry) => /^\d+$/.test(entry) && readOr(`/proc/${entry}/environ`).split('\0').includes(mark))
      .map((entry) => `${entry} ${readOr(`/proc/${entry}/cmdline`).replaceAll('\0', ' ')}`);
    if (left.length === 0) return [];
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return left;
}

function readOr(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function environment(mark: string): Record<string, string> {
  const [name = '', value = ''] = mark.split('=');
  return { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LANG: 'C.UTF-8', [name]: value };
}

function options(mark: string) {
  return { cwd: '/', env: environment(mark), timeoutMilliseconds: 120_000 };
}
