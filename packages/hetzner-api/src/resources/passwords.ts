import { createHash } from 'node:crypto';

/**
 * A root password, where the API answers with one. It opens nothing, since it is set on no host, and it is the same for
 * the same id, so that runs can be compared.
 */
export function generatePassword(id: number): string {
  return createHash('sha256').update(`root password ${id}`).digest('base64url').slice(0, 20);
}
