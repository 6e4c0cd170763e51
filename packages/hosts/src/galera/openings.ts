import type { App, Cluster, Host, LoadBalancer, Model } from '@groundplan/model';
import { appsBehind, databasesOf, hostsOf } from '../entities.js';
import { blockOfHosts, type Opening } from '../firewall.js';
import { galeraCheckPort, galeraMemberPort, galeraPorts } from '../ports.js';

/** Who comes in: the other members and the voter; apps of the same region that use the database, and balancers that look at it. */
export function memberOpenings(model: Model, cluster: Cluster, host: Host): Opening[] {
  const { database, members, voter } = cluster;
  const { region } = host;
  const isUser = (app: App) => databasesOf(model, app).includes(database);
  const looksAtIt = (balancer: LoadBalancer) => appsBehind(model, balancer).some(isUser);
  const here = (entities: readonly (App | LoadBalancer)[]) =>
    region === undefined ? [] : entities.flatMap((entity) => hostsOf(model, entity, region));
  const apps = here(model.apps.filter(isUser));
  const balancers = here(model.loadBalancers.filter(looksAtIt));
  const others = members.filter((member) => member !== host);
  const { cluster: together, changes, copy } = galeraPorts;
  return [
    { from: blockOfHosts(apps), match: `tcp dport ${database.port.value}`, why: `apps with database.${database.name}` },
    {
      from: blockOfHosts([...apps, ...balancers]),
      match: `tcp dport ${galeraCheckPort}`,
      why: 'checks: may this server be written to',
    },
    {
      from: blockOfHosts(voter === undefined ? others : [...others, voter]),
      match: `tcp dport ${together}`,
      why: 'Galera of the other members',
    },
    {
      from: blockOfHosts(others),
      match: `tcp dport { ${[copy, changes, galeraMemberPort].join(', ')} }`,
      why: 'copies and agreements of the other members',
    },
  ];
}
