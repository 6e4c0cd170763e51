import type { Command } from '../command.js';

export interface CommandEntry {
  readonly name: string;
  /** One line for `--help` and for shells. */
  readonly summary: string;
  /** Loads the command with what it alone needs, so that none pays for another. */
  readonly load: () => Promise<Command>;
}

/** Every command, in the order in which `--help` lists them. */
export const commands: readonly CommandEntry[] = [
  {
    name: 'check',
    summary: 'shows what is wrong with topologies',
    load: async () => (await import('./check.js')).check,
  },
  {
    name: 'build',
    summary: 'compiles a topology into Terraform',
    load: async () => (await import('./build.js')).build,
  },
  { name: 'fmt', summary: 'formats topologies', load: async () => (await import('./fmt.js')).fmt },
  { name: 'cost', summary: 'shows what a topology costs a month', load: async () => (await import('./cost.js')).cost },
  {
    name: 'plan',
    summary: 'shows what Terraform would do, at the lines of the topology',
    load: async () => (await import('./plan.js')).plan,
  },
  {
    name: 'explain',
    summary: 'explains a diagnostic or a field',
    load: async () => (await import('./explain.js')).explain,
  },
  { name: 'init', summary: 'makes a new topology from a sample', load: async () => (await import('./init.js')).init },
  {
    name: 'catalog',
    summary: "shows or refreshes the catalogue of Hetzner's offer",
    load: async () => (await import('./catalog.js')).catalog,
  },
  {
    name: 'completion',
    summary: 'writes a script that completes commands in a shell',
    load: async () => (await import('./completion.js')).completion,
  },
];
