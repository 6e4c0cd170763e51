import { isGiven, isWritten, leftOver, type NeededSecret, type Shortfall, shortfalls } from '@groundplan/secrets';
import { lockedOf, makeValues, spoilt } from '@groundplan/secrets/node';
import type { Context } from '../command.js';
import { Failure } from '../failure.js';
import { plural } from '../report/report.js';
import type { Subject } from '../secrets/subject.js';
import { openVault, saveVault, type Vault } from '../secrets/vault.js';
import { givenLines, nameLines, today } from './say.js';

/** Makes what is missing and can be made, leaves what is there, and says what the user has to give. */
export async function makeMissing(subject: Subject, identity: string | undefined, context: Context): Promise<void> {
  const { needed, file } = subject;
  const vault = await openVault(subject, identity, context);
  const [damaged] = spoilt(vault.values, needed);
  if (damaged !== undefined)
    throw new Failure(
      `${file.shown}: ${damaged.name} is damaged: "groundplan keys rotate ${damaged.name}" makes it anew`,
    );
  const found = shortfalls(needed, lockedOf(vault.values, needed, vault.lock), today());
  const toMake = withMembers(
    found.map(({ secret }) => secret).filter((secret) => !isGiven(secret)),
    needed,
    vault,
  );
  const values = await context.progress('making keys', () => makeValues(vault.values, toMake, new Date()));
  const lock = await saveVault(subject, vault, values, context);
  const isNew = ({ name }: NeededSecret) => !vault.values.has(name);
  const made = toMake.filter(isNew);
  const anew = toMake.filter((secret) => !isNew(secret));
  const lines = [
    toMake.length === 0 ? `${file.shown} has all that can be made` : '',
    made.length === 0 ? '' : `${file.shown}: ${plural(made.length, 'secret')} made`,
    ...nameLines(made),
    anew.length === 0
      ? ''
      : `${file.shown}: ${plural(anew.length, 'secret')} made anew, near the end or for hosts that changed`,
    ...nameLines(anew),
    ...givenLines(found),
    ...leftOver(needed, lock.secrets).map((name) => leftOverLine(name, found)),
  ];
  for (const line of lines.filter((each) => each !== '')) context.note(line);
}

/** What is no longer needed, where something new is missing that it may be under another name. */
function leftOverLine(name: string, found: readonly Shortfall[]): string {
  const missing = found.filter(({ kind, secret }) => kind === 'missing' && isWritten(secret));
  const [first, ...others] = isWritten({ name }) ? missing : [];
  const renaming =
    first === undefined
      ? ''
      : `, or "groundplan keys rename ${name} ${others.length > 0 ? 'NEW' : first.secret.name}" if it has another name now`;
  return `nothing needs ${name} any more: "groundplan keys remove ${name}"${renaming}`;
}

/** Also the members of an authority that was lost: what it certified is worth nothing under another. */
function withMembers(
  secrets: readonly NeededSecret[],
  needed: readonly NeededSecret[],
  { values }: Vault,
): NeededSecret[] {
  const lost = new Set(secrets.filter(({ name }) => !values.has(name)).map(({ name }) => name));
  return needed.filter(
    (each) => secrets.includes(each) || (each.form.kind === 'member' && lost.has(each.form.authority)),
  );
}
