import { randomBytes } from 'node:crypto';
import type { Model } from '@groundplan/model';
import type { Given } from '@groundplan/rehearsal';
import { isGiven, type Lock, type NeededSecret, neededSecrets } from '@groundplan/secrets';
import { lockedOf, makeValues, withLockKey } from '@groundplan/secrets/node';

/** Secrets for one rehearsal, in no file. */
export interface RehearsalSecrets {
  readonly locked: Lock['secrets'];
  /** `TF_VAR_…` */
  readonly variables: Readonly<Record<string, string>>;
}

/** Makes every secret that a topology needs: those that a user would give come from the lab, or are words without a meaning. */
export async function makeSecrets(model: Model, given: Given): Promise<RehearsalSecrets> {
  const needed = neededSecrets(model);
  const handed = needed.filter(isGiven).map((secret) => [secret.name, givenValue(secret, given)] as const);
  const made = needed.filter((secret) => !isGiven(secret));
  const values = await makeValues(withLockKey(new Map(handed)), made, new Date());
  const variables = needed.flatMap(({ name, variable }) =>
    variable === undefined ? [] : [[`TF_VAR_${variable}`, values.get(name) ?? ''] as const],
  );
  return { locked: lockedOf(values, needed, undefined), variables: Object.fromEntries(variables) };
}

function givenValue({ name, form }: NeededSecret, { values, certificate, key }: Given): string {
  const known = values[name];
  if (known !== undefined) return known;
  switch (form.kind) {
    case 'certificate-file':
      return certificate;
    case 'key-file':
      return key;
    case 'token':
      return randomBytes(form.length).toString('hex').slice(0, form.length);
    default:
      return randomBytes(16).toString('hex');
  }
}
