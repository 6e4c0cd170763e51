import type { ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import type { Bundle } from '@groundplan/hosts/bundle';
import { fileOf } from '../stage.js';

/** What of a unit counts here: who runs what, after what, with which environment. */
interface Unit {
  readonly user: string;
  readonly environment: readonly string[];
  readonly environmentFiles: readonly string[];
  readonly before: readonly string[];
  readonly start: string;
  readonly stateFolder: string | undefined;
  readonly runtimeFolders: readonly string[];
  /** Name and path of each. */
  readonly credentials: readonly (readonly [name: string, path: string])[];
  readonly restarts: boolean;
}

/**
 * Does what systemd does with a unit of a bundle: folders, the commands before, the program as its user, again when it ends.
 * Commands of ours need no quoting that a shell would read otherwise.
 */
export async function startUnit(
  name: string,
  bundle: Bundle,
  run: (command: string) => Promise<string>,
  spawn: (command: string) => ChildProcess,
): Promise<ChildProcess> {
  const unit = unitOf(name, bundle);
  if (unit.stateFolder !== undefined)
    await run(`install -d -o ${unit.user} -g ${unit.user} -m 0700 /var/lib/${unit.stateFolder}`);
  for (const folder of unit.runtimeFolders) await run(`install -d -o ${unit.user} -m 0755 /run/${folder}`);
  const credentials = `/run/credentials/${name}`;
  for (const [each, path] of unit.credentials)
    await run(
      `install -d -o ${unit.user} ${credentials} && install -o ${unit.user} -m 0400 ${path} ${credentials}/${each}`,
    );
  for (const line of unit.before) {
    const [, prefix = '', command = ''] = /^([-+]*)(.*)$/.exec(line) ?? [];
    await run(prefix.includes('-') ? `${command} || true` : command);
  }
  const files = unit.environmentFiles.map((path) => `set -a; . ${path}; set +a`);
  const variables = [
    ...unit.environment,
    `CREDENTIALS_DIRECTORY=${credentials}`,
    `STATE_DIRECTORY=/var/lib/${unit.stateFolder}`,
  ].map((words) => `export ${words}`);
  const program = `setpriv --reuid=${unit.user} --regid=${unit.user} --init-groups --no-new-privs --pdeathsig=KILL ${unit.start}`;
  const loop = unit.restarts ? `while :; do ${program} & wait $!; sleep 2; done` : `exec ${program}`;
  return spawn([`echo $$ >/run/test-${name}.pid`, 'export HOME=/', ...files, ...variables, loop].join('\n'));
}

function unitOf(name: string, bundle: Bundle): Unit {
  const values = new Map<string, string[]>();
  const lines = textOf(name, bundle).replaceAll('\\\n', ' ').split('\n');
  for (const line of lines) {
    const [, key, value] = /^([A-Za-z]+)=(.*)$/.exec(line) ?? [];
    // An empty value forgets those before it.
    if (key !== undefined && value !== undefined)
      values.set(key, value === '' ? [] : [...(values.get(key) ?? []), value]);
  }
  const last = (key: string) => values.get(key)?.at(-1);
  return {
    user: last('User') ?? (last('DynamicUser') === 'yes' ? 'games' : 'root'),
    environment: values.get('Environment') ?? [],
    environmentFiles: (values.get('EnvironmentFile') ?? []).filter((path) => !path.startsWith('-')),
    before: values.get('ExecStartPre') ?? [],
    start: last('ExecStart') ?? 'false',
    stateFolder: last('StateDirectory'),
    runtimeFolders: last('RuntimeDirectory')?.split(' ') ?? [],
    credentials: (values.get('LoadCredential') ?? []).map((words) => {
      const [each = '', path = ''] = words.split(':');
      return [each, path];
    }),
    restarts: last('Restart') === 'always',
  };
}

/** The unit of the bundle, or the package's with the bundle's additions. */
function textOf(name: string, bundle: Bundle): string {
  const own = `/etc/systemd/system/${name}`;
  if (bundle.files.some(({ path }) => path === own)) return fileOf(bundle, own);
  const packaged = [`/usr/lib/systemd/system/${name}`, `/lib/systemd/system/${name}`].find(existsSync);
  if (packaged === undefined) throw new Error(`no package brings ${name}`);
  return `${readFileSync(packaged, 'utf8')}\n${fileOf(bundle, `${own}.d/groundplan.conf`)}`;
}
