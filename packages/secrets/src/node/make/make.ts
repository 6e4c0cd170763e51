import type { SecretValues } from '../../file/content.js';
import type { NeededSecret } from '../../needed/secret.js';
import { makeAuthority, makeMember } from './authority.js';
import { makeEcKey } from './ec-key.js';
import { makePassword } from './password.js';
import { makeRsaKey } from './rsa-key.js';
import { makeSshKey } from './ssh-key.js';

/**
 * A new value for a secret that is made.
 *
 * @param values what there is: a member's certificate needs its authority
 * @throws for what only the user can give
 */
export async function makeValue({ name, form }: NeededSecret, values: SecretValues, now: Date): Promise<string> {
  switch (form.kind) {
    case 'password':
    case 'passphrase':
      return makePassword();
    case 'ssh-key':
      return makeSshKey(name);
    case 'rsa-key':
      return makeRsaKey();
    case 'ec-key':
      return makeEcKey();
    case 'authority':
      // Two keys of one name would be taken for each other while both are trusted.
      return makeAuthority(`${name} ${now.toISOString().slice(0, 19)}Z`, values.get(name), now);
    case 'member':
      return makeMember(name, form.address, values.get(form.authority) ?? '', now);
    case 'text':
    case 'token':
    case 'certificate-file':
    case 'key-file':
      throw new Error(`${name} is given, not made`);
  }
}
