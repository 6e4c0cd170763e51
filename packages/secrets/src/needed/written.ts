import type { Model, Reference } from '@groundplan/model';
import type { Form, NeededSecret } from './secret.js';
import { objectStorageSource } from './sources.js';

/** What the topology names by `secret.NAME`. Hosts are given them with their bundles. */
export function written({ references }: Model): NeededSecret[] {
  const byName = new Map<string, Reference[]>();
  for (const reference of references) {
    if (reference.kind !== 'secret' || reference.target === undefined) continue;
    const others = byName.get(reference.name);
    if (others === undefined) byName.set(reference.name, [reference]);
    else others.push(reference);
  }
  return [...byName].map(([name, uses]) => ({
    name,
    form: formOf(uses),
    about: `Named by ${[...new Set(uses.map(({ from, field }) => placeOf(from, field)))].join(', ')}.`,
    variable: name,
    uses: uses.map(({ span }) => span),
  }));
}

/** The keys of object storage that apps are given, where the topology gives them any: not those by which Terraform makes buckets. */
export function appKeys({ references }: Model): NeededSecret[] {
  const uses = references.filter(
    ({ from, target, output }) =>
      from.startsWith('app.') && target?.kind === 'bucket' && (output === 'access_key' || output === 'secret_key'),
  );
  if (uses.length === 0) return [];
  return (['access', 'secret'] as const).map((half) => ({
    name: `apps_object_storage_${half}_key`,
    form: { kind: 'text' },
    about: `${half === 'access' ? 'Access' : 'Secret'} key of Hetzner Object Storage that apps are given.`,
    source: objectStorageSource,
    variable: `apps_object_storage_${half}_key`,
    uses: uses.map(({ span }) => span),
  }));
}

function formOf(uses: readonly Reference[]): Form {
  if (uses.some(({ field }) => field === 'load_balancers.*.tls.certificate')) return { kind: 'certificate-file' };
  if (uses.some(({ field }) => field === 'load_balancers.*.tls.key')) return { kind: 'key-file' };
  return { kind: 'text' };
}

/** `app.web` and `apps.*.env.*` as `env of app.web`. */
function placeOf(from: string, field: string): string {
  if (from === '') return field;
  const [, , ...own] = field.split('.');
  return `${own.filter((word) => word !== '*').join('.')} of ${from}`;
}
