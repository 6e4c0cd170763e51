import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Quotas, type RunningApi, startApi } from '@groundplan/hetzner-api';
import { afterEach } from 'mocha';
import { type ProcessResult, runProcess } from './process.js';
import { hetznerToken, prepareTools, type S3Server, type Tool } from './terraform.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
export const groundplanProgram = join(root, 'packages/cli/bin/groundplan.js');

/** Replacements in the text of a topology, each of which must find its place. */
export type Edits = readonly (readonly [from: string, to: string])[];

/** A user's project, with Hetzner and a tool: everything is on loopback. */
export interface Site {
  readonly folder: string;
  readonly api: RunningApi;
  /** What the tool and groundplan see of the environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Writes the topology, with replacements of its text, and runs `groundplan plan` on it. */
  readonly plan: (changes?: Edits, args?: readonly string[]) => Promise<ProcessResult>;
  /** The same with `groundplan destroy`. */
  readonly destroy: (changes?: Edits, args?: readonly string[]) => Promise<ProcessResult>;
  /** The same with `groundplan replace`. */
  readonly replace: (changes: Edits, args: readonly string[]) => Promise<ProcessResult>;
  /** Runs the tool itself in the folder that was built. */
  readonly tool: (...args: readonly string[]) => Promise<ProcessResult>;
  /** Sets a variable of the environment for what follows, or takes it away. */
  readonly set: (name: string, value: string | undefined) => void;
  readonly close: () => Promise<void>;
}

export interface SiteOptions {
  readonly topology: string;
  readonly quotas?: Partial<Quotas>;
  /** For topologies with buckets. */
  readonly s3?: S3Server;
  /** Another project's API, which is then shared with it. */
  readonly api?: RunningApi;
}

/**
 * Opens sites for the tests of the suite that calls it. After each test they are closed, the last one first, since it may share what
 * the first one has.
 */
export function siteOpener(): (tool: Tool, options: SiteOptions) => Promise<Site> {
  const opened: Site[] = [];
  afterEach(async () => {
    for (const site of opened.splice(0).reverse()) await site.close();
  });
  return async (tool, options) => {
    const site = await openSite(tool, options);
    opened.push(site);
    return site;
  };
}

/** Needs `bundleCli` to have made the program. */
export async function openSite(tool: Tool, { topology, quotas = {}, s3, api: shared }: SiteOptions): Promise<Site> {
  const folder = await mkdtemp(join(tmpdir(), 'groundplan-site-'));
  const tokens = { [hetznerToken]: { project: 'shop', permission: 'read-write' as const } };
  const api = shared ?? (await startApi({ actionMilliseconds: 0, zones: ['example.com'], tokens, quotas }));
  await cp(join(root, 'samples/smallest/keys'), join(folder, 'keys'), { recursive: true });
  await mkdir(join(folder, 'tmp'));
  const { cliConfig } = await prepareTools();
  const env: Record<string, string> = {
    PATH: [dirname(tool.path), process.env['PATH'] ?? ''].join(delimiter),
    HOME: folder,
    TMPDIR: join(folder, 'tmp'),
    TF_CLI_CONFIG_FILE: cliConfig,
    CHECKPOINT_DISABLE: '1',
    HCLOUD_ENDPOINT: api.url,
    TF_VAR_hcloud_token: hetznerToken,
    ...(s3 && environmentOf(s3)),
  };
  const groundplan = async (command: string, changes: Edits, args: readonly string[]) => {
    await writeFile(join(folder, 'topology.yaml'), edited(topology, changes));
    const result = await runProcess(process.execPath, [groundplanProgram, command, '--tool', tool.name, ...args], {
      cwd: folder,
      env,
    });
    assert.deepEqual(await readdir(join(folder, 'tmp')), [], 'something is left in the temporary folder');
    return result;
  };
  return {
    folder,
    api,
    env,
    plan: (changes = [], args = []) => groundplan('plan', changes, args),
    destroy: (changes = [], args = []) => groundplan('destroy', changes, args),
    replace: (changes, args) => groundplan('replace', changes, args),
    tool: (...args) => runProcess(tool.path, args, { cwd: join(folder, 'build'), env }),
    set(name, value) {
      if (value === undefined) delete env[name];
      else env[name] = value;
    },
    async close() {
      await rm(folder, { recursive: true, force: true });
      if (shared === undefined) await api.close();
    },
  };
}

/** What leads the providers to an S3 server. */
function environmentOf({ endpoint, region, accessKey, secretKey }: S3Server): Record<string, string> {
  return {
    GROUNDPLAN_S3_ENDPOINT: endpoint,
    GROUNDPLAN_S3_REGION: region,
    TF_VAR_object_storage_access_key: accessKey,
    TF_VAR_object_storage_secret_key: secretKey,
  };
}

function edited(text: string, edits: Edits): string {
  return edits.reduce((written, [from, to]) => {
    assert.ok(written.includes(from), `the topology has no "${from}"`);
    return written.replace(from, to);
  }, text);
}

/** Plans and applies the topology as it is. */
export async function deploy(site: Site, changes: Edits = []): Promise<void> {
  const planned = await site.plan(changes, ['--', '-out=site.tfplan']);
  assert.equal(planned.exitCode, 0, planned.stderr + planned.stdout);
  const applied = await site.tool('apply', '-input=false', 'site.tfplan');
  assert.equal(applied.exitCode, 0, applied.stderr);
}
