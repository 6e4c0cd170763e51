import { refused } from '../http/errors.js';
import { type Context, created, noContent, ok, type Route } from '../http/route.js';
import { nameUpTo, oneOf } from '../input/checks.js';
import { readFields } from '../input/fields.js';
import { byIdNameCreated, filterBy, listReply } from '../query/list.js';
import type { PlacementGroupShape } from '../shapes.js';
import type { PlacementGroupRecord } from '../state/records.js';
import { type Project, takeId } from '../state/world.js';
import { formatTime } from '../time.js';
import { placementGroupOf, refuseBeyond, refuseTakenName } from './lookup.js';
import { updateReply } from './update.js';

/** A placement group as the API shows it. */
export function renderPlacementGroup(project: Project, group: PlacementGroupRecord): PlacementGroupShape {
  return {
    id: group.id,
    name: group.name,
    labels: group.labels,
    type: group.type,
    created: formatTime(group.created),
    servers: membersOf(project, group.id),
  };
}

function membersOf(project: Project, group: number): number[] {
  return [...project.servers.values()].filter((server) => server.placementGroup === group).map((server) => server.id);
}

/** 422 `placement_group_member_limit_reached` if the group is full. */
export function refuseFullGroup(context: Context, group: PlacementGroupRecord): void {
  const most = context.offer.catalog.limits.serversPerSpreadGroup;
  if (membersOf(context.project, group.id).length < most) return;
  throw refused(
    'placement_group_member_limit_reached',
    `placement group with ID ${group.id} contains already ${most} servers`,
  );
}

function create(context: Context) {
  const { project } = context;
  const fields = readFields(context.body);
  const name = fields.requiredText('name', nameUpTo(128));
  fields.requiredText('type', oneOf('spread'));
  const labels = fields.labels() ?? {};
  fields.finish();
  refuseTakenName(project.placementGroups, name);
  refuseBeyond(
    project.placementGroups.size,
    context.quotas.placementGroups,
    'placement group',
    'placement_group_limit',
  );
  const group: PlacementGroupRecord = {
    id: takeId(context.world),
    name,
    labels,
    created: context.now,
    type: 'spread',
  };
  project.placementGroups.set(group.id, group);
  return created({ placement_group: renderPlacementGroup(project, group), action: null });
}

function remove(context: Context) {
  const group = placementGroupOf(context);
  for (const server of context.project.servers.values()) {
    if (server.placementGroup === group.id) server.placementGroup = null;
  }
  context.project.placementGroups.delete(group.id);
  return noContent;
}

export const placementGroupRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/placement_groups',
    handle: (context) =>
      listReply(context, {
        key: 'placement_groups',
        items: filterBy(context.project.placementGroups.values(), context.query, 'type', (group) => group.type),
        render: (group) => renderPlacementGroup(context.project, group),
        sort: byIdNameCreated,
        name: (group) => group.name,
        labels: (group) => group.labels,
      }),
  },
  { method: 'POST', path: '/placement_groups', handle: create },
  {
    method: 'GET',
    path: '/placement_groups/{id}',
    handle: (context) => ok({ placement_group: renderPlacementGroup(context.project, placementGroupOf(context)) }),
  },
  {
    method: 'PUT',
    path: '/placement_groups/{id}',
    handle: (context) =>
      updateReply(context, {
        items: context.project.placementGroups,
        item: placementGroupOf(context),
        key: 'placement_group',
        render: (group) => renderPlacementGroup(context.project, group),
      }),
  },
  { method: 'DELETE', path: '/placement_groups/{id}', handle: remove },
];
