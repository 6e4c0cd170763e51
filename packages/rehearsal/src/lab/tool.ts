import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type CommandResult, run } from '../command.js';
import { RehearsalFailed } from '../failed.js';
import type { Outsider } from '../network/outsider.js';

/** Terraform or OpenTofu. */
export interface Tool {
  readonly name: string;
  readonly path: string;
  readonly version: string;
}

/** A compiled topology, ready to be applied. */
export interface Project {
  /** The folder of `main.tf.json`. */
  readonly module: string;
  /** `TF_VAR_…` with the secrets. */
  readonly variables: Readonly<Record<string, string>>;
}

/** What the operator of a rehearsal does with a compiled topology. */
export interface Applier {
  apply(): Promise<void>;
  /** Whether a plan has nothing to do; else the lines that say what. */
  plan(): Promise<readonly string[]>;
}

/** What whoever rehearses may have set for projects of their own, which would work on those, or on a part of this one. Empty is unset. */
const notInherited = Object.fromEntries(
  ['WORKSPACE', 'DATA_DIR', 'CLI_ARGS', 'CLI_ARGS_init', 'CLI_ARGS_plan', 'CLI_ARGS_apply'].map((name) => [
    `TF_${name}`,
    '',
  ]),
);

const longestRun = 40 * 60_000;

/**
 * Prepares the module: its state is kept beside it, whatever backend the topology names, and providers come from where this machine
 * has them from.
 *
 * @param variables of the environment, for providers
 * @throws RehearsalFailed
 */
export async function initialise(
  tool: Tool,
  { module, variables: secrets }: Project,
  operator: Outsider,
  variables: Readonly<Record<string, string>>,
): Promise<Applier> {
  const backend = `${JSON.stringify({ terraform: { backend: { local: {} } } })}\n`;
  await writeFile(join(module, 'backend_override.tf.json'), backend);
  const env = { CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1', TF_INPUT: '0', ...notInherited, ...variables };
  const options = { env, timeoutMilliseconds: longestRun };
  const call = (...args: readonly string[]): string[] => [`-chdir=${module}`, ...args, '-input=false', '-no-color'];
  const there = { ...options, env: { ...env, ...secrets } };
  check(tool, 'init', await run(tool.path, call('init'), options));
  return {
    async apply() {
      check(tool, 'apply', await operator.run(tool.path, call('apply', '-auto-approve'), there));
    },
    async plan() {
      const result = await operator.run(tool.path, call('plan', '-detailed-exitcode'), there);
      if (result.code === 0) return [];
      if (result.code !== 2) check(tool, 'plan', result);
      const lines = result.stdout
        .split('\n')
        .filter((line) => line.startsWith('  # '))
        .map((line) => line.slice(4));
      return lines.length > 0 ? lines : ['outputs change'];
    },
  };
}

function check({ name }: Tool, verb: string, { code, stdout, stderr }: CommandResult): void {
  if (code === 0) return;
  const lines = `${stdout}\n${stderr}`.split('\n').map((line) => line.replace(/^[│╷╵]\s?/, '').trimEnd());
  const first = lines.findIndex((line) => line.startsWith('Error: '));
  // What hosts said while they were configured stands before the error, which says only that something went wrong.
  const hosts = lines.filter((line) => line.includes(' (remote-exec): ')).slice(-12);
  const said = [...hosts, ...lines.slice(first === -1 ? -20 : first)].filter((line) => line !== '');
  throw new RehearsalFailed(`${name} ${verb} failed:\n  ${said.slice(0, 50).join('\n  ')}`);
}
