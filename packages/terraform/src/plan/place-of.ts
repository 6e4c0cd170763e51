import { type LineIndex, offsetAt, type Span } from '@groundplan/diagnostics';
import type { Analysis, Host, Model } from '@groundplan/model';
import type { Trace } from '@groundplan/plan';

/** What a plan is held against: the topology that it was made from. */
export interface PlanContext {
  readonly analysis: Analysis;
  readonly trace: Trace;
  /** How the tool is called for what was built, in what is said to do: `tofu -chdir=build`; `terraform` when not given. */
  readonly call?: string;
}

/** A place in the topology for a Terraform address. */
export interface AddressPlace {
  readonly span: Span;
  /** The topology no longer makes it; the place is where it was, as near as can be told. */
  readonly gone: boolean;
}

/** Where the topology makes an address, or where it made it. */
export function placeOf({ analysis, trace }: PlanContext, address: string): AddressPlace {
  const plain = withoutIndex(address);
  const traced = Object.hasOwn(trace.addresses, plain) ? trace.addresses[plain] : undefined;
  if (traced === undefined) return { span: formerPlace(analysis, plain), gone: true };
  return { span: spanIn(analysis.tree.lines, traced), gone: false };
}

function spanIn(lines: LineIndex, { start, end }: Trace['addresses'][string]): Span {
  return { start: offsetAt(lines, start), end: offsetAt(lines, end) };
}

/** `hcloud_server.a[0]` is traced as `hcloud_server.a`. */
function withoutIndex(address: string): string {
  return address.replace(/\[[^\]]*\]$/, '');
}

/** The sections of the tiers, by how a tier is spelled in names. */
const sectionOfTier: Readonly<Record<string, string>> = {
  lb: 'load_balancers',
  app: 'apps',
  db: 'databases',
  sto: 'shared_storage',
};

/** Where something stood that is no longer made: at its entity, else at its section, else at the name of the topology. */
function formerPlace(analysis: Analysis, address: string): Span {
  const { model } = analysis;
  const [type = '', name = ''] = address.split('.');
  const [, region = '', tier = '', entity = ''] = /^([^_]+)_(lb|app|db|sto)_([^_]+)_/.exec(name) ?? [];
  if (tier !== '') {
    return (
      entityPlace(model, region, tier, entity) ?? sectionPlace(analysis, sectionOfTier[tier] ?? '') ?? whole(model)
    );
  }
  const sections = formerSections(type, name);
  const bucket = model.buckets.find(({ firstName }) => firstName === name);
  if (sections[0] === 'buckets' && bucket !== undefined) return bucket.keySpan;
  return sections.map((section) => sectionPlace(analysis, section)).find((span) => span !== undefined) ?? whole(model);
}

/** The sections that a resource without an entity may have come from; the first one that is written counts. */
function formerSections(type: string, name: string): readonly string[] {
  if (/^(?:hcloud_zone|cloudflare_)/.test(type)) return ['dns'];
  if (type.startsWith('minio_')) return ['buckets'];
  if (type === 'hcloud_ssh_key' || name === 'bastion') return ['access'];
  if (type === 'hcloud_firewall') return [sectionOfTier[name] ?? 'regions'];
  return type.startsWith('hcloud_network') || name.startsWith('arbiter') ? ['regions', 'region'] : [];
}

/** The count of an entity that has fewer servers now, for the region if it is written there. */
function entityPlace(model: Model, region: string, tier: string, entity: string): Span | undefined {
  const found = entitiesOf(model, tier).find(({ firstName }) => firstName === entity);
  const count = found?.inRegions.find((place) => place.region.firstName === region)?.count;
  return count === undefined || count.origin.kind === 'default' ? found?.keySpan : count.origin.span;
}

function entitiesOf(model: Model, tier: string): readonly NonNullable<Host['entity']>[] {
  switch (tier) {
    case 'lb':
      return model.loadBalancers;
    case 'app':
      return model.apps;
    case 'db':
      return model.databases;
    default:
      return model.storages;
  }
}

/** The section in which hosts of that name stand, told by their tier: `shop-falkenstein-db-main-1`. */
export function sectionOfHost(analysis: Analysis, name: string): Span {
  const tier = /-(lb|app|db|sto)-/.exec(name)?.[1] ?? '';
  return sectionPlace(analysis, sectionOfTier[tier] ?? '') ?? whole(analysis.model);
}

function sectionPlace({ tree }: Analysis, section: string): Span | undefined {
  return tree.root?.entries.find(({ key }) => key === section)?.keySpan;
}

function whole(model: Model): Span {
  return model.name.origin.span;
}

/** The value that says a host's server type, or undefined where none is written. */
export function writtenType({ analysis }: PlanContext, hostKey: string): Span | undefined {
  const type = analysis.model.hosts.find(({ key }) => key === hostKey)?.type;
  return type === undefined || type.origin.kind === 'default' ? undefined : type.origin.span;
}
