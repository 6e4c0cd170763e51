import { makeValues, rotationProblem } from '@groundplan/secrets/node';
import type { Context } from '../command.js';
import { Failure } from '../failure.js';
import { neededByName, type Subject } from '../secrets/subject.js';
import { openVault, saveVault } from '../secrets/vault.js';

/** Makes a new version of each of these secrets. */
export async function rotateKeys(
  subject: Subject,
  names: readonly string[],
  identity: string | undefined,
  context: Context,
): Promise<void> {
  const secrets = await Promise.all(names.map((name) => neededByName(subject, name)));
  const vault = await openVault(subject, identity, context);
  for (const secret of secrets) {
    const problem = rotationProblem(secret, secrets, vault.values, subject.needed);
    if (problem !== undefined) throw new Failure(`${secret.name} cannot be rotated: ${problem}`);
  }
  const values = await context.progress('making keys', () => makeValues(vault.values, secrets, new Date()));
  const lock = await saveVault(subject, vault, values, context);
  for (const { name } of secrets)
    context.note(`${subject.file.shown}: ${name} is rotated (version ${lock.secrets.get(name)?.version})`);
}
