import { actionRoutes, beginAndRender } from '../actions/routes.js';
import { ApiError, limitExceeded, refused } from '../http/errors.js';
import { type Context, created, noContent, ok, type Route } from '../http/route.js';
import { nameUpTo, oneOf } from '../input/checks.js';
import { type Fields, readFields } from '../input/fields.js';
import { parseLabelSelector } from '../query/label-selector.js';
import { byIdNameCreated, listReply } from '../query/list.js';
import type { ActionShape, FirewallServerShape, FirewallShape } from '../shapes.js';
import type { FirewallRecord, FirewallTarget, ServerRecord } from '../state/records.js';
import { type Project, takeId } from '../state/world.js';
import { formatTime } from '../time.js';
import { readRules, refuseTooManyEffectiveRules } from './firewall-rules.js';
import { firewallOf, refuseBeyond, refuseTakenName } from './lookup.js';
import { primaryIpOn } from './primary-ips.js';
import { updateReply } from './update.js';

/** A firewall as the API shows it. */
export function renderFirewall(project: Project, firewall: FirewallRecord): FirewallShape {
  return {
    id: firewall.id,
    name: firewall.name,
    labels: firewall.labels,
    created: formatTime(firewall.created),
    rules: firewall.rules.map((rule) => ({
      direction: rule.direction,
      source_ips: rule.sourceIps,
      destination_ips: rule.destinationIps,
      protocol: rule.protocol,
      port: rule.port,
      description: rule.description,
    })),
    applied_to: firewall.appliedTo.map((target) =>
      target.type === 'server'
        ? renderServer(target.server)
        : {
            type: 'label_selector',
            label_selector: { selector: target.selector },
            applied_to_resources: selectedServers(project, target.selector).map((server) => renderServer(server.id)),
          },
    ),
  };
}

function renderServer(id: number): FirewallServerShape {
  return { type: 'server', server: { id } };
}

/** Servers with a public interface that a selector matches now. */
function selectedServers(project: Project, selector: string): ServerRecord[] {
  const matches = parseLabelSelector(selector);
  return [...project.servers.values()].filter((server) => matches(server.labels) && isPublic(project, server));
}

function isPublic(project: Project, server: ServerRecord): boolean {
  return primaryIpOn(project, server.id, 'ipv4') !== undefined || primaryIpOn(project, server.id, 'ipv6') !== undefined;
}

/** The firewalls of a server: applied to it directly, or by a selector that its labels match. */
export function firewallsOf(project: Project, server: ServerRecord): FirewallRecord[] {
  return [...project.firewalls.values()].filter((firewall) =>
    firewall.appliedTo.some((target) =>
      target.type === 'server'
        ? target.server === server.id
        : isPublic(project, server) && parseLabelSelector(target.selector)(server.labels),
    ),
  );
}

/** Reads `apply_to` or `remove_from`. */
function readTargets(list: readonly Fields[]): FirewallTarget[] {
  return list.map((fields) => {
    const type = fields.requiredText('type', oneOf('server', 'label_selector'));
    if (type === 'label_selector') {
      const selector = fields.object('label_selector')?.requiredText('selector');
      if (selector === undefined) fields.refuse('label_selector', 'Missing data for required field.');
      return { type: 'label_selector', selector: selector ?? '' };
    }
    const server = fields.object('server')?.requiredInteger('id');
    if (server === undefined) fields.refuse('server', 'Missing data for required field.');
    return { type: 'server', server: server ?? 0 };
  });
}

/** Refuses targets that cannot be added. */
function refuseTargets(context: Context, firewall: FirewallRecord, targets: readonly FirewallTarget[]): void {
  const seen = new Set<number | string>();
  for (const target of targets) {
    const key = target.type === 'server' ? target.server : target.selector;
    if (seen.has(key)) throw refused('server_already_added', 'server was applied more than once');
    seen.add(key);
    if (firewall.appliedTo.some((known) => isSame(known, target))) {
      throw refused('firewall_already_applied', 'firewall was already applied to resource');
    }
    if (target.type === 'label_selector') parseLabelSelector(target.selector);
    else refuseServerTarget(context, target.server);
  }
}

function refuseServerTarget(context: Context, id: number): void {
  const server = context.project.servers.get(id);
  if (server === undefined) throw resourceNotFound(`server with ID '${id}'`);
  if (!isPublic(context.project, server)) {
    throw refused('private_net_only_server', 'server has no public interface');
  }
  const most = context.offer.catalog.limits.firewallsPerServer;
  if (firewallsOf(context.project, server).length >= most) {
    throw limitExceeded('firewalls per server', 'server_firewall_limit');
  }
}

function resourceNotFound(what: string): ApiError {
  return new ApiError(404, 'firewall_resource_not_found', `${what} not found`);
}

function isSame(a: FirewallTarget, b: FirewallTarget): boolean {
  if (a.type === 'server') return b.type === 'server' && a.server === b.server;
  return b.type === 'label_selector' && a.selector === b.selector;
}

/** Starts one `apply_firewall` for each target. */
function beginApplying(context: Context, firewall: FirewallRecord, targets: readonly FirewallTarget[]): ActionShape[] {
  return targets.map((target) =>
    beginAndRender(context, {
      command: 'apply_firewall',
      resources: targetResources(firewall, target),
      apply: () => {
        firewall.appliedTo.push(target);
      },
    }),
  );
}

function targetResources(firewall: FirewallRecord, target: FirewallTarget) {
  const own = { id: firewall.id, type: 'firewall' };
  return target.type === 'server' ? [own, { id: target.server, type: 'server' }] : [own];
}

function create(context: Context) {
  const { project } = context;
  const fields = readFields(context.body);
  const name = fields.requiredText('name', nameUpTo(128));
  const labels = fields.labels() ?? {};
  const rules = readRules(context, fields, fields.objects('rules') ?? []);
  const targets = readTargets(fields.objects('apply_to') ?? []);
  fields.finish();
  refuseTakenName(project.firewalls, name);
  refuseBeyond(project.firewalls.size, context.quotas.firewalls, 'firewall', 'firewall_limit');
  refuseTooManyEffectiveRules(rules);
  const firewall: FirewallRecord = {
    id: takeId(context.world),
    name,
    labels,
    created: context.now,
    rules,
    appliedTo: [],
  };
  refuseTargets(context, firewall, targets);
  project.firewalls.set(firewall.id, firewall);
  const rulesAction = beginAndRender(context, {
    command: 'set_firewall_rules',
    resources: [{ id: firewall.id, type: 'firewall' }],
  });
  const actions = [rulesAction, ...beginApplying(context, firewall, targets)];
  return created({ firewall: renderFirewall(project, firewall), actions });
}

function remove(context: Context) {
  const firewall = firewallOf(context);
  if (firewall.appliedTo.length > 0) {
    throw refused('resource_in_use', `firewall with ID ${firewall.id} is still in use`);
  }
  context.project.firewalls.delete(firewall.id);
  return noContent;
}

function setRules(context: Context) {
  const firewall = firewallOf(context);
  const fields = readFields(context.body);
  const rules = readRules(context, fields, fields.requiredObjects('rules'));
  fields.finish();
  refuseTooManyEffectiveRules(rules);
  const setting = beginAndRender(context, {
    command: 'set_firewall_rules',
    resources: [{ id: firewall.id, type: 'firewall' }],
    apply: () => {
      firewall.rules = rules;
    },
  });
  const servers = [...context.project.servers.values()].filter((server) =>
    firewallsOf(context.project, server).includes(firewall),
  );
  const applying = servers.map((server) =>
    beginAndRender(context, {
      command: 'apply_firewall',
      resources: targetResources(firewall, { type: 'server', server: server.id }),
    }),
  );
  return created({ actions: [setting, ...applying] });
}

function applyTo(context: Context) {
  const firewall = firewallOf(context);
  const fields = readFields(context.body);
  const targets = readTargets(fields.requiredObjects('apply_to'));
  fields.finish();
  refuseTargets(context, firewall, targets);
  return created({ actions: beginApplying(context, firewall, targets) });
}

function removeFrom(context: Context) {
  const firewall = firewallOf(context);
  const fields = readFields(context.body);
  const targets = readTargets(fields.requiredObjects('remove_from'));
  fields.finish();
  for (const target of targets) refuseRemoval(context, firewall, target);
  const actions = targets.map((target) =>
    beginAndRender(context, {
      command: 'remove_firewall',
      resources: targetResources(firewall, target),
      apply: () => {
        firewall.appliedTo = firewall.appliedTo.filter((known) => !isSame(known, target));
      },
    }),
  );
  return created({ actions });
}

function refuseRemoval(context: Context, firewall: FirewallRecord, target: FirewallTarget): void {
  if (firewall.appliedTo.some((known) => isSame(known, target))) return;
  if (target.type === 'label_selector') throw resourceNotFound(`label selector '${target.selector}'`);
  const server = context.project.servers.get(target.server);
  if (server !== undefined && firewallsOf(context.project, server).includes(firewall)) {
    throw refused(
      'firewall_managed_by_label_selector',
      'firewall is applied via a label selector and cannot be removed manually',
    );
  }
  throw resourceNotFound(`server with ID '${target.server}'`);
}

export const firewallRoutes: readonly Route[] = [
  ...actionRoutes('firewalls', 'firewall', (context) => firewallOf(context).id),
  {
    method: 'GET',
    path: '/firewalls',
    handle: (context) =>
      listReply(context, {
        key: 'firewalls',
        items: context.project.firewalls.values(),
        render: (firewall) => renderFirewall(context.project, firewall),
        sort: byIdNameCreated,
        name: (firewall) => firewall.name,
        labels: (firewall) => firewall.labels,
      }),
  },
  { method: 'POST', path: '/firewalls', handle: create },
  {
    method: 'GET',
    path: '/firewalls/{id}',
    handle: (context) => ok({ firewall: renderFirewall(context.project, firewallOf(context)) }),
  },
  {
    method: 'PUT',
    path: '/firewalls/{id}',
    handle: (context) =>
      updateReply(context, {
        items: context.project.firewalls,
        item: firewallOf(context),
        key: 'firewall',
        render: (firewall) => renderFirewall(context.project, firewall),
      }),
  },
  { method: 'DELETE', path: '/firewalls/{id}', handle: remove },
  { method: 'POST', path: '/firewalls/{id}/actions/set_rules', handle: setRules },
  { method: 'POST', path: '/firewalls/{id}/actions/apply_to_resources', handle: applyTo },
  { method: 'POST', path: '/firewalls/{id}/actions/remove_from_resources', handle: removeFrom },
];
