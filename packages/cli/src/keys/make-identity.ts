import { closeSync, fsyncSync, openSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { makeIdentity as newIdentity, readIdentities } from '@groundplan/secrets/node';
import type { Context } from '../command.js';
import { failureOf } from '../failure.js';
import { makeFolders } from '../output/make-folders.js';
import { findIdentities, identityFile } from '../secrets/identity.js';
import { readIfThere } from '../secrets/lock-file.js';

/** Shows the public half of the user's identity, which it makes when there is none, as `age-keygen` does. */
export async function makeIdentity(named: string | undefined, context: Context): Promise<void> {
  const place = identityFile(named, context);
  const isHeld = named === undefined && place.shown.startsWith('AGE-SECRET-KEY-');
  if (!isHeld && (await readIfThere(place)) === undefined) {
    const identity = await newIdentity();
    const read = await readIdentities(identity);
    const [recipient = ''] = read.kind === 'read' ? read.recipients : [];
    const created = new Date().toISOString().replace(/\.\d+/, '');
    try {
      makeFolders(dirname(place.path));
      create(place.path, `# created: ${created}\n# public key: ${recipient}\n${identity}\n`);
    } catch (error) {
      throw failureOf(place.shown, error);
    }
    context.note(`made ${place.shown}: keep it to yourself, and a copy where you will find it`);
    context.note('add its public half, which is this, to secrets.recipients of the topology:');
  }
  const identities = await findIdentities(named, context);
  for (const recipient of identities?.recipients ?? []) context.stdout.write(`${recipient}\n`);
}

function create(path: string, text: string): void {
  const file = openSync(path, 'wx', 0o600);
  try {
    writeFileSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
