/**
 * Runs real Terraform and OpenTofu, with the real Hetzner provider and the stand-ins, in a folder of their own: nothing of
 * the user's is read or written, and nothing is downloaded.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildTools, type Tool, type Tools } from '../../scripts/tools.mjs';
import { runProcess } from './process.js';
import {
  type Change,
  changesOf,
  type Diagnostic,
  diagnosticsOfStream,
  diagnosticsOfValidate,
  type JsonObject,
  parseJsonObject,
} from './terraform-json.js';

export type { Tool } from '../../scripts/tools.mjs';
export { type S3Server, startS3 } from './s3.js';
export type { Change, Diagnostic, JsonObject } from './terraform-json.js';

let prepared: Promise<Tools> | undefined;

/**
 * Builds what is missing and says where the tools are: OpenTofu first, then Terraform where one of at least 1.11 is on PATH.
 * A first build takes minutes, so give the hook that awaits this a long timeout (`toolsTimeout`).
 *
 * @throws ToolsError with one clear line where Go is missing or a build fails: a test that needs tools never passes without
 */
export function prepareTools(): Promise<Tools> {
  prepared ??= buildTools();
  return prepared;
}

/** How long a hook that awaits `prepareTools()` may take, in milliseconds. */
export const toolsTimeout = 20 * 60_000;

/** A token of the only length that the Hetzner provider accepts, 64 characters. */
export const hetznerToken = 'groundplan'.padEnd(64, '0');

export interface WorkspaceOptions {
  tool: Tool;
  /** The content of main.tf.json, written as it is when it is a string. */
  mainTfJson: string | object;
  /** Address of the Hetzner-compatible API, with its `/v1`; HCLOUD_ENDPOINT. */
  hetznerUrl: string;
  /** The Hetzner token, `TF_VAR_hcloud_token`; `hetznerToken` by default. */
  token?: string;
  /** Address of the Cloudflare API stand-in; CLOUDFLARE_BASE_URL. */
  cloudflareUrl?: string;
  /** `TF_VAR_cloudflare_api_token`. */
  cloudflareToken?: string;
  /** The S3 server that every object storage endpoint leads to. */
  s3?: { endpoint: string; accessKey: string; secretKey: string; region: string };
  /** Further input variables: each becomes `TF_VAR_…`, complex values as JSON. */
  variables?: Record<string, string>;
  /** With `true` a file beside main.tf.json moves the state from the backend that it names to a local file. */
  localBackend?: boolean;
}

/** What one command said. */
export interface RunResult {
  exitCode: number;
  stdout: string;
  stderr: string;
  diagnostics: Diagnostic[];
}

export interface PlanResult extends RunResult {
  /** Everything that would change, in the order of the plan; empty when the plan is. */
  changes: Change[];
  /** `show -json` of the plan; undefined when planning failed. */
  json: JsonObject | undefined;
}

export interface Workspace {
  /** The folder that holds main.tf.json and the state. */
  dir: string;
  /** Replaces main.tf.json; providers that it newly names need another `init`. */
  write(mainTfJson: string | object): Promise<void>;
  init(): Promise<RunResult>;
  validate(): Promise<RunResult>;
  /** Plans and keeps the plan for `applyPlan`. Exit code 0: nothing to do; 1: failed; 2: there are changes. */
  plan(args?: readonly string[]): Promise<PlanResult>;
  /** Applies what the last `plan` planned. */
  applyPlan(): Promise<RunResult>;
  /** Plans and applies in one. */
  apply(args?: readonly string[]): Promise<RunResult>;
  destroy(args?: readonly string[]): Promise<RunResult>;
  /** The state as `show -json` gives it: `values.root_module.resources`, `values.outputs`. */
  show(): Promise<JsonObject>;
  /** The state file itself, from whichever backend holds it. */
  stateJson(): Promise<JsonObject>;
  /** Any other command; its output is not interpreted. */
  run(args: readonly string[], options?: { env?: Record<string, string> }): Promise<RunResult>;
  /** The whole environment that the tool runs in, for a program that runs it. */
  environment(): Record<string, string>;
  /** Sets input variables for the commands that follow. */
  setVariables(variables: Record<string, string>): void;
  dispose(): Promise<void>;
}

const planFile = 'plan.bin';

/**
 * A folder with one root module and the tool that runs in it. Commands that fail return their exit code and diagnostics;
 * only a tool that cannot be started or does not end throws.
 */
export async function openWorkspace(options: WorkspaceOptions): Promise<Workspace> {
  const { cliConfig } = await prepareTools();
  const top = await mkdtemp(join(tmpdir(), 'groundplan-'));
  const dir = join(top, 'module');
  const home = join(top, 'home');
  const temporary = join(top, 't');
  for (const folder of [dir, home, temporary]) await mkdir(folder);

  const variables = variablesOf(options);
  const environment = () => ({
    ...baseEnvironment(options, cliConfig),
    HOME: home,
    TMPDIR: temporary,
    ...Object.fromEntries([...variables].map(([name, value]) => [`TF_VAR_${name}`, value])),
  });
  const execute = async (args: readonly string[], env: Record<string, string> = {}) =>
    runProcess(options.tool.path, args, { cwd: dir, env: { ...environment(), ...env } });
  const stream = async (args: readonly string[]): Promise<RunResult> => {
    const output = await execute(args);
    return { ...output, diagnostics: diagnosticsOfStream(output.stdout) };
  };
  const showJson = async (args: readonly string[]) => {
    const output = await execute(args);
    if (output.exitCode !== 0) throw new Error(`${options.tool.name} ${args.join(' ')} failed: ${output.stderr}`);
    return parseJsonObject(output.stdout);
  };
  const write = async (mainTfJson: string | object) =>
    writeFile(
      join(dir, 'main.tf.json'),
      typeof mainTfJson === 'string' ? mainTfJson : `${JSON.stringify(mainTfJson, null, 2)}\n`,
    );

  await write(options.mainTfJson);
  if (options.localBackend === true) {
    await writeFile(join(dir, 'backend_override.tf.json'), '{ "terraform": { "backend": { "local": {} } } }\n');
  }

  return {
    dir,
    write,
    init: () => stream(['init', '-json', '-input=false']),
    async validate() {
      const output = await execute(['validate', '-json']);
      return { ...output, diagnostics: diagnosticsOfValidate(output.stdout) };
    },
    async plan(args = []) {
      const result = await stream(['plan', '-json', '-input=false', '-detailed-exitcode', `-out=${planFile}`, ...args]);
      const json = result.exitCode === 1 ? undefined : await showJson(['show', '-json', planFile]);
      return { ...result, json, changes: json === undefined ? [] : changesOf(json) };
    },
    applyPlan: () => stream(['apply', '-json', '-input=false', planFile]),
    apply: (args = []) => stream(['apply', '-json', '-input=false', '-auto-approve', ...args]),
    destroy: (args = []) => stream(['destroy', '-json', '-input=false', '-auto-approve', ...args]),
    show: () => showJson(['show', '-json']),
    stateJson: () => showJson(['state', 'pull']),
    async run(args, { env = {} } = {}) {
      return { ...(await execute(args, env)), diagnostics: [] };
    },
    environment,
    setVariables(more) {
      for (const [name, value] of Object.entries(more)) variables.set(name, value);
    },
    dispose: () => rm(top, { recursive: true, force: true }),
  };
}

function variablesOf(options: WorkspaceOptions): Map<string, string> {
  const variables = new Map<string, string>([['hcloud_token', options.token ?? hetznerToken]]);
  if (options.cloudflareToken !== undefined) variables.set('cloudflare_api_token', options.cloudflareToken);
  if (options.s3 !== undefined) {
    variables.set('object_storage_access_key', options.s3.accessKey);
    variables.set('object_storage_secret_key', options.s3.secretKey);
  }
  for (const [name, value] of Object.entries(options.variables ?? {})) variables.set(name, value);
  return variables;
}

/** Made from nothing rather than from the caller's, whose TF_… and proxies would change what is tested. */
function baseEnvironment(options: WorkspaceOptions, cliConfig: string): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    CHECKPOINT_DISABLE: '1',
    TF_CLI_CONFIG_FILE: cliConfig,
    TF_IN_AUTOMATION: '1',
    TF_INPUT: '0',
    HCLOUD_ENDPOINT: options.hetznerUrl,
    ...(options.cloudflareUrl === undefined ? {} : { CLOUDFLARE_BASE_URL: options.cloudflareUrl }),
    ...(options.s3 === undefined
      ? {}
      : { GROUNDPLAN_S3_ENDPOINT: options.s3.endpoint, GROUNDPLAN_S3_REGION: options.s3.region }),
  };
}
