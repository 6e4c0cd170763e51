import fc from 'fast-check';
import { toYaml } from '../../packages/model/scripts/to-yaml.mjs';
import { arbiter, dns, regions } from './arbitrary/around.js';
import { type Data, Draw, type Value } from './arbitrary/draw.js';
import { app, bucket, database, external, loadBalancer, sharedStorage } from './arbitrary/entities.js';
import { type Plan, plan, type TopologyBounds } from './arbitrary/plan.js';

export type { TopologyBounds };

/**
 * The text of topologies within the language: both shapes, all engines and modes, any mixture of optional fields, references
 * that lead somewhere, regions that differ, renamed things, slots, and names that are legal but awkward. Made to be accepted by
 * the checks, apart from warnings; a few are not (two names can fall into one block of addresses), so filter by `analyse`.
 */
export function arbitraryTopology(bounds: TopologyBounds = {}): fc.Arbitrary<string> {
  return fc
    .gen()
    .map((gen) => written(new Draw(gen), topology(new Draw(gen), { regions: 3, entities: 3, servers: 4, ...bounds })));
}

function topology(draw: Draw, bounds: Required<TopologyBounds>): Data {
  const made = plan(draw, bounds);
  const optional: Record<string, () => Value | undefined> = {
    labels: () => ({ team: 'shop', 'example.com/cost-centre': '4711' }),
    secrets: () =>
      draw.with(
        {},
        {
          file: () => 'ops/secrets.age',
          recipients: () => ['age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kudjfs3mqk7zpd5'],
        },
      ),
    alerts: () =>
      draw.with(draw.one<Data>([{}, { email: 'ops@example.com', smtp: relay(draw) }]), {
        webhook: () => draw.one(['secret.ALERT_HOOK', 'https://alerts.example.com/${secret.ALERT_KEY}']),
      }),
    terraform: () => ({
      backend: draw.one<Data>([
        { local: {} },
        { s3: { bucket: 'state', key: 'a.tfstate', region: 'nbg1', endpoint: 'https://nbg1.your-objectstorage.com' } },
      ]),
    }),
    ...(made.several ? { tunnel: () => tunnel(made) } : {}),
  };
  return draw.with(
    {
      topology: 'v1',
      name: draw.one(['shop', 'a', 'shop-2', 'a-name-of-21-lettersx']),
      ...(made.image === 'debian-12' && draw.yes() ? {} : { image: made.image }),
      ...regions(made),
      ...arbiter(made),
      dns: dns(made),
      load_balancers: entities(made, 'load_balancers', loadBalancer),
      apps: entities(made, 'apps', app),
      ...(made.names.databases.length === 0 ? {} : { databases: entities(made, 'databases', database) }),
      ...(made.names.shared_storage.length === 0
        ? {}
        : { shared_storage: entities(made, 'shared_storage', sharedStorage) }),
      buckets: entities(made, 'buckets', bucket),
      ...(made.names.external.length === 0 ? {} : { external: entities(made, 'external', external) }),
      access: draw.with(
        {
          ssh_keys: draw.some(['keys/ops.pub', 'keys/a b.pub'], 1, 2),
          ssh_from: draw.some(['198.51.100.0/24', '2001:db8::/48', '203.0.113.7/32'], 1, 3),
        },
        { bastion: () => draw.one(made.names.load_balancers) },
      ),
    },
    optional,
  );
}

/** The entities of a section; with several of them each has a slot, so that no two share a block of addresses. */
function entities(
  made: Plan,
  section: keyof Plan['names'],
  make: (made: Plan, name: string, index: number) => Data,
): Data {
  const tiered = section !== 'buckets' && section !== 'external';
  const names = made.names[section];
  return Object.fromEntries(
    names.map((name, index) => {
      const renamed = made.renamed.get(`${section}.${name}`);
      const slot = tiered && names.length > 1 ? { slot: index * 3 } : {};
      return [
        name,
        { ...make(made, name, index), ...slot, ...(renamed === undefined ? {} : { renamed_from: renamed }) },
      ];
    }),
  );
}

function tunnel({ draw }: Plan): Data {
  return draw.with(
    {},
    {
      engine: () => 'tinc',
      cipher: () => draw.one(['aes-256-cbc', 'aes-128-cbc']),
      digest: () => draw.one(['sha256', 'sha512']),
      mtu: () => draw.one([1280, 1380]),
      key_rotation: () => '90d',
      alert_after: () => '1m',
    },
  );
}

/** In one of the styles that people and programs write, with the keys in any order. */
function written(draw: Draw, data: Data): string {
  const entries = draw.yes()
    ? Object.entries(data)
    : draw.some(Object.entries(data), Object.keys(data).length, Object.keys(data).length);
  const ordered = Object.fromEntries(entries);
  return draw.one([
    () => `${toYaml(ordered, 'block')}\n`,
    () => `${JSON.stringify(ordered, null, 2)}\n`,
    () => `# a comment\n${toYaml(ordered)}\n`,
  ])();
}

function relay(draw: Draw): Data {
  const logins: Data[] = [{}, { user: 'secret.SMTP_USER', password: 'secret.SMTP_PASSWORD' }];
  return draw.with(
    { host: 'smtp.example.com', ...draw.one(logins) },
    { port: () => 2525, tls: () => draw.one(['starttls', 'implicit', 'none']), from: () => 'alerts@example.com' },
  );
}
