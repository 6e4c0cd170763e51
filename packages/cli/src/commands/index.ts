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
  { name: 'graph', summary: 'draws a topology', load: async () => (await import('./graph.js')).graph },
  { name: 'cost', summary: 'shows what a topology costs a month', load: async () => (await import('./cost.js')).cost },
  {
    name: 'plan',
    summary: 'shows what Terraform would do, at the lines of the topology',
    load: async () => (await import('./plan.js')).plan,
  },
  {
    name: 'replace',
    summary: 'replaces one host, and keeps its data',
    load: async () => (await import('./replace.js')).replace,
  },
  {
    name: 'rehearse',
    summary: 'makes a topology on this machine, lets things fail, and shows what users see',
    load: async () => (await import('./rehearse.js')).rehearse,
  },
  {
    name: 'destroy',
    summary: 'destroys everything that a topology made, after asking',
    load: async () => (await import('./destroy.js')).destroy,
  },
  {
    name: 'keys',
    summary: 'makes, takes and lists the secrets of a topology, in an encrypted file',
    load: async () => (await import('./keys.js')).keys,
  },
  {
    name: 'exec',
    summary: 'runs one command with the secrets in its environment',
    load: async () => (await import('./exec.js')).exec,
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
  { name: 'lsp', summary: 'runs the language server for an editor', load: async () => (await import('./lsp.js')).lsp },
  {
    name: 'completion',
    summary: 'writes a script that completes commands in a shell',
    load: async () => (await import('./completion.js')).completion,
  },
];
