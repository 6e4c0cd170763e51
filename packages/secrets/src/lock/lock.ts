/** What may be known of a secret without its value. */
export interface LockedSecret {
  /** From 1; one more with each new value. */
  readonly version: number;
  /** Of the value: another value has another mark, and nobody can tell the value from it, however short it is. */
  readonly mark: string;
  /** The public half: a public key as SSH or PEM has it, or certificates. */
  readonly public?: string;
  /** Of the public half: as ssh-keygen shows it, or OpenSSL of a certificate; of another key the thumbprint of RFC 7638. */
  readonly fingerprint?: string;
  /** The last day of a certificate, `2036-11-21`. */
  readonly ends?: string;
  /** The address that a certificate is for. */
  readonly address?: string;
}

/** The file in clear beside the encrypted one: all that a build needs to know. */
export interface Lock {
  /** SHA-256 of the encrypted file, in hexadecimal: whether the two belong together. */
  readonly sealed: string;
  /** Whom the file is encrypted for; sorted. */
  readonly recipients: readonly string[];
  readonly secrets: ReadonlyMap<string, LockedSecret>;
}

/** The version of the form. */
export const lockFormat = 1;

/** The path of the lock file that belongs to a file of secrets: `secrets.lock.yaml` for `secrets.age`. */
export function lockFileOf(file: string): string {
  return `${file.replace(/\.age$/, '')}.lock.yaml`;
}
