import type { Model } from '@groundplan/model';
import { type Action, parsePlan, parseTrace, type Trace, type TracedPlace } from '@groundplan/plan';
import { dnsId, type NodeId } from '../node-id.js';
import { type AddressBook, addressBook } from './node-of-address.js';

/** What a plan does to something in the picture. */
export type OverlayAction = 'create' | 'update' | 'replace' | 'delete';

/** One change of a plan. */
export interface OverlayChange {
  /** As Terraform writes it: `hcloud_server.falkenstein_app_web_1`. */
  readonly address: string;
  /** `forget`: it stays as it is, and Terraform no longer looks after it. */
  readonly action: OverlayAction | 'forget';
  /** What makes it in the topology; undefined when the topology no longer does, or without a trace. */
  readonly place: TracedPlace | undefined;
}

/** A plan, laid over the picture of a topology. */
export interface Overlay {
  readonly nodes: ReadonlyMap<NodeId, OverlayAction>;
  /** Changes of what is not drawn, or no longer: sorted by address. */
  readonly others: readonly OverlayChange[];
  /** False when planning failed half-way, so that there may be more. */
  readonly isComplete: boolean;
  /** What is wrong with the plan or the trace, in a sentence each; then nothing, or no place, could be read of it. */
  readonly problems: readonly string[];
}

/**
 * What a plan creates, changes, replaces and deletes, by node. `plan` is what `terraform show -json` writes and `trace` is
 * trace.json, each as text or parsed; without a trace (undefined) changes have no place. Never throws.
 */
export function overlay(model: Model, plan: unknown, trace: unknown): Overlay {
  const parsed = parsePlan(plan);
  const traced = trace === undefined ? undefined : parseTrace(trace);
  const problems = [parsed.problem, traced?.problem].filter((each) => each !== undefined);
  const book = addressBook(model);
  const found = new Map<NodeId, Marks>();
  const others: OverlayChange[] = [];
  for (const { address, action } of parsed.value?.changes ?? []) {
    const plain = withoutIndex(address);
    const node = action === 'forget' ? undefined : book.find(plain);
    if (node === undefined || action === 'forget') {
      others.push({ address, action: shown(action), place: placeOf(traced?.value, plain) });
    } else mark(found, node.id, node.isMain, shown(action) as OverlayAction);
  }
  return {
    nodes: merged(found, book),
    others,
    isComplete: parsed.value?.complete ?? false,
    problems,
  };
}

/** What happens to a node itself, and to what belongs to it. */
interface Marks {
  readonly main: Set<OverlayAction>;
  readonly parts: Set<OverlayAction>;
}

function mark(found: Map<NodeId, Marks>, id: NodeId, isMain: boolean, action: OverlayAction): void {
  const marks = found.get(id) ?? { main: new Set(), parts: new Set() };
  found.set(id, marks);
  (isMain ? marks.main : marks.parts).add(action);
}

/** One action for each node; a stack has that of its hosts where all of them have one, and else it is changed. */
function merged(found: ReadonlyMap<NodeId, Marks>, { stackOf }: AddressBook): ReadonlyMap<NodeId, OverlayAction> {
  const nodes = new Map<NodeId, OverlayAction>();
  const stacks = new Map<NodeId, OverlayAction[]>();
  for (const [id, { main, parts }] of found) {
    const action = main.size > 0 ? ofNode([...main]) : ofParts(id, parts);
    nodes.set(id, action);
    const stack = stackOf.get(id);
    if (stack !== undefined) stacks.set(stack.id, [...(stacks.get(stack.id) ?? []), action]);
  }
  const sizes = new Map([...stackOf.values()].map(({ id, hosts }) => [id, hosts]));
  for (const [id, actions] of stacks) {
    const own = nodes.get(id);
    const all = [...actions, ...(own === undefined || own === 'update' ? [] : [own])];
    const isWhole = actions.length === sizes.get(id);
    nodes.set(id, isWhole || !all.includes('create') ? combined(all) : combined([...all, 'update']));
  }
  return new Map([...nodes].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Of a thing that is several resources, such as an address of each version. */
function ofNode(actions: readonly OverlayAction[]): OverlayAction {
  const [first = 'update'] = actions;
  if (actions.every((action) => action === first)) return first;
  return actions.includes('replace') ? 'replace' : 'update';
}

/** The parts of a thing change it, whatever happens to them; DNS is new where all that is done to it is new. */
function ofParts(id: NodeId, parts: ReadonlySet<OverlayAction>): OverlayAction {
  return id === dnsId && parts.size === 1 && parts.has('create') ? 'create' : 'update';
}

/** For a stack: the gravest, and of creating and deleting or changing together: a change. */
function combined(actions: readonly OverlayAction[]): OverlayAction {
  const [first = 'update'] = actions;
  if (actions.every((action) => action === first)) return first;
  if (actions.includes('replace')) return 'replace';
  return actions.includes('delete') ? 'delete' : 'update';
}

function shown(action: Action): OverlayChange['action'] {
  return action === 'destroy' ? 'delete' : action;
}

/** `hcloud_server.a[0]` is traced as `hcloud_server.a`. */
function withoutIndex(address: string): string {
  return address.replace(/\[[^\]]*\]$/, '');
}

function placeOf(trace: Trace | undefined, address: string): TracedPlace | undefined {
  return trace !== undefined && Object.hasOwn(trace.addresses, address) ? trace.addresses[address] : undefined;
}
