import type { Text } from '@groundplan/hosts';
import type { Bundle } from '@groundplan/hosts/bundle';
import type { Model } from '@groundplan/model';
import { neededSecrets } from '@groundplan/secrets';
import { makeValues } from '@groundplan/secrets/node';
import { filled } from '../stage.js';

/** Real secrets of the databases of a topology, by name. */
export async function databaseSecrets(model: Model): Promise<Map<string, string>> {
  const needed = neededSecrets(model).filter(({ name }) => /^(member|database)_/.test(name));
  return new Map(await makeValues(new Map(), needed, new Date()));
}

/** The text of a file with these secrets in it, and dummies for everything else. */
export function textWith(secrets: ReadonlyMap<string, string>, content: Text): string {
  return content
    .map((part) => {
      if (typeof part === 'string') return part;
      if ('secret' in part && secrets.has(part.secret)) return secrets.get(part.secret);
      if ('publicPartOf' in part && part.as === 'public') return publicPart(secrets.get(part.publicPartOf) ?? '');
      return filled([part]);
    })
    .join('');
}

/** The text of each file of a bundle. */
export function textsWith(secrets: ReadonlyMap<string, string>, { files }: Bundle): Map<string, string> {
  return new Map(files.map(({ path, content }) => [path, textWith(secrets, content)]));
}

/** The certificates in a PEM whose first block is their key. */
export function publicPart(pem: string): string {
  return pem.slice(Math.max(0, pem.indexOf('-----BEGIN CERTIFICATE-----')));
}
