import type { Span } from '@groundplan/diagnostics';

/** What a value looks like, and with that how it comes about. */
export type Form =
  /** Given by the user. */
  | { readonly kind: 'text' }
  /** Given by the user, with exactly so many characters. */
  | { readonly kind: 'token'; readonly length: number }
  /** Given by the user: certificates in PEM, the host's own first. */
  | { readonly kind: 'certificate-file' }
  /** Given by the user: the private key of a certificate, in PEM. */
  | { readonly kind: 'key-file' }
  /** Made: letters and digits. A new one can take the place of an old one. */
  | { readonly kind: 'password' }
  /** Made: letters and digits. What it encrypted can be read with it alone, so that it stays. */
  | { readonly kind: 'passphrase' }
  /** Made: an Ed25519 key as `ssh-keygen` makes it. */
  | { readonly kind: 'ssh-key' }
  /** Made: an RSA key in PEM (PKCS#1), as tinc 1.0 makes it. */
  | { readonly kind: 'rsa-key' }
  /** Made: a key on the curve P-256 in PEM (PKCS#8), for which somebody else certifies names. */
  | { readonly kind: 'ec-key' }
  /** Made: the key of a certificate authority and its certificate, then those of earlier keys that are still trusted. */
  | { readonly kind: 'authority' }
  /** Made: a key and its certificate, for a server that is also a client at this address, by the authority of this name. */
  | { readonly kind: 'member'; readonly address: string; readonly authority: string };

/** A secret that a topology needs. */
export interface NeededSecret {
  /**
   * By which the file knows it. Those that a topology names are in capitals, `RAILS_MASTER_KEY`; Groundplan's own are small, come
   * from first names, and so never change.
   */
  readonly name: string;
  readonly form: Form;
  /** What it is, as a sentence. */
  readonly about: string;
  /** How to come by it; undefined for what is made, and for what only the user knows about. */
  readonly source?: string;
  /**
   * The ephemeral variable of Terraform by which it enters, where the compiled module has it: for its providers, or for the hosts that
   * are given it. Undefined for what no variable takes.
   */
  readonly variable: string | undefined;
  /** What in the topology needs it, in the order of the text; at least one place. */
  readonly uses: readonly Span[];
}

/** Whether the topology names it, by `secret.NAME`. */
export function isWritten({ name }: Pick<NeededSecret, 'name'>): boolean {
  return /^[A-Z]/.test(name);
}

/** Whether the user has to give it. */
export function isGiven({ form }: NeededSecret): boolean {
  switch (form.kind) {
    case 'text':
    case 'token':
    case 'certificate-file':
    case 'key-file':
      return true;
    case 'password':
    case 'passphrase':
    case 'ssh-key':
    case 'rsa-key':
    case 'ec-key':
    case 'authority':
    case 'member':
      return false;
  }
}
