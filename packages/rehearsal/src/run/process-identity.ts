import { readFile } from 'node:fs/promises';

/** A process, so that another one that later has its number is not taken for it. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Ticks from the machine's boot to its start. */
  readonly started: string;
  /** The machine's boot. */
  readonly boot: string;
}

/** This process. Linux only. */
export async function thisProcess(): Promise<ProcessIdentity> {
  const { pid } = process;
  return { pid, started: (await startOf(pid)) ?? '', boot: await currentBoot() };
}

/** Whether the process still runs. */
export async function isAlive({ pid, started, boot }: ProcessIdentity): Promise<boolean> {
  return boot === (await currentBoot()) && started === (await startOf(pid));
}

async function currentBoot(): Promise<string> {
  return (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim();
}

/** Field 22 of proc_pid_stat(5); the name of the program before it may hold blanks and parentheses. */
async function startOf(pid: number): Promise<string | undefined> {
  try {
    const text = await readFile(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}
