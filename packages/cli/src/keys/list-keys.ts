import { type Form, type LockedSecret, leftOver, type NeededSecret } from '@groundplan/secrets';
import type { Context } from '../command.js';
import { readLockFile } from '../secrets/lock-file.js';
import { placeOf, type Subject } from '../secrets/subject.js';

/** Shows every secret, with its version and where it is used: what the lock file knows, and no value. */
export async function listKeys(subject: Subject, { stdout }: Context): Promise<void> {
  const locked = (await readLockFile(subject.lock))?.secrets ?? new Map<string, LockedSecret>();
  const rows = [
    ...subject.needed.map((secret) => rowOf(secret, locked.get(secret.name), subject)),
    ...leftOver(subject.needed, locked).map((name) => [name, versionOf(locked.get(name)), '', 'not needed any more']),
  ];
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  for (const row of rows) {
    const cells = row.map((cell, column) => cell.padEnd(widths[column] ?? 0));
    stdout.write(`${cells.join('  ').trimEnd()}\n`);
  }
}

function rowOf(secret: NeededSecret, locked: LockedSecret | undefined, subject: Subject): string[] {
  const [first, ...others] = secret.uses.map((span) => placeOf(subject, span));
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  const ends = locked?.ends === undefined ? '' : ` Ends on ${locked.ends}.`;
  return [secret.name, versionOf(locked), kindOf[secret.form.kind], `${first}${more}: ${secret.about}${ends}`];
}

function versionOf(locked: LockedSecret | undefined): string {
  return locked === undefined ? 'missing' : `v${locked.version}`;
}

const kindOf: Readonly<Record<Form['kind'], string>> = {
  text: 'given',
  token: 'given',
  'certificate-file': 'given certificate',
  'key-file': 'given key',
  password: 'password',
  passphrase: 'passphrase',
  'ssh-key': 'SSH key',
  'rsa-key': 'RSA key',
  'ec-key': 'key',
  authority: 'authority',
  member: 'certificate',
};
