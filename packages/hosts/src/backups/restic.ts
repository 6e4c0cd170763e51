import type { Span } from '@groundplan/diagnostics';
import type { BundlePart } from '../bundle/bundle.js';
import { file, script } from '../bundle/file.js';
import { shellWord } from '../shell.js';
import { text } from '../template.js';
import type { Secret, Text } from '../text.js';
import { secretsFolder, statePath } from './paths.js';
import type { Target } from './target.js';

/** restic with the repository of a host's backups, for our programs and for a person. */
export const resticProgram = '/usr/local/sbin/groundplan-restic';

const passphrasePath = `${secretsFolder}/passphrase`;
const credentialsPath = `${secretsFolder}/s3`;
const sshKeyPath = `${secretsFolder}/ssh-key`;

/**
 * A repository of restic's, which encrypts everything before it leaves the host.
 *
 * @param user who makes the backups
 */
export function restic(owner: string, target: Target, passphrase: Secret, user: string, span: Span): BundlePart {
  const readable = { owner: 'root', group: user, mode: '0640' };
  return {
    packages: target.kind === 'sftp' ? ['openssh-client', 'restic'] : ['restic'],
    files: [
      script(resticProgram, span, program(owner, target)),
      file(passphrasePath, span, [passphrase, '\n'], readable),
      target.kind === 'sftp'
        ? file(sshKeyPath, span, [target.key, '\n'], { owner: user, group: user, mode: '0600' })
        : file(credentialsPath, span, credentials(target), readable),
    ],
  };
}

function credentials({ accessKey, secretKey }: Extract<Target, { kind: 's3' }>): Text {
  return text`
[default]
aws_access_key_id = ${accessKey}
aws_secret_access_key = ${secretKey}
`;
}

function program(owner: string, target: Target): Text {
  return text`
#!/bin/sh
# restic with the backups of ${owner}. What there is: groundplan-restic snapshots
# Whatever restic can do: restic help. Nothing but files that root and the database's user read holds a key.
set -eu

export RESTIC_REPOSITORY=${shellWord(repository(target))}
export RESTIC_PASSWORD_FILE=${passphrasePath}
export RESTIC_CACHE_DIR=${statePath}/cache
# By whom it belongs to: what root writes there would be in the way.
[ "$(id -u)" -ne 0 ] || set -- --no-cache "$@"

${way(target)}
`;
}

function repository(target: Target): string {
  if (target.kind === 'sftp') return `sftp:${target.user}@${target.host}:${target.folder}`;
  return `s3:https://${target.host}:${target.port}/${target.bucket}${target.folder}`;
}

function way(target: Target): string {
  if (target.kind === 's3')
    return `export AWS_SHARED_CREDENTIALS_FILE=${credentialsPath}
exec restic -o s3.region=${target.region} -o s3.bucket-lookup=path "$@"
`;
  const options = [
    `-i ${sshKeyPath}`,
    '-o IdentitiesOnly=yes -o BatchMode=yes -o ServerAliveInterval=15',
    // Nobody has said which key the server has: the first one counts.
    `-o StrictHostKeyChecking=accept-new -o UserKnownHostsFile=${statePath}/known_hosts`,
  ];
  return `exec restic -o sftp.command=${shellWord(
    `ssh -p ${target.port} ${options.join(' ')} ${target.user}@${target.host} -s sftp`,
  )} "$@"
`;
}
