import { type Fix, report } from '@groundplan/diagnostics';
import { fix, removeEntry, setValue } from '../../edits.js';
import type { App } from '../../model.js';
import type { Check, CheckContext } from '../context.js';
import { dotted, pathOf } from '../places.js';

/**
 * An app has a port that neither a route nor another entity's `${app.…}` reaches. Silent while a reference that names no known
 * thing could be the one that is missing.
 */
export const noBalancer: Check = (context) => {
  const { model } = context;
  const broken = model.references.some(
    ({ kind, target, field }) =>
      (target === undefined && (kind === undefined || kind === 'app')) ||
      (field === 'load_balancers.*.routes.*' && kind !== 'app'),
  );
  if (broken) return [];
  const reached = new Set(
    model.references
      .filter(({ kind, name, from, field }) => kind === 'app' && from !== `app.${name}` && !idle.has(field))
      .map(({ name }) => name),
  );
  return model.apps.flatMap((app) => {
    const servers = app.inRegions.reduce((sum, { count }) => sum + count.value, 0);
    if (app.port === undefined || servers === 0 || reached.has(app.name)) return [];
    const host = freeHost(context, app);
    const route = host === undefined ? undefined : `${host}: ${dotted(app)}`;
    return [
      report(
        'app/no-balancer',
        app.keySpan,
        { name: dotted(app), port: app.port.value, ...(route === undefined ? {} : { route }) },
        { fixes: [...(host === undefined ? [] : routing(context, app, host)), ...withoutPort(context, app)] },
      ),
    ];
  });
};

/** The fields that name an app without sending it requests. */
const idle = new Set(['buckets.*.writers', 'regions.*.apps']);

/** What a part of a host name is made of; a name of another form has a diagnostic of its own. */
const isLabel = /^[a-z0-9-]+$/;

/** The host that is called like the app, if no balancer has it yet. */
function freeHost({ model }: CheckContext, app: App): string | undefined {
  const zone = model.dns?.zone.value ?? '';
  const host = `${app.name}.${zone}`;
  const taken = model.loadBalancers.some(({ routes }) => routes.some((route) => route.host === host));
  return !isLabel.test(app.name) || zone === '' || taken ? undefined : host;
}

function routing({ model, tree }: CheckContext, app: App, host: string): Fix[] {
  const balancer = model.loadBalancers[0];
  const path = balancer === undefined ? ['load_balancers', 'edge'] : pathOf(balancer);
  return fix(`Route ${host} to ${dotted(app)}`, setValue(tree, [...path, 'routes', host], dotted(app), 'dns'));
}

function withoutPort({ tree }: CheckContext, app: App): Fix[] {
  return fix(`Make ${dotted(app)} a worker, without a port`, removeEntry(tree, [...pathOf(app), 'port']));
}
