import assert from 'node:assert/strict';
import { chmod, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeIdentity, open, readContent, readIdentities, type SecretValues } from '@groundplan/secrets/node';
import { type Ended, groundplan, type RunOptions } from './groundplan.js';
import { addFiles, type Files, inProject } from './project.js';
import { project, publicKey, topology } from './topologies.js';

/** Somebody who can open files of secrets. */
export interface Person {
  readonly identity: string;
  readonly recipient: string;
}

export async function newPerson(): Promise<Person> {
  const identity = await makeIdentity();
  const read = await readIdentities(identity);
  return { identity, recipient: read.kind === 'read' ? (read.recipients[0] ?? '') : '' };
}

/** A project in which one person keeps the secrets. */
export interface Keeping {
  readonly folder: string;
  readonly person: Person;
  /** Runs the program as that person, or as `options` say. */
  readonly run: (args: readonly string[], options?: Partial<RunOptions>) => Promise<Ended>;
  /** Runs it, which must succeed. */
  readonly ok: (args: readonly string[], options?: Partial<RunOptions>) => Promise<Ended>;
  readonly read: (path: string) => Promise<string>;
  readonly write: (files: Files) => Promise<void>;
  /** What the encrypted file holds. */
  readonly values: () => Promise<SecretValues>;
}

/** The text of the smallest topology with these recipients. */
export function keptTopology(
  recipients: readonly string[],
  ...changes: readonly (readonly [from: string, to: string])[]
): string {
  return `${topology(...changes)}secrets: { recipients: [${recipients.join(', ')}] }\n`;
}

/** Does `work` in a project with the smallest topology, of which a new person is the recipient. */
export async function keepingSecrets(work: (keeping: Keeping) => Promise<void>, files: Files = {}): Promise<void> {
  const person = await newPerson();
  const own = {
    ...project(),
    'topology.yaml': keptTopology([person.recipient]),
    'keys/ops.pub': publicKey,
    'home/.config/groundplan/identity': `# a comment\n${person.identity}\n`,
    ...files,
  };
  await inProject(own, async (folder) => {
    await chmod(join(folder, 'home/.config/groundplan/identity'), 0o600);
    const run: Keeping['run'] = (args, options = {}) =>
      groundplan(args, { folder, ...options, variables: { HOME: join(folder, 'home'), ...options.variables } });
    const read = (path: string) => readFile(join(folder, path), 'utf8');
    await work({
      folder,
      person,
      run,
      read,
      ok: async (args, options) => {
        const ended = await run(args, options);
        assert.equal(ended.code, 0, `groundplan ${args.join(' ')}: ${ended.stderr}`);
        return ended;
      },
      write: (more) => addFiles(folder, more),
      values: async () => {
        const opened = await open(Buffer.from(await read('secrets.age')), [person.identity]);
        assert.equal(opened.kind, 'opened');
        const content = readContent(opened.kind === 'opened' ? opened.text : '');
        assert.equal(content.kind, 'read');
        return content.kind === 'read' ? content.values : new Map();
      },
    });
  });
}

/** A token as Hetzner gives one out. */
export const hetznerToken = 'hetzner0'.repeat(8);

/** The secrets that `groundplan keys` makes for the smallest topology, sorted. */
export const made = [
  'database_main_app_password',
  'database_main_backup_passphrase',
  'database_main_replication_password',
  'database_main_rewind_password',
  'database_main_superuser_password',
  'deploy_ssh_key',
  'dns_checker_key',
  'member_authority',
  'member_fsn1_db_main_1_tls',
  'member_fsn1_db_main_2_tls',
  'member_fsn1_lb_edge_1_tls',
];

/** Those that its user has to give, sorted. */
export const given = [
  'backups_object_storage_access_key',
  'backups_object_storage_secret_key',
  'cloudflare_api_token',
  'hcloud_token',
  'object_storage_access_key',
  'object_storage_secret_key',
];

/** Sets everything that the smallest topology asks for. */
export async function giveAll({ ok }: Keeping): Promise<void> {
  for (const name of given)
    await ok(['keys', 'set', name], { input: name === 'hcloud_token' ? hetznerToken : `value of ${name}\n` });
}

/** The version of each secret that has a value, by its name, as the lock file has it. */
export async function versions({ read }: Keeping): Promise<Record<string, string | undefined>> {
  const found = (await read('secrets.lock.yaml')).matchAll(/^ {2}(\w+):\n {4}version: (\d+)$/gm);
  return Object.fromEntries([...found].map(([, name, version]) => [name, version]));
}
