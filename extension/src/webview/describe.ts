import type { Picture, State } from '../messages/messages.js';

const stateWords: Readonly<Record<State, string>> = {
  dark: 'dark',
  degraded: 'degraded',
  'carries-on': 'carries on',
};

export function stateText(state: State): string {
  return stateWords[state];
}

/** What has changed, for those who do not see it; empty when it is nothing worth saying. */
export function changeText(before: Picture | undefined, after: Picture): string {
  if (before === undefined) return `${after.title}: ${count(after.nodes.length, 'node')}, ${problemsText(after)}.`;
  const said: string[] = [];
  if (before.failed.join() !== after.failed.join()) said.push(`${failureText(after)}.`);
  if (before.plan !== after.plan || planText(before) !== planText(after))
    said.push(after.plan === undefined ? 'The plan was removed.' : `The plan: ${planText(after)}.`);
  if (problemsText(before) !== problemsText(after)) said.push(`${problemsText(after)}.`);
  return said.join(' ');
}

/** `Nothing fails`, `3 dark, 1 degraded` */
export function failureText({ failed, states }: Picture): string {
  if (failed.length === 0) return 'Nothing fails';
  const kinds: readonly State[] = ['dark', 'degraded', 'carries-on'];
  const all = Object.values(states);
  const counts = kinds
    .map((kind) => ({ kind, number: all.filter((state) => state === kind).length }))
    .filter(({ number }) => number > 0)
    .map(({ kind, number }) => `${number} ${number === 1 || kind !== 'carries-on' ? stateText(kind) : 'carry on'}`);
  return counts.length === 0 ? 'Nothing changes' : counts.join(', ');
}

const changeWords = { create: 'created', update: 'changed', replace: 'replaced', delete: 'destroyed' } as const;

/** What a plan does to servers and everything else that is drawn by itself: `nothing changes`, `2 created, 1 replaced`. */
export function planText({ changes, otherChanges }: Picture): string {
  const ids = Object.keys(changes);
  const serversOf = (stack: string) => `host.${stack.slice('tier.'.length).replaceAll('.', '_')}_`;
  // A stack is counted by its servers, where something happens to them.
  const isCounted = (id: string) => !id.startsWith('tier.') || !ids.some((other) => other.startsWith(serversOf(id)));
  const all = ids.filter(isCounted).map((id) => changes[id]);
  const counts = (Object.keys(changeWords) as (keyof typeof changeWords)[])
    .map((action) => ({ action, number: all.filter((each) => each === action).length }))
    .filter(({ number }) => number > 0)
    .map(({ action, number }) => `${number} ${changeWords[action]}`);
  if (otherChanges.length > 0) counts.push(`${otherChanges.length} not drawn`);
  return counts.length === 0 ? 'nothing changes' : counts.join(', ');
}

/** `no problems`, `1 error, 2 warnings` */
export function problemsText({ problems }: Picture): string {
  const of = (severity: string) => problems.filter((problem) => problem.severity === severity).length;
  const parts = [
    ...(of('error') > 0 ? [count(of('error'), 'error')] : []),
    ...(of('warning') > 0 ? [count(of('warning'), 'warning')] : []),
  ];
  return parts.length === 0 ? 'no problems' : parts.join(', ');
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}
