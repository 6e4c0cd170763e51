import type { Effect, State } from '../fail/effect.js';
import type { GraphNode, TierNode } from '../graph/graph.js';
import { hostId, type NodeId } from '../node-id.js';
import { noProblems, type ProblemCounts, type Problems } from './problems.js';

export type Change = 'create' | 'update' | 'replace' | 'delete';

/** What is drawn upon a node: how it is after a failure, what a plan does with it, what is wrong with it. */
export interface Marks {
  readonly state: 'failed' | State | undefined;
  /** The state in words: `failed`, `1 of 4 failed`. */
  readonly stateText: string | undefined;
  readonly change: Change | undefined;
  /** `+ create`, `~ update 2 of 4`. */
  readonly changeText: string | undefined;
  readonly problems: ProblemCounts;
}

export interface MarkSources {
  readonly effect: Effect | undefined;
  readonly changes: ReadonlyMap<NodeId, Change> | undefined;
  readonly problems: Problems;
}

const stateWords = { failed: 'failed', dark: 'dark', degraded: 'degraded', 'carries-on': 'carries on' } as const;
const changeSigns = { create: '+', update: '~', replace: '±', delete: '−' } as const;
/** The worst last. */
const changeOrder: readonly Change[] = ['update', 'create', 'replace', 'delete'];

/** The marks of a node. A stack shows as well what becomes of some of its servers. */
export function marksOf(node: GraphNode, { effect, changes, problems }: MarkSources, stack?: TierNode): Marks {
  const counts = problems.byNode.get(node.id);
  if (effect === undefined && changes === undefined) {
    return counts === undefined ? unmarked : { ...unmarked, problems: counts };
  }
  const failed = effect?.failed.includes(node.id) === true;
  const state = failed ? 'failed' : effect?.states.get(node.id);
  const hosts = stack?.hosts.map(hostId) ?? [];
  const lost = failed ? 0 : hosts.filter((host) => effect?.failed.includes(host)).length;
  const change = changes?.get(node.id);
  const inside = change === undefined ? changeInside(hosts, changes) : undefined;
  const kind = change ?? inside?.change;
  return {
    state,
    stateText: lost > 0 ? `${lost} of ${hosts.length} failed` : state && stateWords[state],
    change: kind,
    changeText: kind && `${changeSigns[kind]} ${kind}${inside === undefined ? '' : inside.text}`,
    problems: counts ?? noProblems,
  };
}

const unmarked: Marks = {
  state: undefined,
  stateText: undefined,
  change: undefined,
  changeText: undefined,
  problems: noProblems,
};

/** Whether nothing is drawn upon the node, as upon most. */
export function isUnmarked(marks: Marks): boolean {
  return marks === unmarked;
}

function changeInside(
  hosts: readonly NodeId[],
  changes: ReadonlyMap<NodeId, Change> | undefined,
): { readonly change: Change; readonly text: string } | undefined {
  const found = hosts.flatMap((host) => changes?.get(host) ?? []);
  const worst = changeOrder.findLast((each) => found.includes(each));
  if (worst === undefined) return undefined;
  const count = found.filter((each) => each === worst).length;
  return { change: worst, text: count === hosts.length ? '' : ` ${count} of ${hosts.length}` };
}

/** What a reader is told of the marks. */
export function marksInWords({ stateText, changeText, problems }: Marks): string[] {
  const { errors, warnings } = problems;
  return [
    stateText ?? '',
    changeText === undefined ? '' : `plan: ${changeText.replace(/^. /, '')}`,
    errors === 0 ? '' : `${errors} ${errors === 1 ? 'error' : 'errors'}`,
    warnings === 0 ? '' : `${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`,
  ].filter((words) => words !== '');
}
