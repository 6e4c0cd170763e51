import type { KeyCursor } from '../../cursor/index.js';
import { chosenFrom, text } from '../body.js';
import type { Context, KeyProposal } from '../context.js';
import { routableApps } from './routable-apps.js';

/** Hosts inside the zone for the routes of a balancer: those that the file has elsewhere, the zone itself, and a new one. */
export function hosts(context: Context, cursor: KeyCursor, path: readonly string[]): readonly KeyProposal[] {
  const { model } = context;
  const { dns } = model;
  const [app, ...others] = routableApps(model);
  if (dns?.zone.origin.kind !== 'written' || app === undefined) return [];
  const zone = dns.zone.value;
  const claimed = new Set(
    model.loadBalancers.filter(({ name }) => name !== path[1]).flatMap(({ routes }) => routes.map(({ host }) => host)),
  );
  const cors = model.buckets.flatMap((bucket) => bucket.cors.map(({ value }) => value.replace(/^https?:\/\//, '')));
  const inZone = (host: string) => host === zone || host.endsWith(`.${zone}`);
  const known = [...new Set(cors)].filter((host) => inZone(host) && host !== zone);
  const usual = ['www', 'api', 'app', 'admin'].map((each) => `${each}.${zone}`);
  const free = (host: string) => !claimed.has(host) && !cursor.keys.includes(host);
  const ordered = [...new Set([...known, zone, ...usual])].filter(free);
  const name = ['shop', 'new', 'web', 'new-2'].find(
    (each) => free(`${each}.${zone}`) && !usual.includes(`${each}.${zone}`),
  );
  const target = chosenFrom(app, others);
  return [
    ...ordered.map(
      (host): KeyProposal => ({
        label: host,
        kind: 'host',
        key: text(host),
        body: target,
        detail: known.includes(host) ? 'known from a bucket' : host === zone ? 'the zone itself' : 'in the zone',
      }),
    ),
    ...(name === undefined
      ? []
      : [
          {
            label: `….${zone}`,
            kind: 'host' as const,
            key: text({ slot: name }, `.${zone}`),
            body: target,
            detail: 'another host in the zone',
            filterText: `${context.typed.split('.')[0] ?? ''}.${zone}`,
            rank: 6,
          },
        ]),
  ];
}
