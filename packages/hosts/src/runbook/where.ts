import { checkerVoters, clustersOf, type Host, isPair, type Model } from '@groundplan/model';
import { isBastion } from '../bastion.js';
import type { Bundle } from '../bundle/bundle.js';
import { objectStorageHost } from '../object-storage.js';
import { sqlName } from '../sql-name.js';
import type { Block, Chapter } from './document.js';
import { code, listed } from './markdown.js';
import { type Here, paragraph } from './write.js';

/** What there is, and on which host. */
export function whatRunsWhere(here: Here): Chapter {
  const { model, bundles } = here;
  const rows = model.hosts.map((host) => [
    code(host.name),
    code(host.address),
    code(host.key),
    rolesOf(model, host).join(', '),
    unitsOf(bundles.find((bundle) => bundle.host === host)),
  ]);
  return {
    title: 'What runs where',
    blocks: [
      paragraph(
        'Public addresses are known only once the hosts are made: `terraform -chdir=build output balancers` has those of the load balancers. ' +
          'What a unit says is in the journal of its host, `journalctl -u UNIT`.',
      ),
      { kind: 'table', head: ['Host', 'Private address', 'In Terraform', 'What it does', 'Units'], rows },
      ...sites(model),
      ...databases(model),
      ...buckets(model),
    ],
  };
}

function rolesOf(model: Model, host: Host): string[] {
  const clusters = model.databases.flatMap((database) => clustersOf(model, database));
  return [
    own(host),
    ...(isBastion(model, host) ? ['bastion'] : []),
    ...clusters
      .filter(({ voter }) => voter === host)
      .map(({ database }) => `votes for ${code(`database.${database.name}`)}`),
    ...(checkerVoters(model).some((voter) => voter.host === host) ? ['looks after DNS'] : []),
  ];
}

function own({ entity, tier }: Host): string {
  if (entity === undefined) return tier === 'arbiter' ? 'arbiter: breaks ties, keeps no data' : '';
  const name = code(`${entity.kind}.${entity.name}`);
  return entity.kind === 'database' ? `${name}, a member` : name;
}

/** What is on every host. */
const common = /^(?:apt-daily|chrony|nftables|groundplan-watch|groundplan-alert|logrotate)/;

function unitsOf(bundle: Bundle | undefined): string {
  if (bundle === undefined) return 'not configured by Groundplan';
  const names = bundle.units.filter(({ name, state }) => state === 'running' && !common.test(name));
  return names.map(({ name }) => code(name.replace(/\.service$/, ''))).join(' ');
}

function sites(model: Model): Block[] {
  const rows = model.loadBalancers.flatMap((balancer) =>
    balancer.routes.map(({ host, path, app }) => [
      code(`${balancer.tls.mode.value === 'none' ? 'http' : 'https'}://${host}${path}`),
      code(`load_balancer.${balancer.name}`),
      isPair(balancer)
        ? 'one at a time, by a floating IP'
        : balancer.mode.value === 'bgp'
          ? 'all, by BGP'
          : 'all, by DNS',
      code(`app.${app.name}`),
    ]),
  );
  return rows.length === 0
    ? []
    : [{ kind: 'table', head: ['Users ask for', 'Who answers', 'Which of them', 'Goes to'], rows }];
}

function databases(model: Model): Block[] {
  const rows = model.databases.map((database) => [
    code(`database.${database.name}`),
    database.engine.value === 'postgresql' ? 'PostgreSQL' : 'MariaDB',
    code(`127.0.0.1:${database.port.value}`),
    code(sqlName(database)),
    listed(model.hosts.filter(({ entity }) => entity === database).map(({ address }) => code(address))),
  ]);
  if (rows.length === 0) return [];
  return [
    {
      kind: 'table',
      head: ['Database', 'Engine', 'Apps reach it on their own host at', 'Database and user', 'Members'],
      rows,
    },
  ];
}

function buckets({ buckets: all }: Model): Block[] {
  const rows = all.map(({ name, bucketName, location, access }) => [
    code(`bucket.${name}`),
    code(bucketName.value),
    code(`https://${objectStorageHost(location.value)}`),
    access.value,
  ]);
  return rows.length === 0 ? [] : [{ kind: 'table', head: ['Bucket', 'Its name', 'Endpoint', 'Access'], rows }];
}
