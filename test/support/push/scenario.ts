/**
 * A user's day with hosts that SSH reaches, in namespaces of its own (see hosts.ts): what was seen at each step is printed as JSON.
 * Arguments: a folder, and the path of Terraform or OpenTofu.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, join } from 'node:path';
import { startApi } from '@groundplan/hetzner-api';
import { runProcess } from '../process.js';
import { groundplanProgram } from '../site.js';
import { hetznerToken, prepareTools } from '../terraform.js';
import { prepareNamespaces, rootOf, sshHosts } from './hosts.js';
import { type Deeds, databaseNames, hostNames, type Seen, secretValues, secretWords, topology } from './story.js';

const [folder = '', tool = ''] = process.argv.slice(2);
const hostsFolder = join(folder, 'hosts');
const project = join(folder, 'project');
const build = join(project, 'build');
for (const each of [hostsFolder, join(project, 'keys'), join(folder, 'home')]) mkdirSync(each, { recursive: true });
prepareNamespaces(hostsFolder);

const api = await startApi({
  actionMilliseconds: 0,
  zones: ['example.com'],
  quotas: { requestsPerHour: 1_000_000 },
  driver: sshHosts(hostsFolder),
});
/** Stands for the programs of the apps, as their hosts' HAProxy shows them. */
const healthy = createServer((_, answer) => answer.end());
await new Promise<void>((resolve) => healthy.listen(7080, '0.0.0.0', resolve));

const env = {
  PATH: `${dirname(tool)}:${process.env['PATH'] ?? ''}`,
  HOME: join(folder, 'home'),
  TF_CLI_CONFIG_FILE: (await prepareTools()).cliConfig,
  CHECKPOINT_DISABLE: '1',
  TF_IN_AUTOMATION: '1',
  HCLOUD_ENDPOINT: api.url,
};
/** For one command, in milliseconds: what SSH cannot reach it tries again for minutes. */
const limit = 240_000;
let log = '';

async function run(
  program: string,
  args: readonly string[],
): Promise<{ readonly exitCode: number; readonly stdout: string }> {
  const { exitCode, stdout, stderr } = await runProcess(program, args, {
    cwd: project,
    env,
    timeoutMilliseconds: limit,
  });
  log += stdout + stderr;
  return { exitCode, stdout: stdout + stderr };
}

async function groundplan(...args: readonly string[]): Promise<string> {
  const { exitCode, stdout } = await run(process.execPath, [groundplanProgram, ...args]);
  if (exitCode !== 0) throw new Error(`groundplan ${args.join(' ')}: ${stdout}`);
  return stdout;
}

async function setSecret(name: string, value: string): Promise<void> {
  writeFileSync(join(folder, 'value'), value);
  const command = `"$0" "$1" keys set ${name} <"${join(folder, 'value')}"`;
  const { exitCode, stdout } = await run('sh', ['-c', command, process.execPath, groundplanProgram]);
  if (exitCode !== 0) throw new Error(stdout);
}

/** The tool itself, with the secrets. */
function withSecrets(...args: readonly string[]): Promise<{ readonly exitCode: number; readonly stdout: string }> {
  return run(process.execPath, [groundplanProgram, 'exec', '--', tool, '-chdir=build', ...args]);
}

/** Builds, plans and applies a text, and says what was planned and done. */
async function apply(
  text: string,
): Promise<{ readonly planned: string[]; readonly deeds: Deeds; readonly said: string }> {
  writeFileSync(join(project, 'topology.yaml'), text);
  await groundplan('build');
  const planned = await plan();
  const { exitCode, stdout } = await withSecrets('apply', '-input=false', '-no-color', 'plan.bin');
  if (exitCode !== 0) throw new Error(stdout);
  return { planned, deeds: deeds(), said: stdout };
}

async function plan(): Promise<string[]> {
  const { exitCode, stdout } = await withSecrets('plan', '-input=false', '-no-color', '-out=plan.bin');
  if (exitCode !== 0) throw new Error(stdout);
  const shown = await run(tool, ['-chdir=build', 'show', '-json', 'plan.bin']);
  plans.push(shown.stdout, readFileSync(join(build, 'plan.bin'), 'latin1'));
  const changes = JSON.parse(shown.stdout).resource_changes as { address: string; change: { actions: string[] } }[];
  return changes
    .filter(({ change }) => change.actions.join() !== 'no-op' && change.actions.join() !== 'read')
    .map(({ address, change }) => `${change.actions.join('+')} ${address}`)
    .sort();
}
const plans: string[] = [];

/** What each host was told since the last time. */
function deeds(): Deeds {
  return Object.fromEntries(
    hostNames.map((name) => {
      const file = join(rootOf(hostsFolder, name), 'var/test/deeds');
      const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
      writeFileSync(file, '');
      return [name, lines];
    }),
  );
}

function fileOn(host: string, path: string): { readonly text: string; readonly mode: string } | undefined {
  const file = rootOf(hostsFolder, host) + path;
  if (!existsSync(file)) return undefined;
  return { text: readFileSync(file, 'utf8'), mode: (statSync(file).mode & 0o7777).toString(8) };
}

/** Where a secret stands, of what is kept or shown: state, plans, logs, what was built, and what hosts keep beside their files. */
function leaks(values: readonly string[]): string[] {
  const texts: [string, string][] = [
    ['log', log],
    ...plans.map((text, index): [string, string] => [`plan ${index}`, text]),
    ...filesBelow(build).map((file): [string, string] => [file.slice(build.length), readFileSync(file, 'latin1')]),
    ...[...hostNames, ...databaseNames].flatMap((name) =>
      ['var/lib/groundplan/push', 'var/lib/groundplan/converge', 'run', 'root', 'tmp'].flatMap((below) =>
        filesBelow(join(rootOf(hostsFolder, name), below)).map((file): [string, string] => [
          file,
          readFileSync(file, 'latin1'),
        ]),
      ),
    ),
  ];
  return texts.flatMap(([where, text]) => values.flatMap((value) => (text.includes(value) ? [where] : [])));
}

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

writeFileSync(join(project, 'serve.sh'), '#!/bin/sh\nsleep 1000\n');
writeFileSync(
  join(project, 'keys/ops.pub'),
  readFileSync(new URL('../../../samples/smallest/keys/ops.pub', import.meta.url), 'utf8'),
);
const recipient = /age1[a-z0-9]+/.exec(await groundplan('keys', 'identity'))?.[0] ?? '';
const first = topology(recipient);
writeFileSync(join(project, 'topology.yaml'), first);
await groundplan('keys');
await setSecret('hcloud_token', hetznerToken);
await setSecret('API_KEY', secretValues.first);
for (const half of ['access', 'secret']) await setSecret(`external_far_${half}_key`, `far-${half}`);
await groundplan('build');
const initialised = await run(tool, ['-chdir=build', 'init', '-input=false', '-no-color']);
if (initialised.exitCode !== 0) throw new Error(initialised.stdout);

const made = await apply(first);
const environment = '/etc/groundplan/app.env';
const atFirst = hostNames.map((name) => fileOn(name, environment));
const floating = fileOn('shop-fsn1-lb-edge-1', '/etc/groundplan/floating-ip.json')?.text ?? '';
const again = await plan();

const changed = await apply(first.replace('LEVEL: info', 'LEVEL: debug'));
await setSecret('API_KEY', secretValues.second);
const rotated = await apply(first.replace('LEVEL: info', 'LEVEL: debug'));
const afterRotation = hostNames.map((name) => fileOn(name, environment)?.text);

// What would be sent is not what was built.
const victim = join(build, 'hosts/shop-fsn1-lb-edge-2/files/etc/haproxy/haproxy.cfg');
const untampered = readFileSync(victim, 'utf8');
writeFileSync(victim, `${untampered}\nnonsense\n`);
const refused = await withSecrets(
  'apply',
  '-auto-approve',
  '-input=false',
  '-no-color',
  '-replace=terraform_data.fsn1_lb_edge_2_push',
);
writeFileSync(victim, untampered);
const afterRefusal = { deeds: deeds(), file: fileOn('shop-fsn1-lb-edge-2', '/etc/haproxy/haproxy.cfg')?.text };
const repaired = await apply(first.replace('LEVEL: info', 'LEVEL: debug'));

// A validator that takes nothing, on the balancer that is asked first.
const validator = join(rootOf(hostsFolder, 'shop-fsn1-lb-edge-1'), 'usr/local/sbin/haproxy');
const proxyFiles = () =>
  ['shop-fsn1-lb-edge-1', 'shop-fsn1-lb-edge-2'].map((name) => fileOn(name, '/etc/haproxy/routes.map')?.text);
const routesBefore = proxyFiles();
writeFileSync(validator, '#!/bin/sh\necho "unknown keyword «nonsense»"\nexit 1\n', { mode: 0o755 });
const routed = first.replace('LEVEL: info', 'LEVEL: debug').replace('routes: {', 'routes: { www.example.com: app.web,');
writeFileSync(join(project, 'topology.yaml'), routed);
await groundplan('build');
const invalid = await withSecrets('apply', '-auto-approve', '-input=false', '-no-color');
const afterInvalid = { deeds: deeds(), areRoutesOld: JSON.stringify(proxyFiles()) === JSON.stringify(routesBefore) };
rmSync(validator);
const valid = await apply(routed);

/** A line of the key by which Terraform came. */
const shows = `printf %s "$TF_VAR_deploy_ssh_key" >'${join(folder, 'key')}'`;
await run(process.execPath, [groundplanProgram, 'exec', '--', 'sh', '-c', shows]);
const [, , deployKey = ''] = readFileSync(join(folder, 'key'), 'utf8').split('\n');

const seen: Seen = {
  made,
  atFirst,
  floating,
  again,
  changed,
  rotated,
  afterRotation,
  refused,
  afterRefusal,
  repaired,
  invalid,
  afterInvalid,
  valid,
  bastionLogs: hostNames.map((name) => fileOn(name, '/run/sshd/log')?.text ?? ''),
  leaks: leaks([...secretWords, hetznerToken, deployKey]),
};
writeFileSync(join(folder, 'seen.json'), JSON.stringify(seen));
healthy.close();
await api.close();
process.exit(0);
