import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { HostDriver } from '@groundplan/hetzner-api';
import { administratorsEnvironment } from './command.js';
import { makeServers } from './driver/driver.js';
import { portOf, type Server } from './driver/server.js';
import { filesInstead, readAbilities } from './host/abilities.js';
import type { Host } from './host/host.js';
import { ensureImage, type Image } from './image/image.js';
import { recipeOf } from './image/recipe.js';
import { makeNetwork, type Where } from './network/network.js';
import { makeOutsider, type Outsider, type StartOptions } from './network/outsider.js';
import { type Places, places } from './places.js';
import { openRun } from './run/run.js';
import { makeVolumes } from './volume/volumes.js';

export interface RehearsalOptions {
  readonly places?: Places;
  /** Asked by all hosts; none by default. */
  readonly nameservers?: readonly string[];
  /** In every host from its beginning, by path; none by default. */
  readonly files?: ReadonlyMap<string, string>;
  /** How many hosts come up at the same time; ten by default. */
  readonly bootsAtOnce?: number;
  /** Gets a line before something that takes long. */
  readonly log?: (line: string) => void;
}

/** The hosts and networks of one run. */
export interface Rehearsal {
  readonly id: string;
  /** For files of the run; goes with it. */
  readonly folder: string;
  /** For the API: what is ordered there becomes hosts here. */
  readonly driver: HostDriver;
  /** In order of their creation. */
  hosts(): Host[];
  /** Throws if there is none of that name. */
  host(name: string): Host;
  /** From now on nothing passes between two hosts. */
  partition(one: string, other: string, where?: Where): Promise<void>;
  /** From now on nothing passes to or from a host; its cables stay. */
  isolate(name: string, where?: Where): Promise<void>;
  /** Ends all partitions. */
  heal(): Promise<void>;
  /** Somebody on the internet with this address. */
  addOutsider(name: string, ipv4: string): Promise<Outsider>;
  /** Starts a program on this machine that ends with the rehearsal at the latest; what it says is dropped. */
  start(program: string, args: readonly string[], options?: Pick<StartOptions, 'env'>): ChildProcess;
  /** Removes everything. */
  close(): Promise<void>;
}

/** Begins a rehearsal without hosts. `preflight` says whether it can. */
export async function openRehearsal(options: RehearsalOptions = {}): Promise<Rehearsal> {
  const { images, runs } = options.places ?? places();
  const run = await openRun(runs);
  try {
    const network = await makeNetwork(run);
    const programs = join(run.cgroup, 'programs');
    await mkdir(programs);
    const { driver, all } = makeServers({
      run,
      network,
      volumes: makeVolumes(`${run.folder}/volumes`),
      imageOf: (name) => imageNamed(name, images, options.log),
      files: new Map([...filesInstead(await readAbilities()), ...(options.files ?? [])]),
      nameservers: options.nameservers ?? [],
      bootsAtOnce: options.bootsAtOnce ?? 10,
    });
    const serverNamed = (name: string): Server => {
      const server = [...all.values()].find(({ host }) => host.name === name);
      if (server === undefined) throw new Error(`there is no host ${name}`);
      return server;
    };
    const portNamed = (name: string): string => portOf(serverNamed(name).id);
    return {
      id: run.id,
      folder: run.folder,
      driver,
      hosts: () => [...all.values()].map(({ host }) => host),
      host: (name) => serverNamed(name).host,
      partition: (one, other, where = 'everywhere') =>
        network.cut({ kind: 'between', ports: [portNamed(one), portNamed(other)] }, where),
      isolate: (name, where = 'everywhere') => network.cut({ kind: 'around', port: portNamed(name) }, where),
      heal: () => network.heal(),
      addOutsider: (name, ipv4) => makeOutsider(run, network, name, ipv4),
      start: (program, args, { env = {} } = {}) => {
        const script = 'echo $$ >"$0" && exec "$@"';
        return spawn('sh', ['-c', script, join(programs, 'cgroup.procs'), program, ...args], {
          cwd: '/',
          detached: true,
          env: { ...administratorsEnvironment(), ...env },
          stdio: 'ignore',
        });
      },
      close: () => run.close(),
    };
  } catch (error) {
    await run.close();
    throw error;
  }
}

async function imageNamed(name: string, folder: string, log: RehearsalOptions['log']): Promise<Image> {
  const recipe = recipeOf(name);
  if (recipe === undefined) throw new Error(`hosts with the image ${name} cannot be rehearsed here`);
  return ensureImage(recipe, folder, log);
}
