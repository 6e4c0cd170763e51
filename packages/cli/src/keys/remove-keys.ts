import type { Context } from '../command.js';
import { Failure } from '../failure.js';
import { placeOf, type Subject } from '../secrets/subject.js';
import { openVault, saveVault } from '../secrets/vault.js';

/** Removes secrets that nothing in the topology needs any more. */
export async function removeKeys(
  subject: Subject,
  names: readonly string[],
  identity: string | undefined,
  context: Context,
): Promise<void> {
  const { needed, file } = subject;
  const vault = await openVault(subject, identity, context);
  const known = new Set(vault.lock?.secrets.keys() ?? []);
  const values = new Map(vault.values);
  for (const name of names) {
    const used = needed.find((secret) => secret.name === name);
    const [use] = used?.uses ?? [];
    if (use !== undefined) throw new Failure(`${name} is still needed at ${placeOf(subject, use)}`);
    if (!known.has(name) || !values.delete(name)) throw new Failure(`${file.shown} holds no ${name}`);
  }
  await saveVault(subject, vault, values, context);
  for (const name of names) context.note(`${file.shown}: ${name} is removed`);
}
