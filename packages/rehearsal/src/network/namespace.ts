import { must } from '../command.js';

/**
 * Makes a network namespace with a loopback interface.
 *
 * @param settings of `/proc/sys`, such as `net.ipv4.ip_forward=1`
 */
export async function addNamespace(name: string, settings: readonly string[]): Promise<void> {
  await must('ip', ['netns', 'add', name]);
  await must('ip', ['-n', name, 'link', 'set', 'lo', 'up']);
  await inNamespace(name, 'sysctl', ['-q', '-w', ...settings]);
}

/** Removes it, with the interfaces in it. */
export async function removeNamespace(name: string): Promise<void> {
  await must('ip', ['netns', 'delete', name]);
}

/** Carries out lines of `ip -batch` in a namespace, as far as none fails. */
export async function ipBatch(namespace: string, lines: readonly string[]): Promise<void> {
  await must('ip', ['-n', namespace, '-batch', '-'], { input: `${lines.join('\n')}\n` });
}

/** Runs a program in a namespace; it has to succeed. */
export function inNamespace(namespace: string, program: string, args: readonly string[], input = ''): Promise<string> {
  return must('ip', ['netns', 'exec', namespace, program, ...args], { input });
}
