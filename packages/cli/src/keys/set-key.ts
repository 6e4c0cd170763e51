import type { NeededSecret } from '@groundplan/secrets';
import { valueProblem } from '@groundplan/secrets/node';
import type { Context } from '../command.js';
import { Failure } from '../failure.js';
import { neededByName, type Subject } from '../secrets/subject.js';
import { openVault, saveVault } from '../secrets/vault.js';

const mostBytes = 1024 * 1024;

/** Takes a value from the terminal, where it does not show, or from standard input. */
export async function setKey(
  subject: Subject,
  name: string,
  identity: string | undefined,
  context: Context,
): Promise<void> {
  const secret = await neededByName(subject, name);
  const vault = await openVault(subject, identity, context);
  const old = vault.values.get(name);
  if (secret.form.kind === 'passphrase' && old !== undefined)
    throw new Failure(`${name} stays as it is: what it encrypted can be read with nothing else`);
  const value = await readValue(secret, context);
  const problem = valueProblem(secret, value);
  if (problem !== undefined) throw new Failure(`this cannot be ${name}: ${problem}`);
  const lock = await saveVault(subject, vault, new Map([...vault.values, [name, value]]), context);
  const version = lock.secrets.get(name)?.version;
  context.note(`${subject.file.shown}: ${name} ${value === old ? 'is that already' : 'is set'} (version ${version})`);
}

/** Without the line end behind a single line, which `echo` and editors leave there. */
async function readValue({ name, about }: NeededSecret, context: Context): Promise<string> {
  if (context.askSecretly !== undefined) {
    context.note(about);
    const typed = await context.askSecretly(`${name} (does not show): `);
    if (typed.includes('\n'))
      throw new Failure(`these are several lines: give them by standard input, "groundplan keys set ${name} < FILE"`);
    return typed;
  }
  const bytes = await context.readInput(mostBytes);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Failure(`this cannot be ${name}: it is no text in UTF-8`);
  }
  return /^[^\r\n]*\r?\n$/.test(text) ? text.replace(/\r?\n$/, '') : text;
}
