import type { SecretValues } from '../file/content.js';
import { type Form, isGiven, type NeededSecret } from '../needed/secret.js';
import { holdsPair, isFromEarlier } from './make/authority.js';
import { certificatesIn, privateKeyIn } from './make/certificate.js';
import { makeValue } from './make/make.js';
import { publicPart } from './public-part.js';

/** Makes a new value for each of these secrets, which are all made; an authority before the members that it certifies. */
export async function makeValues(
  values: SecretValues,
  secrets: readonly NeededSecret[],
  now: Date,
): Promise<SecretValues> {
  const isAuthority = ({ form }: NeededSecret) => form.kind === 'authority';
  const changed = new Map(values);
  for (const group of [secrets.filter(isAuthority), secrets.filter((each) => !isAuthority(each))]) {
    // At the same time: RSA keys take a second each, on as many cores as there are.
    const made = await Promise.all(group.map((secret) => makeValue(secret, changed, now)));
    for (const [index, { name }] of group.entries()) changed.set(name, made[index] ?? '');
  }
  return changed;
}

/** Bytes: a variable of the environment holds up to 128 KiB on Linux. */
const mostBytes = 64 * 1024;

/** Why a value cannot be one of this secret, without a word of the value; undefined when it can. */
export function valueProblem({ form }: NeededSecret, value: string): string | undefined {
  if (value.trim() === '') return 'it is empty';
  if (value.includes('\0')) return 'it holds a NUL character';
  if (Buffer.byteLength(value) > mostBytes) return 'it has more than 64 KiB';
  switch (form.kind) {
    case 'token':
      if (value.length !== form.length) return `it has ${value.length} characters, not ${form.length}`;
      return /\s/.test(value) ? 'it holds white space' : undefined;
    case 'certificate-file':
      return certificatesIn(value) === undefined ? 'it is no certificate in PEM' : undefined;
    case 'key-file':
      return privateKeyIn(value) === undefined ? 'it is no private key in PEM, or it has a passphrase' : undefined;
    case 'text':
    case 'password':
    case 'passphrase':
      return undefined;
    case 'ssh-key':
    case 'rsa-key':
    case 'ec-key':
    case 'authority':
    case 'member':
      return 'it is made by Groundplan, and cannot be given';
  }
}

/** The secrets that are made whose values are not what is made, as after an edit by hand. */
export function spoilt(values: SecretValues, needed: readonly NeededSecret[]): NeededSecret[] {
  return needed.filter(({ name, form }) => {
    const value = values.get(name);
    return value !== undefined && !isOfForm(form, value);
  });
}

function isOfForm(form: Form, value: string): boolean {
  switch (form.kind) {
    case 'authority':
    case 'member':
      return holdsPair(value);
    case 'ssh-key':
    case 'rsa-key':
    case 'ec-key':
      return publicPart(form, value).public !== undefined;
    case 'text':
    case 'token':
    case 'certificate-file':
    case 'key-file':
    case 'password':
    case 'passphrase':
      return true;
  }
}

/**
 * Why a secret gets no new value when these are rotated together; undefined when it can be.
 *
 * An authority changes in steps, each of which reaches all hosts before the next: all trust the new key as well, then members get
 * certificates from it, then the old one may go.
 */
export function rotationProblem(
  secret: NeededSecret,
  rotated: readonly NeededSecret[],
  values: SecretValues,
  needed: readonly NeededSecret[],
): string | undefined {
  const { name, form } = secret;
  if (isGiven(secret)) return `it is given, not made: "groundplan keys set ${name}" takes a new one`;
  if (form.kind === 'passphrase') return 'what it encrypted can be read with nothing else';
  if (form.kind === 'member' && !holdsPair(values.get(form.authority) ?? ''))
    return `${form.authority} is missing or damaged: make that first`;
  if (form.kind !== 'authority') return undefined;
  const members = needed.filter((each) => each.form.kind === 'member' && each.form.authority === name);
  if (rotated.some((each) => members.includes(each)))
    return 'its members come after it, in a command of their own, once all hosts know it';
  const authority = values.get(name) ?? '';
  const late = members.find((each) => isFromEarlier(values.get(each.name) ?? '', authority));
  return late === undefined ? undefined : `${late.name} is still certified by the key before: rotate that first`;
}
