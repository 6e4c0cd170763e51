import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { administratorsEnvironment, type CommandOptions, type CommandResult, run } from '../command.js';
import type { Run } from '../run/run.js';
import type { Network } from './network.js';

/** Somebody on the internet who is no server of the topology: an operator, a user, a provider's service. */
export interface Outsider {
  readonly name: string;
  readonly ipv4: string;
  readonly namespace: string;
  /** Runs a program to its end as if it ran there. It sees this machine's files and none of its networks. */
  run(program: string, args: readonly string[], options?: CommandOptions): Promise<CommandResult>;
  /** Starts a program there; it ends with the rehearsal at the latest. */
  start(program: string, args: readonly string[], options?: StartOptions): ChildProcess;
  /**
   * Lets a server on this machine's loopback be reached there.
   *
   * @param address `127.0.0.1` for the outsider alone, or its own address for everybody
   */
  expose(address: string, port: number, target: { readonly port: number }): Promise<void>;
}

export interface StartOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** Adds somebody with an address to the internet of a run. */
export async function makeOutsider(rehearsal: Run, network: Network, name: string, ipv4: string): Promise<Outsider> {
  const namespace = await network.addOutsider(name, ipv4);
  const cgroup = join(rehearsal.cgroup, `outsider-${name}`);
  const sockets = join(rehearsal.folder, 'sockets');
  await mkdir(cgroup, { recursive: true });
  await mkdir(sockets, { recursive: true });

  /** In the group of the run, with which it ends. */
  const commandFor = (program: string, args: readonly string[]): string[] => {
    const script = 'echo $$ >"$0" && exec ip netns exec "$@"';
    return ['-c', script, join(cgroup, 'cgroup.procs'), namespace, program, ...args];
  };

  const start: Outsider['start'] = (program, args, { env = {}, cwd = '/' } = {}) =>
    spawn('sh', commandFor(program, args), {
      cwd,
      detached: true,
      env: { ...administratorsEnvironment(), ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
    });

  return {
    name,
    ipv4,
    namespace,
    run: (program, args, options) => run('sh', commandFor(program, args), options),
    start,
    async expose(address, port, target) {
      const socket = join(sockets, `${name}-${port}`);
      await relay(socket, target.port);
      const child = start('socat', [
        `TCP4-LISTEN:${port},bind=${address},reuseaddr,fork,backlog=1024`,
        `UNIX-CONNECT:${socket}`,
      ]);
      child.stdin?.end();
      child.stdout?.resume();
      child.stderr?.resume();
      await untilItListens(child, namespace, port);
    },
  };
}

/**
 * A socket in the file system, which all network namespaces share, that leads to a port of this machine's loopback. It does not keep
 * this process alive.
 */
function relay(path: string, port: number): Promise<Server> {
  const server = createServer({ allowHalfOpen: true }, (inner) => {
    const outer = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    for (const [one, other] of [
      [inner, outer],
      [outer, inner],
    ] as const) {
      one.pipe(other);
      one.on('error', () => other.destroy());
    }
  });
  server.unref();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, () => resolve(server));
  });
}

async function untilItListens(child: ChildProcess, namespace: string, port: number): Promise<void> {
  for (let attempt = 0; attempt < 200 && child.exitCode === null; attempt += 1) {
    const { stdout } = await run('ip', ['netns', 'exec', namespace, 'ss', '-Hltn', `sport = :${port}`]);
    if (stdout.trim() !== '') return;
    await sleep(25);
  }
  throw new Error(`port ${port} cannot be listened on in ${namespace}`);
}
