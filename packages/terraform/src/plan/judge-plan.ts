import { type Diagnostic, normalise, offsetAt, report, type Span } from '@groundplan/diagnostics';
import type { LineIndex } from '@groundplan/diagnostics';
import type { Model } from '@groundplan/model';
import type { Trace } from '../trace.js';
import type { PlannedChange } from './planned-change.js';

/** What a plan is held against. */
export interface PlanContext {
  readonly model: Model;
  readonly trace: Trace;
  readonly lines: LineIndex;
}

/** An error that the tool reported while it planned. */
export interface ToolError {
  readonly summary: string;
  readonly detail: string;
  /** The resource that it is about, if it is about one. */
  readonly address: string | undefined;
}

/** What an operator must know of a plan before it is applied: each thing at the line of the topology that made it. */
export function judgePlan(context: PlanContext, changes: readonly PlannedChange[]): Diagnostic[] {
  return normalise(changes.flatMap((change) => judge(context, change)));
}

function judge(context: PlanContext, change: PlannedChange): Diagnostic[] {
  const { address, type, action } = change;
  const span = placeOf(context, address);
  const found: Diagnostic[] = [];
  const because = change.replacedFor.length === 0 ? {} : { because: change.replacedFor.join(', ') };
  if ((action === 'destroy' || action === 'replace') && isStateful(change)) {
    found.push(report('plan/replaces-stateful', span, { name: shownName(change), address, action, ...because }));
  }
  if (type === 'hcloud_volume' && action !== 'create') {
    const before = numberOf(change.before?.['size']);
    const after = numberOf(change.after?.['size']);
    if (before !== undefined && after !== undefined && after < before) {
      found.push(report('volume/shrunk', span, { name: shownName(change), before, after }));
    }
  }
  if (type === 'hcloud_server') {
    const before = change.before?.['server_type'];
    const after = change.after?.['server_type'];
    const rescales = action === 'update' && typeof before === 'string' && typeof after === 'string' && before !== after;
    if (rescales || action === 'replace') {
      const how = rescales ? `rescales it from ${before} to ${after}` : 'replaces it';
      found.push(report('plan/reprices', span, { name: shownName(change), how }));
    }
  }
  return found;
}

/** What the tool refused, each at the line that made the resource it speaks of. */
export function judgeErrors(context: PlanContext, errors: readonly ToolError[]): Diagnostic[] {
  return normalise(
    errors.map(({ summary, detail, address }) => {
      const text = oneLine(detail === '' ? summary : `${summary}: ${detail}`);
      return report('plan/refused', placeOf(context, address), { reason: text, ...(address === undefined ? {} : { address }) });
    }),
  );
}

/**
 * The place in the topology that an address comes from. What is no longer in the topology is shown at the section that it was in,
 * by the tier in its name, or else at the topology's name.
 */
export function placeOf({ model, trace, lines }: PlanContext, address: string | undefined): Span {
  const place = address === undefined ? undefined : trace.addresses[withoutIndex(address)];
  if (place !== undefined) return { start: offsetAt(lines, place.start), end: offsetAt(lines, place.end) };
  return sectionOf(model, address) ?? model.name.origin.span;
}

/** The first entity of the tier that a name such as `falkenstein_db_main_1` speaks of. */
function sectionOf(model: Model, address: string | undefined): Span | undefined {
  const tier = /_(lb|app|db|sto)_/.exec(address ?? '')?.[1];
  switch (tier) {
    case 'lb':
      return model.loadBalancers[0]?.keySpan;
    case 'app':
      return model.apps[0]?.keySpan;
    case 'db':
      return model.databases[0]?.keySpan;
    case 'sto':
      return model.storages[0]?.keySpan;
    default:
      return undefined;
  }
}

/** `hcloud_server.a[0]` is traced as `hcloud_server.a`. */
function withoutIndex(address: string): string {
  return address.replace(/\[[^\]]*\]$/, '');
}

/** Volumes hold data always, servers when their label says so. */
function isStateful({ type, before }: PlannedChange): boolean {
  if (type === 'hcloud_volume') return true;
  const labels = before?.['labels'];
  return (
    type === 'hcloud_server' && typeof labels === 'object' && labels !== null && (labels as Record<string, unknown>)['stateful'] === 'true'
  );
}

function shownName({ before, after, address }: PlannedChange): string {
  const name = after?.['name'] ?? before?.['name'];
  return typeof name === 'string' ? name : address;
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
