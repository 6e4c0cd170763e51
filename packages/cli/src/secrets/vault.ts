import { basename } from 'node:path';
import type { Lock } from '@groundplan/secrets';
import {
  hashOf,
  isRecipient,
  lockedOf,
  open,
  readContent,
  type SecretValues,
  seal,
  withLockKey,
  writeContent,
  writeLock,
} from '@groundplan/secrets/node';
import type { Context } from '../command.js';
import { Failure } from '../failure.js';
import { putFile } from '../output/put-file.js';
import { findIdentities, type Identities, identityFile, identityVariable } from './identity.js';
import { readIfThere, readLockFile } from './lock-file.js';
import type { FilePlace } from './places.js';
import { placeOf, type Subject } from './subject.js';

/** The secrets of a topology, opened. */
export interface Vault {
  /** As they are in the file; undefined when there is none yet. */
  readonly stored: SecretValues | undefined;
  /** The same with the key for the marks of the lock file. */
  readonly values: SecretValues;
  /** As it is on the disk; undefined when there is none yet. */
  readonly lock: Lock | undefined;
  /** Of the encrypted file as it was read; undefined when there is none yet. */
  readonly hash: string | undefined;
  readonly identities: Identities | undefined;
}

/** Only the user may read it: it is encrypted, but there is no reason to show it to others on the machine. */
const fileMode = 0o600;
const lockMode = 0o644;

/**
 * Opens the secrets of a topology; an empty vault where there is nothing yet.
 *
 * @param identity the file that `--identity` names
 * @throws Failure when they cannot be opened
 */
export async function openVault(subject: Subject, identity: string | undefined, context: Context): Promise<Vault> {
  const { file, lock: lockPlace } = subject;
  const lock = await readLockFile(lockPlace);
  const sealed = await readIfThere(file);
  const identities = await findIdentities(identity, context);
  if (sealed === undefined) {
    if (lock !== undefined && lock.secrets.size > 0) {
      throw new Failure(
        `${file.shown} is not there, but ${lockPlace.shown} knows of secrets in it: restore it, or remove ${lockPlace.shown} to begin anew`,
      );
    }
    return { stored: undefined, values: withLockKey(new Map()), lock, hash: undefined, identities };
  }
  if (identities === undefined) {
    throw new Failure(
      `${file.shown} cannot be opened without an identity: name its file by --identity or ${identityVariable}, or put it into ${identityFile(undefined, context).shown}`,
    );
  }
  const stored = await valuesIn(file, sealed, identities);
  return { stored, values: withLockKey(stored), lock, hash: hashOf(sealed), identities };
}

async function valuesIn(file: FilePlace, sealed: Uint8Array, identities: Identities): Promise<SecretValues> {
  const opened = await open(sealed, identities.identities);
  switch (opened.kind) {
    case 'opened': {
      const content = readContent(opened.text);
      if (content.kind === 'damaged')
        throw new Failure(`${file.shown}: what is encrypted in it cannot be read: ${content.problem}`);
      return content.values;
    }
    case 'wrong-identity':
      throw new Failure(
        `${file.shown} is not encrypted for ${identities.recipients.join(', ')} (from ${identities.from}): who can open it adds that to secrets.recipients, and runs "groundplan keys recipients"`,
      );
    case 'passphrase':
      throw new Failure(
        `${file.shown} is encrypted with a passphrase: Groundplan opens what is encrypted for recipients`,
      );
    case 'damaged':
      throw new Failure(
        /^(?:<{7}|>{7})/m.test(new TextDecoder().decode(sealed))
          ? `${file.shown} holds the conflict of a merge: take one side of it and of the lock file, and set again what the other side changed`
          : `${file.shown} is damaged, or was not encrypted by age: restore it`,
      );
  }
}

/**
 * Encrypts `values` for the recipients of the topology and writes both files, each as a whole: the encrypted one first, from which
 * the other can be made again. What is as it should be already is not touched.
 *
 * @returns the new content of the lock file
 * @throws Failure when there is nobody to encrypt for, when the file was changed meanwhile, or cannot be written
 */
export async function saveVault(subject: Subject, vault: Vault, values: SecretValues, context: Context): Promise<Lock> {
  const recipients = recipientsOf(subject, vault.identities);
  const { file, lock: lockPlace, needed } = subject;
  const secrets = lockedOf(values, needed, vault.lock);
  if (isSealed(vault, values, recipients)) {
    const lock: Lock = { sealed: vault.hash ?? '', recipients, secrets };
    await putLock(lockPlace, lock, file);
    return lock;
  }
  const abouts = new Map(needed.map(({ name, about }) => [name, about]));
  const sealed = await seal(writeContent(values, abouts), recipients);
  const current = await readIfThere(file);
  if ((current === undefined ? undefined : hashOf(current)) !== vault.hash)
    throw new Failure(`${file.shown} was changed meanwhile: nothing was written; run it again`);
  const lock: Lock = { sealed: hashOf(sealed), recipients, secrets };
  await putFile(file.path, file.shown, sealed, fileMode);
  await putLock(lockPlace, lock, file);
  noteRecipients(subject, vault, recipients, context);
  return lock;
}

/** Whether the encrypted file holds these values for these recipients, as far as one can know: it does not say whom it is for. */
function isSealed({ stored, lock, hash }: Vault, values: SecretValues, recipients: readonly string[]): boolean {
  return (
    stored !== undefined &&
    stored.size === values.size &&
    [...stored].every(([name, value]) => values.get(name) === value) &&
    lock !== undefined &&
    lock.sealed === hash &&
    isSame(lock.recipients, recipients)
  );
}

function isSame(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((each, index) => each === others[index]);
}

async function putLock(place: FilePlace, lock: Lock, file: FilePlace): Promise<void> {
  const text = writeLock(lock, basename(file.path));
  const current = await readIfThere(place);
  if (current !== undefined && Buffer.from(current).equals(Buffer.from(text))) return;
  await putFile(place.path, place.shown, text, lockMode);
}

/** Whom the topology says that the file is for, sorted. @throws Failure when it is nobody, or no recipient */
function recipientsOf(subject: Subject, identities: Identities | undefined): string[] {
  const { recipients } = subject.model.secrets;
  for (const { value, span } of recipients) {
    if (!isRecipient(value))
      throw new Failure(
        `${placeOf(subject, span)}: this is no recipient that Groundplan can encrypt for: it is mistyped, or needs a plugin of age`,
      );
  }
  if (recipients.length > 0) return recipients.map(({ value }) => value).sort();
  const [own] = identities?.recipients ?? [];
  throw new Failure(
    own === undefined
      ? `${subject.topology} does not say who may open the secrets: "groundplan keys identity" makes you an identity, whose public half belongs under secrets.recipients`
      : `${subject.topology} does not say who may open the secrets: add "secrets: { recipients: [${own}] }" for your own identity`,
  );
}

function noteRecipients(
  { file }: Subject,
  { lock, identities }: Vault,
  recipients: readonly string[],
  { note }: Context,
): void {
  const before = lock?.recipients ?? recipients;
  const joined = recipients.filter((each) => !before.includes(each));
  const left = before.filter((each) => !recipients.includes(each));
  for (const each of joined) note(`${file.shown} is now encrypted for ${each} as well`);
  for (const each of left)
    note(
      `${file.shown} is no longer encrypted for ${each}, who may have read what it held until now: rotate or set it anew`,
    );
  if (identities !== undefined && !identities.recipients.some((each) => recipients.includes(each)))
    note(`${file.shown} is not encrypted for your identity (from ${identities.from}): you cannot open it`);
}
