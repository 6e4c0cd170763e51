import { type Diagnostic, normalise, report, type Span } from '@groundplan/diagnostics';
import type { ChangedAttribute, Plan, PlannedChange } from '@groundplan/plan';
import { configurationIn } from './configuration.js';
import { type AddressPlace, type PlanContext, placeOf, writtenType } from './place-of.js';

/** A change with the place in the topology that makes it. */
export interface PlacedChange extends PlannedChange, AddressPlace {
  /** What is sent to a host; undefined for what is no push of configuration. */
  readonly sends: readonly string[] | undefined;
}

/** The changes of a plan, each at the line of the topology that makes it. */
export function placeChanges(context: PlanContext, { changes }: Plan): PlacedChange[] {
  return changes.map((change) => ({
    ...change,
    ...placeOfChange(context, change),
    sends: configurationIn(change),
  }));
}

/** A server that is only rescaled is so because of its type. */
function placeOfChange(context: PlanContext, change: PlannedChange): AddressPlace {
  const isRescaled = rescaling(change) !== undefined && change.changed.length === 1;
  const type = isRescaled ? writtenType(context, change.name) : undefined;
  return type === undefined ? placeOf(context, change.address) : { span: type, gone: false };
}

/** Each change, and what an operator must know before it is applied. Sorted by place. */
export function judgePlan(context: PlanContext, changes: readonly PlacedChange[]): Diagnostic[] {
  return normalise([
    ...changes.map(announce),
    ...losses(changes),
    ...shrinkings(context, changes),
    ...repricings(context, changes),
    ...corsDeletions(context, changes),
  ]);
}

function announce({ address, action, changed, replacedFor, span, gone, sends }: PlacedChange): Diagnostic {
  if (sends !== undefined) {
    const what = sends.length === 0 ? '' : ` (${sends.join(', ')})`;
    return report('plan/change', span, { address, does: `configures the host${what} by`, gone });
  }
  const because = replacedFor.length === 0 ? '' : `, because of ${replacedFor.join(', ')},`;
  const does = {
    create: 'creates',
    update: `changes ${changed.map(describeChange).join(', ') || 'something'} of`,
    replace: `replaces${because}`,
    destroy: 'destroys',
    forget: 'forgets',
  }[action];
  return report('plan/change', span, { address, does, gone });
}

/** `server_type (cx33 → cx43)`, or only the name of what is no single value, secret, or not known yet. */
export function describeChange({ name, before, after }: ChangedAttribute): string {
  return before === undefined || after === undefined ? name : `${name} (${before} → ${after})`;
}

/** One for everything that is lost together at one place; a server and its volume have one name. */
function losses(changes: readonly PlacedChange[]): Diagnostic[] {
  const volumes = new Set(changes.filter((change) => lossOf(change) === 'data').map(nameOf));
  const lost = changes.flatMap((change) => {
    const own = lossOf(change);
    const loss = own === 'disk' && volumes.has(nameOf(change)) ? 'data' : own;
    return loss === undefined ? [] : [{ ...change, loss, isProtected: isProtected(change) }];
  });
  return groups(lost, (each) => [each.span.start, each.action, each.loss, String(each.isProtected)]).map((group) => {
    const { span, action, loss, isProtected } = group[0];
    const because = [...new Set(group.flatMap(({ replacedFor }) => replacedFor))].sort().join(', ');
    const facts = {
      names: [...new Set(group.map(nameOf))].sort(),
      does: action === 'replace' ? ('replace' as const) : ('destroy' as const),
      loss,
      because: because === '' ? undefined : because,
      protected: isProtected,
    };
    return report('plan/replaces-stateful', span, facts, isProtected ? {} : { severity: 'warning' });
  });
}

/** An operator lifts the protection of what may be lost in an apply before. */
function isProtected({ type, before }: PlannedChange): boolean {
  return type === 'minio_s3_bucket' ? before?.force_destroy !== true : before?.delete_protection !== false;
}

/** Names of what {@link judgePlan} says is an error to destroy or replace. */
export function lostNames(changes: readonly PlacedChange[]): ReadonlySet<string> {
  return new Set(changes.filter((change) => lossOf(change) !== undefined && isProtected(change)).map(nameOf));
}

/** Data is on volumes; a server with data has the system, and what was put beside it, on its disk. */
type Loss = 'data' | 'disk' | 'records' | 'address' | 'objects';

/** What would be gone for good; undefined for what can be made again. */
function lossOf(change: PlannedChange): Loss | undefined {
  const { type, action, before } = change;
  if (action !== 'destroy' && action !== 'replace') return undefined;
  switch (type) {
    case 'hcloud_volume':
      return 'data';
    case 'hcloud_server':
      return labelsOf(before)['stateful'] === 'true' ? 'disk' : undefined;
    case 'hcloud_zone':
      return 'records';
    case 'hcloud_floating_ip':
      return 'address';
    case 'minio_s3_bucket':
      // A protected one goes only when it is empty.
      return isProtected(change) ? undefined : 'objects';
    default:
      return undefined;
  }
}

function labelsOf(attributes: PlannedChange['before']): Readonly<Record<string, unknown>> {
  const labels = attributes?.['labels'];
  return typeof labels === 'object' && labels !== null ? (labels as Record<string, unknown>) : {};
}

/** One for all volumes that one line makes smaller, with the size to go back to. */
function shrinkings({ analysis }: PlanContext, changes: readonly PlacedChange[]): Diagnostic[] {
  const shrunk = changes.flatMap((change) => {
    const before = change.before?.['size'];
    const after = change.after?.['size'];
    const isGrowable = change.type === 'hcloud_volume' && change.action === 'update';
    const shrinks = typeof before === 'number' && typeof after === 'number' && after < before;
    return isGrowable && shrinks ? [{ ...change, sizes: { before, after } }] : [];
  });
  return groups(shrunk, ({ span, sizes }) => [span.start, sizes.before, sizes.after]).map((group) => {
    const { span, name, sizes } = group[0];
    const size = analysis.model.hosts.find(({ key }) => key === name)?.volume?.size;
    const newText = `${sizes.before}GB`;
    const isWritten = size?.origin.kind === 'written';
    const fixes = isWritten ? [{ title: `Change to ${newText}`, edits: [{ span, newText }] }] : [];
    return report('volume/shrunk', span, { names: group.map(nameOf), ...sizes }, { fixes });
  });
}

/**
 * The provider deletes CORS rules by writing an empty set, which S3 servers refuse: with their bucket gone or not, such a plan
 * cannot be applied.
 */
function corsDeletions({ call = 'terraform' }: PlanContext, changes: readonly PlacedChange[]): Diagnostic[] {
  const goes = (change: PlannedChange) => change.action === 'destroy' || change.action === 'replace';
  const going = new Set(changes.filter((change) => change.type === 'minio_s3_bucket' && goes(change)).map(bucketOf));
  const deleted = changes.filter((change) => change.type === 'minio_s3_bucket_cors' && goes(change));
  const placed = deleted.map((change) => ({ ...change, stays: !going.has(bucketOf(change)) }));
  return groups(placed, ({ span, stays }) => [span.start, String(stays)]).map((group) => {
    const { span, stays } = group[0];
    const addresses = group.map(({ address }) => address);
    return report('plan/cors-stays', span, { buckets: group.map(bucketOf), addresses, call, stays });
  });
}

/** The name of the bucket that a resource is, or belongs to. */
function bucketOf({ before, address }: PlannedChange): string {
  const bucket = before?.['bucket'];
  return typeof bucket === 'string' ? bucket : address;
}

/** One for all servers at one place that change in one way. */
function repricings(context: PlanContext, changes: readonly PlacedChange[]): Diagnostic[] {
  const repriced = changes.flatMap((change) => {
    const rescale = rescaling(change);
    const isReplaced = change.type === 'hcloud_server' && change.action === 'replace';
    if (rescale === undefined && !isReplaced) return [];
    const type = rescale === undefined ? undefined : writtenType(context, change.name);
    return [{ ...change, span: type ?? change.span, rescale }];
  });
  return groups(repriced, ({ span, rescale }) => [span.start, rescale?.from ?? '', rescale?.to ?? '']).map((group) =>
    report('plan/reprices', group[0].span, { names: group.map(nameOf), rescale: group[0].rescale }),
  );
}

/** Undefined for what is no server, or keeps its type. */
function rescaling({ type, action, changed }: PlannedChange): { from: string; to: string } | undefined {
  if (type !== 'hcloud_server' || action !== 'update') return undefined;
  const { before, after } = changed.find(({ name }) => name === 'server_type') ?? {};
  return before === undefined || after === undefined ? undefined : { from: before, to: after };
}

/** Items with equal keys together, in the order of the first of each. */
export function groups<T extends { readonly span: Span }>(
  items: readonly T[],
  keyOf: (item: T) => readonly (string | number)[],
): [T, ...T[]][] {
  const found = new Map<string, [T, ...T[]]>();
  for (const item of items) {
    const key = JSON.stringify(keyOf(item));
    const group = found.get(key);
    if (group === undefined) found.set(key, [item]);
    else group.push(item);
  }
  return [...found.values()];
}

/** The name that Hetzner shows, or else the address. */
export function nameOf({ before, after, address }: PlannedChange): string {
  const name = after?.['name'] ?? before?.['name'] ?? after?.['bucket'] ?? before?.['bucket'];
  return typeof name === 'string' ? name : address;
}
