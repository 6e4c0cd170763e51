import type { Span } from '@groundplan/diagnostics';
import { setValue } from '@groundplan/model';
import type { InlayKind } from '../results.js';
import type { Facts } from '../snapshot.js';
import { entities, pathOf } from './entities.js';
import { type InForce, inForce } from './in-force.js';

/** A default that is in force and not written, of a field that decides about servers, money, addresses or data. */
export interface NotableDefault {
  /** The keys that lead to what has the field: `apps`, `web`. */
  readonly owner: readonly string[];
  /** The keys from there: `volume`, `size`. */
  readonly field: readonly string[];
  readonly kind: Extract<InlayKind, 'defaults' | 'addresses'>;
  /** One, or one for each region that has the default. */
  readonly values: readonly InForce[];
  /** Whether it holds wherever the owner is: no region overrides it. */
  readonly everywhere: boolean;
  /** What writes it; absent where the regions' defaults differ, so that no single value does. */
  readonly written?: { readonly text: string; readonly edits: NonNullable<ReturnType<typeof setValue>> };
}

type Field = readonly string[];

/** The notable fields of each section. All others are told by hovers. */
const notable: Readonly<Record<string, readonly Field[]>> = {
  load_balancers: [['count'], ['type']],
  apps: [['count'], ['type']],
  databases: [['engine'], ['standby'], ['type'], ['volume', 'size']],
  shared_storage: [['type'], ['volume', 'size']],
  buckets: [['location']],
};

/** The notable defaults of what stands in a part of the text, in the order of the model. */
export function notableDefaults(snapshot: Facts, within: Span): readonly NotableDefault[] {
  const { model } = snapshot;
  const isWithin = ({ span }: { readonly span: Span }) => span.start <= within.end && within.start <= span.end;
  const owners: { readonly owner: Field; readonly fields: readonly Field[] }[] = [
    ...entities(model)
      .filter(isWithin)
      .map((entity) => ({ owner: pathOf(entity), fields: notable[pathOf(entity)[0]] ?? [] })),
    ...model.regions.filter(isWithin).map(({ name, location }) => ({
      owner: model.singleRegionForm ? ['region'] : ['regions', name],
      fields: location.origin.kind === 'written' ? [['cidr']] : [],
    })),
    { owner: ['arbiter'], fields: [['type']] },
    { owner: ['dns'], fields: dnsFields(snapshot) },
    { owner: ['access'], fields: model.loadBalancers.length > 1 ? [['bastion']] : [] },
  ];
  return owners.flatMap(({ owner, fields }) => fields.flatMap((field) => defaultOf(snapshot, owner, field) ?? []));
}

/** The time to live means nothing without records, and is automatic for proxied ones. */
function dnsFields({ model: { dns } }: Facts): readonly Field[] {
  return dns === undefined || dns.provider.value === 'none' || dns.proxied.value ? [] : [['ttl']];
}

function defaultOf({ tree, model }: Facts, owner: Field, field: Field): NotableDefault | undefined {
  const path = [...owner, ...field];
  const all = inForce(model, path);
  const values = all.filter(({ origin }) => origin.kind === 'default');
  const [text, other] = new Set(values.map((value) => value.text));
  if (text === undefined) return undefined;
  const edits = other === undefined ? setValue(tree, path, text) : undefined;
  return {
    owner,
    field,
    kind: field[0] === 'cidr' ? 'addresses' : 'defaults',
    values,
    everywhere: values.length === all.length,
    ...(edits === undefined ? {} : { written: { text, edits } }),
  };
}
