import type { Model } from '@groundplan/model';
import type { State, Statement } from './effect.js';
import { rankOf } from './effect.js';
import { fail } from './fail.js';
import { type FailableThing, failableThings } from './failable.js';

/** What one failure alone comes to. */
export interface Surveyed extends FailableThing {
  /** The worst that any part comes to; undefined when nothing notices. */
  readonly worst: State | undefined;
  /** The worst that users of a route come to; undefined when none of them notices. */
  readonly routes: State | undefined;
  /** Whether users go without until a person acts: a route that is not served, or a part of whose requests fails. */
  readonly isSinglePoint: boolean;
  /** The most important statement: of the worst for users, else of the worst there is. */
  readonly summary: string;
}

/** Every single failure of a topology with its worst outcome, in the order of {@link failableThings}. */
export function survey(model: Model): readonly Surveyed[] {
  return failableThings(model).map((thing) => {
    const { states, routes, statements } = fail(model, [thing.id]);
    const ofRoutes = worst(routes.map(({ state }) => state));
    return {
      ...thing,
      worst: worst([...states.values(), ...statements.map(({ state }) => state)]),
      routes: ofRoutes,
      isSinglePoint: routes.some(({ state, failing }) => state === 'dark' || (state !== undefined && failing > 0)),
      summary: chief(statements)?.text ?? 'nobody notices',
    };
  });
}

function worst(states: readonly (State | undefined)[]): State | undefined {
  return states.reduce((a, b) => (rankOf(a) >= rankOf(b) ? a : b), undefined);
}

/** Of routes, where any is worse than carried on with; else of what it comes to. */
function chief(statements: readonly Statement[]): Statement | undefined {
  const weight = ({ kind, state }: Statement) => rankOf(state) * 2 + (kind === 'route' ? 1 : 0);
  const routes = statements.filter(({ kind }) => kind === 'route');
  const candidates = routes.length > 0 ? routes : statements;
  return candidates.reduce<Statement | undefined>(
    (first, each) => (first === undefined || weight(each) > weight(first) ? each : first),
    undefined,
  );
}
