import type { Context } from '../command.js';

/**
 * Shows what would be done and asks for a name, since a "y" is typed too easily. Where nobody is asked, the lines are notes.
 *
 * @param ask undefined when nobody is to be asked
 * @returns false when something else was typed, which is then said
 */
export async function isMeant(
  { does, name, undone }: { readonly does: string; readonly name: string; readonly undone: string },
  lines: readonly string[],
  ask: Context['ask'],
  { stderr, complain, note }: Context,
): Promise<boolean> {
  if (ask === undefined) {
    for (const line of lines) note(line);
    return true;
  }
  stderr.write(lines.map((line) => `${line}\n`).join(''));
  const answer = await ask(`To ${does} it, type its name (${name}): `);
  if (answer.trim() === name) return true;
  complain(`that is not ${name}: ${undone}`);
  return false;
}
