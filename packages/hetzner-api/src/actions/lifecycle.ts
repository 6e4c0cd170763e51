import type { HostDriver } from '../driver.js';
import type { ActionError, ActionRecord, ActionResource, Effect } from '../state/records.js';
import { type Project, takeId, type World } from '../state/world.js';
import { applyEffect } from './effects.js';

/** A failure that was decided before the action started. */
export type PlannedFailure = ActionError;

/** A call to the host driver. */
export type HostStep = (driver: HostDriver) => Promise<void> | undefined;

/** What an action does. */
export interface ActionPlan {
  readonly command: string;
  readonly resources: readonly ActionResource[];
  /** Changes the project at once; left out when the action is going to fail. */
  readonly apply?: () => void;
  readonly onSuccess?: Effect;
  readonly onFailure?: Effect;
  readonly host?: HostStep;
  /** The action that has to succeed before this one begins. */
  readonly after?: ActionRecord;
  readonly failure?: PlannedFailure | null;
}

type HostProgress = { state: 'waiting' } | { state: 'done' } | { state: 'failed'; message: string };

/** A call to the driver that has not been looked at since it ended. */
interface HostCall {
  progress: HostProgress;
  /** Resolves when the call has ended, well or not. */
  settled: Promise<void>;
}

interface Running {
  readonly project: Project;
  readonly action: ActionRecord;
}

/** What runs, beyond the data of the world. */
export interface ActionRuntime {
  /** How long an action takes by itself. */
  readonly milliseconds: number;
  readonly driver: HostDriver;
  readonly clock: () => number;
  readonly running: Set<Running>;
  /** By action. */
  readonly hosts: Map<number, HostCall>;
}

/** A runtime that takes up the actions that were running when the world was saved. */
export function startRuntime(
  world: World,
  options: { readonly milliseconds: number; readonly driver: HostDriver; readonly clock: () => number },
): ActionRuntime {
  const runtime: ActionRuntime = { ...options, running: new Set(), hosts: new Map() };
  for (const project of world.projects.values()) {
    for (const action of project.actions.values()) {
      if (action.status === 'running') runtime.running.add({ project, action });
    }
  }
  return runtime;
}

/**
 * Starts an action. It is `running` until its time is over and its host step has ended, and then `success`, or `error`
 * if that was planned, the host step rejected or the action before it failed.
 */
export function startAction(runtime: ActionRuntime, world: World, project: Project, plan: ActionPlan): ActionRecord {
  const now = runtime.clock();
  const startsAt = plan.after === undefined ? now : Math.max(now, plan.after.finishesAt);
  const failure = plan.failure ?? null;
  const action: ActionRecord = {
    id: takeId(world),
    command: plan.command,
    resources: plan.resources,
    status: 'running',
    started: now,
    startsAt,
    finishesAt: startsAt + runtime.milliseconds,
    finished: null,
    error: null,
    after: plan.after?.id ?? null,
    failure,
    onSuccess: plan.onSuccess ?? null,
    onFailure: plan.onFailure ?? null,
  };
  project.actions.set(action.id, action);
  if (failure === null) {
    plan.apply?.();
    if (plan.host !== undefined) runHostStep(runtime, action, plan.host);
  }
  runtime.running.add({ project, action });
  settleActions(runtime);
  return action;
}

/** Calls the driver, after the call of the action before; not at all if that one failed. */
function runHostStep(runtime: ActionRuntime, action: ActionRecord, step: HostStep): void {
  const before = action.after === null ? undefined : runtime.hosts.get(action.after);
  const result =
    before === undefined
      ? step(runtime.driver)
      : before.settled.then(() => (before.progress.state === 'failed' ? undefined : step(runtime.driver)));
  if (result === undefined) return;
  const call: HostCall = { progress: { state: 'waiting' }, settled: Promise.resolve() };
  call.settled = result.then(
    () => {
      call.progress = { state: 'done' };
    },
    (error: unknown) => {
      call.progress = { state: 'failed', message: error instanceof Error ? error.message : String(error) };
    },
  );
  runtime.hosts.set(action.id, call);
}

/** Ends every action that is due, in the order in which they are due. Returns whether anything ended. */
export function settleActions(runtime: ActionRuntime): boolean {
  const now = runtime.clock();
  let ended = false;
  const due = [...runtime.running].filter((entry) => entry.action.finishesAt <= now);
  due.sort((a, b) => a.action.finishesAt - b.action.finishesAt || a.action.id - b.action.id);
  for (const entry of due) {
    if (!settle(runtime, entry)) continue;
    runtime.running.delete(entry);
    ended = true;
  }
  return ended;
}

/** Ends one action whose time is over; false if it has to wait for its host or for the action before it. */
function settle(runtime: ActionRuntime, { project, action }: Running): boolean {
  const before = action.after === null ? undefined : project.actions.get(action.after);
  if (before?.status === 'running') return false;
  const host = runtime.hosts.get(action.id)?.progress ?? { state: 'done' };
  if (host.state === 'waiting') return false;
  runtime.hosts.delete(action.id);
  action.error = errorOf(action, before, host);
  action.status = action.error === null ? 'success' : 'error';
  action.finished = Math.max(action.finishesAt, before?.finished ?? 0);
  const effect = action.error === null ? action.onSuccess : action.onFailure;
  if (effect !== null) applyEffect(project, effect);
  return true;
}

function errorOf(action: ActionRecord, before: ActionRecord | undefined, host: HostProgress): ActionError | null {
  if (before?.status === 'error') return { code: 'canceled', message: 'canceled' };
  if (action.failure !== null) return action.failure;
  return host.state === 'failed' ? { code: 'action_failed', message: host.message } : null;
}

/** Per cent, from the clock; 100 only once it has ended. */
export function progressOf(action: ActionRecord, now: number): number {
  if (action.status !== 'running') return 100;
  const duration = action.finishesAt - action.startsAt;
  if (duration <= 0) return 0;
  return Math.min(99, Math.max(0, Math.floor((100 * (now - action.startsAt)) / duration)));
}
