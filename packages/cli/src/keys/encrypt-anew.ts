import type { Context } from '../command.js';
import { Failure } from '../failure.js';
import type { Subject } from '../secrets/subject.js';
import { openVault, saveVault } from '../secrets/vault.js';

/** Encrypts the file for the recipients that the topology names now. */
export async function encryptAnew(subject: Subject, identity: string | undefined, context: Context): Promise<void> {
  const { file } = subject;
  const vault = await openVault(subject, identity, context);
  if (vault.hash === undefined) throw new Failure(`${file.shown} is not there: "groundplan keys" makes it`);
  const { recipients } = await saveVault(subject, vault, vault.values, context);
  context.note(`${file.shown} is encrypted for`);
  for (const recipient of recipients) context.note(`  ${recipient}`);
}
