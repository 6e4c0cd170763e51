import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { connect } from 'node:net';
import { type Bundle, bundleOf } from '@groundplan/hosts/bundle';
import type { Host, Model } from '@groundplan/model';
import { type Stage, stage } from '../stage.js';
import { until } from '../until.js';

/** A compiled host whose HAProxy runs here. */
export interface RunningHost {
  readonly host: Host;
  readonly staged: Stage;
  readonly address: string;
  /** As the unit does it: what is known of the servers is written down, then the master takes a new configuration. */
  reload(): Promise<void>;
  /** Asks by the socket for operators. */
  command(line: string): Promise<string>;
  /** Runs one of the host's own scripts; returns what it wrote. */
  run(script: string, ...args: string[]): Promise<string>;
  stop(): Promise<void>;
}

/** A region whose addresses no other run of the tests has at the same time. */
export const ownRegion = `regions: { fsn1: { location: fsn1, cidr: 10.${1 + (process.pid % 250)}.0.0/16 } }`;

/** The whole of 127.0.0.0/8 is this machine: a host with 10.1.2.3 is 127.1.2.3 here, with its ports as they are. */
export function loopback(text: string): string {
  return text.replaceAll(/(?<![\d.])10\.(\d+\.\d+\.\d+)/g, '127.$1');
}

/**
 * Starts the HAProxy of a host with the compiled configuration. Different are: addresses (10.x to 127.x), the ports of users (80) and of
 * the statistics, files in a folder of its own, the log, and the rights that only root could give up.
 */
export async function startHost(haproxy: string, model: Model, host: Host, userPort: number): Promise<RunningHost> {
  const bundle = bundleOf(model, host) as Bundle;
  const address = loopback(host.address);
  const staged = stage(bundle, 'own-folders', (path, content) => adapted(path, content, address, userPort));
  const configuration = staged.at('/etc/haproxy/haproxy.cfg');
  const socket = staged.at('/run/haproxy/admin.sock');
  const child = spawn(haproxy, ['-W', '-f', configuration], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    said += chunk;
  });
  const command = (line: string) => askSocket(socket, line);
  await until(
    () => command('show info'),
    () => `HAProxy of ${host.name} does not start: ${said}`,
  );
  return {
    host,
    staged,
    address,
    command,
    reload: async () => {
      await runShell(
        `echo show servers state | socat -t 5 - ${socket} >${staged.at('/run/groundplan/haproxy-servers')}`,
      );
      const before = await pidOf(command);
      child.kill('SIGUSR2');
      await until(
        async () => assert.notEqual(await pidOf(command), before),
        'HAProxy does not take the new configuration',
      );
    },
    run: (script, ...args) => runShell(['sh', staged.at(script), ...args].join(' ')),
    stop: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
      staged.remove();
    },
  };
}

function adapted(path: string, content: string, address: string, userPort: number): string {
  const text = loopback(content);
  if (path.endsWith('/drain')) return text.replace(/sport = (:\d+)/, `src ${address} and sport = $1`);
  if (!path.endsWith('/haproxy.cfg')) return text;
  return text
    .replace(/^ {2}(chroot|user|group) .*\n/gm, '')
    .replace('user root group haproxy ', '')
    .replace('log /dev/log', 'log 127.0.0.1:9')
    .replace('bind :::80 v4v6', `bind 127.0.0.1:${userPort}`)
    .replace('bind 127.0.0.1:8404', `bind ${address}:8404`);
}

async function pidOf(command: RunningHost['command']): Promise<string> {
  return /^Pid: (\d+)$/m.exec(await command('show info'))?.[1] ?? '';
}

function askSocket(path: string, line: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(path, () => socket.write(`${line}\n`));
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      answer += chunk;
    });
    socket.on('end', () => resolve(answer));
    socket.on('error', reject);
  });
}

function runShell(line: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child: ChildProcess = spawn('sh', ['-c', line], { stdio: ['ignore', 'pipe', 'inherit'] });
    let written = '';
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      written += chunk;
    });
    child.once('error', reject);
    child.once('close', (code) => (code === 0 ? resolve(written) : reject(new Error(`${line} ended with ${code}`))));
  });
}
