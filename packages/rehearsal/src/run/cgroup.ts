import { mkdir, readFile, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { must } from '../command.js';

/** The path of a control group of this name; rejects where no cgroup2 is mounted. */
export async function cgroupOf(name: string): Promise<string> {
  return join(await cgroupRoot(), name);
}

/** Where cgroup2 is mounted; rejects where it is nowhere. */
export async function cgroupRoot(): Promise<string> {
  const mounts = (await readFile('/proc/self/mounts', 'utf8')).split('\n').map((line) => line.split(' '));
  const mount = mounts.find(([, , type]) => type === 'cgroup2')?.[1];
  if (mount === undefined) throw new Error('cgroup2 is mounted nowhere: mount -t cgroup2 none /sys/fs/cgroup');
  return mount;
}

/** Whether anything runs in a group or below it. */
export async function isPopulated(cgroup: string): Promise<boolean> {
  try {
    return (await readFile(join(cgroup, 'cgroup.events'), 'utf8')).includes('populated 1');
  } catch {
    return false;
  }
}

/** Ends all processes of a group and below it at once, as a power cut does, and waits until they are gone. */
export async function killGroup(cgroup: string): Promise<void> {
  if (!(await isPopulated(cgroup))) return;
  await writeFile(join(cgroup, 'cgroup.kill'), '1');
  for (let attempt = 0; attempt < 400; attempt += 1) {
    if (!(await isPopulated(cgroup))) return;
    await sleep(25);
  }
  throw new Error(`processes in ${cgroup} do not end`);
}

/** Removes a group in which nothing runs, with all below it. */
export async function removeGroup(cgroup: string): Promise<void> {
  await mkdir(cgroup, { recursive: true });
  await must('find', [cgroup, '-mindepth', '1', '-depth', '-type', 'd', '-exec', 'rmdir', '{}', '+']);
  await rmdir(cgroup);
}

/** The numbers of the processes in a group, rising; empty where there is none. */
export async function processesIn(cgroup: string): Promise<number[]> {
  try {
    const text = await readFile(join(cgroup, 'cgroup.procs'), 'utf8');
    const numbers = text.split('\n').flatMap((line) => (line === '' ? [] : [Number(line)]));
    return numbers.sort((a, b) => a - b);
  } catch {
    return [];
  }
}
