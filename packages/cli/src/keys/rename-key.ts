import { isWritten } from '@groundplan/secrets';
import { renamedInLock, valueProblem } from '@groundplan/secrets/node';
import type { Context } from '../command.js';
import { Failure } from '../failure.js';
import { neededByName, placeOf, type Subject } from '../secrets/subject.js';
import { openVault, saveVault } from '../secrets/vault.js';

/** Keeps the value of a secret under the name that the topology has for it now; its version stays. */
export async function renameKey(
  subject: Subject,
  from: string,
  to: string,
  identity: string | undefined,
  context: Context,
): Promise<void> {
  const { file, needed } = subject;
  const secret = await neededByName(subject, to);
  for (const name of [to, from])
    if (!isWritten({ name })) throw new Failure(`${name} is a secret of Groundplan's own, which always has that name`);
  const [use] = needed.find(({ name }) => name === from)?.uses ?? [];
  if (use !== undefined)
    throw new Failure(`${from} is still needed at ${placeOf(subject, use)}: rename it there first, as the editor does`);
  const vault = await openVault(subject, identity, context);
  const value = vault.values.get(from);
  if (value === undefined) throw new Failure(`${file.shown} holds no ${from}`);
  if (vault.values.has(to))
    throw new Failure(`${file.shown} holds a ${to} already: "groundplan keys remove ${from}" removes the other`);
  const problem = valueProblem(secret, value);
  if (problem !== undefined) throw new Failure(`${from} cannot be ${to}: ${problem}`);
  const values = new Map([...vault.values].map(([name, each]) => [name === from ? to : name, each]));
  const lock = vault.lock && renamedInLock(vault.lock, vault.values, from, to);
  const saved = await saveVault(subject, { ...vault, lock }, values, context);
  context.note(`${file.shown}: ${from} is now ${to} (version ${saved.secrets.get(to)?.version})`);
}
