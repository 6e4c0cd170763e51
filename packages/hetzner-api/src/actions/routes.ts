import { ApiError, invalidField, notFound } from '../http/errors.js';
import { type Context, idParameter, ok, type Route } from '../http/route.js';
import { filterBy, listReply } from '../query/list.js';
import { type SortKeys, sortItems } from '../query/sorting.js';
import type { ActionShape } from '../shapes.js';
import type { ActionRecord } from '../state/records.js';
import { formatTime, formatTimeOrNull } from '../time.js';
import { type ActionPlan, progressOf, startAction } from './lifecycle.js';

/** An action as the API shows it. */
export function renderAction(action: ActionRecord, now: number): ActionShape {
  return {
    id: action.id,
    command: action.command,
    status: action.status,
    progress: progressOf(action, now),
    started: formatTime(action.started),
    finished: formatTimeOrNull(action.finished),
    resources: action.resources,
    error: action.error,
  };
}

/** Starts an action on behalf of a request; one that fault injection wants to fail does. */
export function beginAction(context: Context, plan: ActionPlan): ActionRecord {
  return startAction(context.actions, context.world, context.project, { failure: context.failure, ...plan });
}

/** Starts an action and shows it. */
export function beginAndRender(context: Context, plan: ActionPlan): ActionShape {
  return renderAction(beginAction(context, plan), context.now);
}

const sortKeys: SortKeys<ActionRecord> = {
  id: (action) => action.id,
  command: (action) => action.command,
  status: (action) => action.status,
  started: (action) => action.started,
  finished: (action) => action.finished ?? Number.POSITIVE_INFINITY,
};

function listActions(context: Context, actions: Iterable<ActionRecord>) {
  return listReply(context, {
    key: 'actions',
    items: filterBy(actions, context.query, 'status', (action) => action.status),
    render: (action) => renderAction(action, context.now),
    sort: sortKeys,
  });
}

/** The actions that the `id` parameters name, each once. */
function withIds(context: Context): ActionRecord[] {
  const ids = new Set(context.query.getAll('id'));
  return [...ids].flatMap((text) => {
    if (!/^[0-9]{1,15}$/.test(text)) throw invalidField('id', `'${text}' is not an ID`);
    return context.project.actions.get(Number(text)) ?? [];
  });
}

function isAbout(action: ActionRecord, type: string, id?: number): boolean {
  return action.resources.some((resource) => resource.type === type && (id === undefined || resource.id === id));
}

function oneAction(context: Context, id: number, counts: (action: ActionRecord) => boolean) {
  const action = context.project.actions.get(id);
  if (action === undefined || !counts(action)) throw notFound(`action with ID '${id}'`);
  return ok({ action: renderAction(action, context.now) });
}

/** `/actions`, for ids only, all on one page: listing others was removed on 2025-01-30. */
export const globalActionRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/actions',
    handle: (context) => {
      if (!context.query.has('id')) {
        throw new ApiError(410, 'deprecated_api_endpoint', 'listing arbitrary actions is no longer supported', {
          announcement:
            'https://docs.hetzner.cloud/changelog#2025-01-30-listing-arbitrary-actions-in-the-actions-list-endpoint-is-removed',
        });
      }
      const actions = sortItems(withIds(context), context.query, sortKeys);
      return ok({ actions: actions.map((action) => renderAction(action, context.now)) });
    },
  },
  {
    method: 'GET',
    path: '/actions/{id}',
    handle: (context) => oneAction(context, idParameter(context), () => true),
  },
];

/**
 * The four ways to ask for the actions of a family. `find` gives the id of the resource that `{id}` names and throws
 * `not_found` if there is none.
 */
export function actionRoutes(family: string, type: string, find: (context: Context) => number): Route[] {
  return [
    {
      method: 'GET',
      path: `/${family}/actions`,
      handle: (context) => {
        const candidates = context.query.has('id') ? withIds(context) : [...context.project.actions.values()];
        return listActions(
          context,
          candidates.filter((action) => isAbout(action, type)),
        );
      },
    },
    {
      method: 'GET',
      path: `/${family}/actions/{id}`,
      handle: (context) => oneAction(context, idParameter(context), (action) => isAbout(action, type)),
    },
    {
      method: 'GET',
      path: `/${family}/{id}/actions`,
      handle: (context) => {
        const id = find(context);
        return listActions(
          context,
          [...context.project.actions.values()].filter((action) => isAbout(action, type, id)),
        );
      },
    },
    {
      method: 'GET',
      path: `/${family}/{id}/actions/{action_id}`,
      handle: (context) => {
        const id = find(context);
        return oneAction(context, idParameter(context, 'action_id'), (action) => isAbout(action, type, id));
      },
    },
  ];
}
