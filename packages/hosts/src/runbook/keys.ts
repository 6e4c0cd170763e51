import { isGiven, type NeededSecret, neededSecrets } from '@groundplan/secrets';
import type { Action, Bundle } from '../bundle/bundle.js';
import { secretsIn } from '../bundle/pack.js';
import { deployPublicKey, memberAuthority } from '../secret-names.js';
import { authorizedKeysPath } from '../sshd.js';
import type { Chapter } from './document.js';
import { code } from './markdown.js';
import {
  applying,
  groundplan,
  type Here,
  list,
  onHosts,
  onOwnComputer,
  paragraph,
  rotating,
  setting,
  terraform,
  withSecrets,
} from './write.js';

/** How each secret of the topology becomes another, and what that does to hosts. */
export function rotateKeys(here: Here): Chapter {
  const secrets = neededSecrets(here.model);
  const rows = secrets.map((secret) => [
    code(secret.name),
    secret.about,
    howOf(secret),
    secret.form.kind === 'passphrase' ? '' : effectsOf(here.bundles, secret.name),
  ]);
  const made = secrets.find((secret) => !isGiven(secret) && secret.form.kind === 'password');
  const given = secrets.find(isGiven);
  const members = secrets.filter(({ form }) => form.kind === 'member').map(({ name }) => name);
  return {
    title: 'Rotate keys',
    blocks: [
      paragraph(
        'A new version of a secret is one command, and an apply takes it to the hosts, one after the other. If one was stolen, rotate it before you look for how.',
      ),
      ...(made === undefined
        ? []
        : [
            onOwnComputer('One that Groundplan makes', `${rotating(here, '"$name"')}\n${applying(here)}`, {
              inputs: { name: made.name },
              expect: 'It is rotated (version 2), and the hosts that have it get it. Commit both files of the secrets.',
            }),
          ]),
      ...(given === undefined
        ? []
        : [
            onOwnComputer('One that you give', `${setting(here, '"$name"')}\n${applying(here)}`, {
              inputs: { name: given.name },
              expect: 'It asks for the value, which does not show. The old one can be revoked once the apply is over.',
            }),
          ]),
      ...(members.length === 0
        ? []
        : [
            paragraph(
              `The authority of the databases' members comes in two steps: first it alone, so that all hosts trust the new one beside the old, then its members.`,
            ),
            onOwnComputer(
              "The authority of the databases' members",
              [
                rotating(here, memberAuthority.publicPartOf),
                applying(here),
                rotating(here, members.join(' ')),
                applying(here),
              ].join('\n'),
              {
                expect: 'Two applies, in which members restart one after the other and the primary hands over before.',
              },
            ),
          ]),
      paragraph(
        `Hosts accept the key of ${code(deployPublicKey.publicPartOf)} that they were configured with, so that an operator brings them the public half of a new one, which ${code('secrets.lock.yaml')} has, before an apply comes with it.`,
      ),
      onOwnComputer('The key by which Terraform reaches hosts', rotating(here, deployPublicKey.publicPartOf), {
        expect: `It is rotated. ${code('groundplan keys list')} says where the file of the lock is, if it is elsewhere.`,
      }),
      onHosts(
        'Its public half',
        here.bundles.map(({ host }) => host),
        `echo "$key" >>${authorizedKeysPath}`,
        {
          which: { the: 'each host' },
          inputs: { key: 'ssh-ed25519 AAAA…' },
          expect: 'Nothing. The apply that follows takes the old one away.',
        },
      ),
      onOwnComputer('And all hosts by the new one alone', applying(here), { expect: 'Every host is configured.' }),
      { kind: 'table', head: ['Secret', 'What it is', 'Another one', 'What an apply does then'], rows },
      onOwnComputer('Whether all are there, and which certificates end soon', groundplan(here, 'keys --check'), {
        expect: 'Nothing is missing; or what is, and what to do about it.',
      }),
      onOwnComputer('Somebody who had the secrets has left', groundplan(here, 'keys recipients'), {
        expect:
          'After you took their key out of `secrets.recipients`. It keeps them from the next version alone: what they have read they know, so rotate everything in the table.',
      }),
      list(
        ...onePassword(here),
        'Never change a password in the database or on a host: the next apply puts back what the file says.',
        `${code('rotate')} and ${code('set')} change nothing on hosts before ${code(withSecrets(here, `${terraform} apply`))} has run.`,
      ),
    ],
  };
}

/** MariaDB takes the old password of the apps for a day beside the new one. */
function onePassword({ model }: Here): string[] {
  return model.databases
    .filter(({ engine }) => engine.value === 'postgresql')
    .map(
      (database) =>
        `PostgreSQL knows one password of a user. When that of the apps of ${code(`database.${database.name}`)} changes, a host of an app opens no new connection from the moment the database has the new one until the host has it, minutes at most; connections that are open stay.`,
    );
}

function howOf(secret: NeededSecret): string {
  if (isGiven(secret)) {
    const source = secret.source === undefined ? '' : `: ${secret.source}`;
    return `${code(`keys set ${secret.name}`)}${source}`;
  }
  if (secret.name === deployPublicKey.publicPartOf) return 'in two steps, as above';
  if (secret.form.kind === 'passphrase') return 'stays: what it encrypted can be read with nothing else';
  return code(`keys rotate ${secret.name}`);
}

/** What happens on hosts, by unit: a secret stands in files, and each says what a change of it means. */
function effectsOf(bundles: readonly Bundle[], name: string): string {
  const files = bundles.flatMap((bundle) =>
    bundle.files.filter(({ content }) => secretsIn(content).includes(name) || hasPublicPart(content, name)),
  );
  if (files.length === 0) return 'nothing on hosts: Terraform alone has it';
  const effects = new Set(files.map(({ action }) => effectOf(action)));
  return [...effects].sort().join('; ');
}

function hasPublicPart(content: Bundle['files'][number]['content'], name: string): boolean {
  return content.some((part) => typeof part !== 'string' && 'publicPartOf' in part && part.publicPartOf === name);
}

function effectOf(action: Action | undefined): string {
  switch (action?.kind) {
    case undefined:
      return 'read anew by itself';
    case 'run':
      return `${code(action.command.map((word) => word.replace(/^.*\//, '')).join(' '))} runs`;
    case 'reload':
      return `${code(action.unit)} reloads`;
    case 'restart':
      return `${code(action.unit)} restarts`;
    case 'release':
      return `${code(action.unit)} drains and restarts, host by host`;
  }
}
