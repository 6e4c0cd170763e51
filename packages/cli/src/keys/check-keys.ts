import { shortfalls } from '@groundplan/secrets';
import { hashOf } from '@groundplan/secrets/node';
import type { Context } from '../command.js';
import type { ExitCode } from '../environment.js';
import { readIfThere, readLockFile } from '../secrets/lock-file.js';
import type { Subject } from '../secrets/subject.js';
import { shortfallLine, today } from './say.js';

/** Lists what is missing or does not fit; by the lock file alone, so that it needs no identity. */
export async function checkKeys(subject: Subject, { stdout }: Context): Promise<ExitCode> {
  const { file, lock: place, needed, model } = subject;
  const lock = await readLockFile(place);
  const sealed = await readIfThere(file);
  const lines = shortfalls(needed, lock?.secrets ?? new Map(), today()).map(shortfallLine);
  if (sealed === undefined) lines.unshift(`${file.shown} is not there: "groundplan keys" makes it`);
  else if (lock?.sealed !== hashOf(sealed))
    lines.unshift(`${place.shown} is not of this ${file.shown}: "groundplan keys" mends that`);
  const recipients = model.secrets.recipients.map(({ value }) => value).sort();
  if (lock !== undefined && lock.recipients.join() !== recipients.join())
    lines.unshift(
      `${file.shown} is encrypted for others than secrets.recipients: "groundplan keys recipients" mends that`,
    );
  stdout.write(lines.map((line) => `${line}\n`).join(''));
  return lines.length === 0 ? 0 : 1;
}
