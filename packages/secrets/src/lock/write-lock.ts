import { stringify } from 'yaml';
import { type Lock, type LockedSecret, lockFormat } from './lock.js';

/** The text of a lock file, sorted. `file` is the base name of the encrypted one. */
export function writeLock({ sealed, recipients, secrets }: Lock, file: string): string {
  const entries = [...secrets].sort(([a], [b]) => (a < b ? -1 : 1));
  const data = {
    format: lockFormat,
    sealed,
    recipients: [...recipients].sort(),
    secrets: Object.fromEntries(entries.map(([name, secret]) => [name, ordered(secret)])),
  };
  return [
    `# What may be known of the secrets in ${file} without opening it: versions and public keys, no value.`,
    '# "groundplan keys" writes it; commit both.',
    stringify(data, { lineWidth: 0 }),
  ].join('\n');
}

/** Without what is undefined, which YAML would write as null. */
function ordered({ version, mark, address, ends, fingerprint, public: shown }: LockedSecret): object {
  const all = { version, mark, address, ends, fingerprint, public: shown };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}
