import { armor, Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';

/** Encrypts a text for these recipients, armored; another text each time. */
export async function seal(text: string, recipients: readonly string[]): Promise<string> {
  const encrypter = new Encrypter();
  for (const recipient of recipients) encrypter.addRecipient(recipient);
  return `${armor.encode(await encrypter.encrypt(text)).trimEnd()}\n`;
}

export type Opened =
  | { readonly kind: 'opened'; readonly text: string }
  /** None of the identities is one that the file is for. */
  | { readonly kind: 'wrong-identity' }
  | { readonly kind: 'passphrase' }
  | { readonly kind: 'damaged' };

/** Decrypts what {@link seal}, or any other program that speaks age, encrypted. */
export async function open(file: Uint8Array, identities: readonly string[]): Promise<Opened> {
  const decrypter = new Decrypter();
  for (const identity of identities) decrypter.addIdentity(identity);
  let binary: Uint8Array;
  try {
    binary = isBinary(file) ? file : armor.decode(new TextDecoder().decode(file).trim());
  } catch {
    return { kind: 'damaged' };
  }
  if (Buffer.from(binary.subarray(0, 64)).toString('latin1').includes('\n-> scrypt ')) return { kind: 'passphrase' };
  try {
    const text = await decrypter.decrypt(binary);
    return { kind: 'opened', text: new TextDecoder('utf-8', { fatal: true }).decode(text) };
  } catch (error) {
    const isOther = error instanceof Error && error.message.startsWith('no identity matched');
    return { kind: isOther ? 'wrong-identity' : 'damaged' };
  }
}

function isBinary(file: Uint8Array): boolean {
  return Buffer.from(file.subarray(0, 15)).toString('latin1') === 'age-encryption.';
}

/** Whether a text is a recipient that files can be encrypted for. */
export function isRecipient(text: string): boolean {
  try {
    new Encrypter().addRecipient(text);
    return true;
  } catch {
    return false;
  }
}

/** A new identity, `AGE-SECRET-KEY-1…`, of the kind that every version of age knows. */
export function makeIdentity(): Promise<string> {
  return generateX25519Identity();
}

export type ReadIdentities =
  | { readonly kind: 'read'; readonly identities: readonly string[]; readonly recipients: readonly string[] }
  /** Says what is wrong without a word of the text. */
  | { readonly kind: 'unusable'; readonly problem: string };

/** Reads a file as `age-keygen` writes it: a line for each identity, empty lines, and lines with `#`. */
export async function readIdentities(text: string): Promise<ReadIdentities> {
  if (/^-----BEGIN AGE ENCRYPTED FILE-----|^age-encryption\.org/.test(text))
    return unusable('it is encrypted itself: decrypt it with age, and give the result');
  if (/^-----BEGIN [A-Z ]*PRIVATE KEY-----/m.test(text))
    return unusable('SSH keys are not taken: make an age identity');
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  const identities = lines.filter((line) => line !== '' && !line.startsWith('#'));
  if (identities.length === 0) return unusable('there is no identity in it');
  try {
    return {
      kind: 'read',
      identities,
      recipients: await Promise.all(identities.map((each) => identityToRecipient(each))),
    };
  } catch {
    return unusable('it holds a line that is no age identity, which begins with AGE-SECRET-KEY-');
  }
}

function unusable(problem: string): ReadIdentities {
  return { kind: 'unusable', problem };
}
