import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Ended } from './support/groundplan.js';
import { filesIn } from './support/project.js';
import { hetznerToken, keepingSecrets, keptTopology } from './support/secrets.js';

/** The parts of a value that must be nowhere: its lines, but not the frames of PEM and what is public in it. */
function secretLines(value: string): string[] {
  const secret = value.split('-----BEGIN CERTIFICATE-----')[0] ?? '';
  return secret.split('\n').filter((line) => line.length >= 7 && !line.startsWith('-----'));
}

describe('no secret', () => {
  it('is shown by any command, or in any file but the encrypted one', () =>
    keepingSecrets(async ({ folder, run, ok, write, person, values }) => {
      const topology = keptTopology([person.recipient], ['env: {', 'env: { KEY: "${secret.MASTER}",']);
      await write({ 'topology.yaml': topology });
      const said: Ended[] = [];
      const say = async (...all: Parameters<typeof run>) => void said.push(await run(...all));
      const given = {
        MASTER: 'hunter2-master',
        hcloud_token: hetznerToken,
        cloudflare_api_token: 'hunter2-cloudflare',
        backups_object_storage_access_key: 'hunter2-backups-access',
        backups_object_storage_secret_key: 'hunter2-backups-secret',
        object_storage_access_key: 'hunter2-access',
        object_storage_secret_key: 'hunter2-secret',
      };
      const old = new Set<string>();
      const remember = async () => {
        for (const [, value] of await values()) for (const line of secretLines(value)) old.add(line);
      };
      await say(['keys']);
      for (const [name, input] of Object.entries(given)) await say(['keys', 'set', name], { input });
      await remember();
      await say(['keys', 'rotate', 'database_main_app_password', 'deploy_ssh_key', 'member_fsn1_db_main_1_tls']);
      await say(['keys', 'rotate', 'member_authority']);
      await remember();
      for (const args of [
        ['keys'],
        ['keys', 'list'],
        ['keys', '--check'],
        ['keys', 'recipients'],
        ['keys', 'rotate', 'hcloud_token'],
        ['keys', 'rotate', 'database_main_backup_passphrase'],
        ['keys', 'remove', 'hcloud_token'],
        ['keys', 'set', 'hcloud_token'],
        ['keys', 'identity'],
        ['exec', '--', 'true'],
        ['exec', '--', 'no-such-program'],
        ['check'],
        ['build'],
      ])
        await say(args, { input: 'hunter2-refused', variables: { GROUNDPLAN_DEBUG: '1' } });
      await ok(['exec', '--', 'true']);

      const secrets = [...old, 'hunter2', person.identity];
      assert.ok(secrets.length > 40, `${secrets.length} are looked for`);
      const { 'home/.config/groundplan/identity': _identity, ...files } = await filesIn(folder);
      const places = {
        ...files,
        ...Object.fromEntries(said.map(({ stdout, stderr }, index) => [`run ${index}`, stdout + stderr])),
      };
      for (const [place, text] of Object.entries(places)) {
        for (const secret of secrets) assert.ok(!text.includes(secret), `${place} tells a secret`);
      }
    })).timeout(60_000);

  it('is on the command line or in the environment of the program itself while a command runs', () =>
    keepingSecrets(async ({ ok, write, person }) => {
      await write({ 'topology.yaml': keptTopology([person.recipient]) });
      await ok(['keys']);
      for (const [name, input] of [
        ['hcloud_token', hetznerToken],
        ['cloudflare_api_token', 'hunter2'],
        ['backups_object_storage_access_key', 'hunter2'],
        ['backups_object_storage_secret_key', 'hunter2'],
        ['object_storage_access_key', 'hunter2'],
        ['object_storage_secret_key', 'hunter2'],
      ] as const)
        await ok(['keys', 'set', name], { input });
      const script =
        'tr "\\0" "\\n" < /proc/$PPID/cmdline; tr "\\0" "\\n" < /proc/$PPID/environ; tr "\\0" "\\n" < /proc/self/cmdline';
      const { stdout } = await ok(['exec', '--', 'sh', '-c', script]);
      assert.match(stdout, /groundplan\.js\nexec\n--\nsh\n-c\n/);
      assert.ok(!stdout.includes('hunter2') && !stdout.includes(hetznerToken) && !stdout.includes('AGE-SECRET-KEY'));
    }));
});
