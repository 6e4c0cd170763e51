import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Outsider } from '../network/outsider.js';
import { type Zone, zoneFile } from './zone-file.js';

export interface NameServerOptions {
  /** Where it is, on port 53. */
  readonly outsider: Outsider;
  /** For its files; made if it is not there. */
  readonly folder: string;
  /** What the zones are now; asked again and again. */
  readonly zones: () => readonly Zone[];
}

/** An authoritative name server of the zones, and of nothing else. */
export interface NameServer {
  /** Resolves when what the zones are now is served. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** How often it is looked whether a zone has changed; Hetzner's name servers take longer. */
const interval = 200;

/** Starts NSD with the zones as they are, and follows them. Rejects if it does not start. */
export async function startNameServer({ outsider, folder, zones }: NameServerOptions): Promise<NameServer> {
  await mkdir(folder, { recursive: true });
  let child: ChildProcess | undefined;
  let served = new Map<string, string>();
  let isClosed = false;

  const stop = async (): Promise<void> => {
    const running = child;
    child = undefined;
    if (running === undefined || running.exitCode !== null || running.signalCode !== null) return;
    running.kill('SIGTERM');
    await once(running, 'exit');
  };

  const start = async (names: readonly string[]): Promise<void> => {
    await stop();
    const file = join(folder, 'nsd.conf');
    await writeFile(file, configuration(outsider.ipv4, folder, names));
    child = outsider.start('nsd', ['-d', '-c', file]);
    const said: Buffer[] = [];
    child.stderr?.on('data', (chunk: Buffer) => said.push(chunk));
    child.stdout?.resume();
    if (!(await answers(outsider, child)))
      throw new Error(`nsd does not start: ${Buffer.concat(said).toString('utf8')}`);
  };

  const follow = async (): Promise<void> => {
    const wanted = new Map(zones().map((zone) => [zone.name, zoneFile(zone)]));
    const changed = [...wanted].filter(([name, text]) => served.get(name) !== text);
    const isSame = wanted.size === served.size && [...wanted.keys()].every((name) => served.has(name));
    for (const [name, text] of changed) {
      const file = join(folder, `${name}.zone`);
      await writeFile(`${file}.new`, text);
      await rename(`${file}.new`, file);
    }
    served = wanted;
    if (child === undefined || !isSame) await start([...wanted.keys()]);
    else if (changed.length > 0) child.kill('SIGHUP');
  };

  await follow();
  let failure: unknown;
  const following = (async () => {
    while (!isClosed) {
      await sleep(interval, undefined, { ref: false });
      if (!isClosed) await follow();
    }
  })().catch((error: unknown) => {
    failure = error;
  });

  return {
    async settled() {
      // One look to see the change, one more for NSD to read it.
      await sleep(3 * interval);
      if (failure !== undefined) throw failure;
    },
    async close() {
      isClosed = true;
      await following;
      await stop();
    },
  };
}

/** nsd.conf(5). It stays root, since it is in a namespace of its own anyway, and limits nobody. */
function configuration(address: string, folder: string, names: readonly string[]): string {
  const zones = names.map((name) => `zone:\n  name: "${name}"\n  zonefile: "${name}.zone"\n`);
  return `server:
  ip-address: ${address}
  username: ""
  zonesdir: "${folder}"
  database: ""
  pidfile: "${folder}/nsd.pid"
  xfrdfile: "${folder}/xfrd.state"
  xfrdir: "${folder}"
  zonelistfile: "${folder}/zone.list"
  rrl-ratelimit: 0
remote-control:
  control-enable: no
${zones.join('')}`;
}

async function answers(outsider: Outsider, child: ChildProcess): Promise<boolean> {
  for (let attempt = 0; attempt < 200 && child.exitCode === null; attempt += 1) {
    if ((await outsider.run('ss', ['-Hlun', 'sport = :53'])).stdout.trim() !== '') return true;
    await sleep(25);
  }
  return false;
}
