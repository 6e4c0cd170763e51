import assert from 'node:assert/strict';
import { bundleOf } from '@groundplan/hosts/bundle';
import { analyse } from '@groundplan/model';
import { describe, it } from 'mocha';
import { fileOf } from '../bundle/stage.js';

/** Who votes, as the settings of every checker say: name, `(observes)` for one without a token, and its site. */
function votersOf(text: string): string[] {
  const { model } = analyse(`topology: v1\nname: shop\n${text}
access: { ssh_keys: [ops.pub], ssh_from: [198.51.100.0/24] }
`);
  const all = model.hosts.flatMap((host) => {
    const bundle = bundleOf(model, host);
    const hasSettings = bundle?.files.some(({ path }) => path === '/etc/groundplan/dns-checker.json');
    if (bundle === undefined || hasSettings !== true) return [];
    const settings = JSON.parse(fileOf(bundle, '/etc/groundplan/dns-checker.json'));
    const hasToken = bundle.files.some(({ path }) => path === '/etc/groundplan/dns-token');
    const own = settings.voters.find(({ name }: { name: string }) => name === host.name);
    assert.equal(settings.self, host.name);
    assert.equal(own.publishes, hasToken, `${host.name} has a token exactly when it writes`);
    return [{ host: host.name, voters: settings.voters }];
  });
  const names = all.map(({ host }) => host).sort();
  for (const { voters } of all) assert.deepEqual(voters.map(({ name }: { name: string }) => name).sort(), names);
  const [first] = all;
  return (first?.voters ?? []).map(
    ({ name, site, publishes, breaks_ties }: Record<string, string | boolean>) =>
      `${name}${publishes ? '' : ' (observes)'}${site === name ? '' : ` for ${site}`}${breaks_ties ? ', breaks ties' : ''}`,
  );
}

const dns = 'dns: { provider: hetzner, zone: example.com }';
const web = 'apps: { web: { port: 3000, run: { container: x } } }';
const edge = (count: number) =>
  `load_balancers: { edge: { count: ${count}, routes: { shop.example.com: app.web } } }\n${web}`;
const database =
  'databases: { main: { backup: external.far } }\nexternal: { far: { type: s3, host: s3.example.net, path: x } }';

describe('those who keep the records', () => {
  const one = 'region: fsn1';

  it('are two balancers, and a database host that observes', () => {
    assert.deepEqual(votersOf(`${one}\n${dns}\n${edge(2)}\n${database}`), [
      'shop-fsn1-lb-edge-1',
      'shop-fsn1-lb-edge-2',
      'shop-fsn1-db-main-1 (observes)',
    ]);
  });

  it('are three balancers alone, since they are odd in number', () => {
    assert.deepEqual(votersOf(`${one}\n${dns}\n${edge(3)}\n${database}`), [
      'shop-fsn1-lb-edge-1',
      'shop-fsn1-lb-edge-2',
      'shop-fsn1-lb-edge-3',
    ]);
  });

  it('are two balancers and an app host where there is no database: of two voters, neither may die', () => {
    assert.deepEqual(votersOf(`${one}\n${dns}\n${edge(2)}`), [
      'shop-fsn1-lb-edge-1',
      'shop-fsn1-lb-edge-2',
      'shop-fsn1-app-web-1 (observes)',
    ]);
  });

  it('are the sites of two regions, and the arbiter that breaks ties', () => {
    const regions = 'regions: { north: { location: fsn1 }, south: { location: hel1 } }\narbiter: { location: nbg1 }';
    assert.deepEqual(votersOf(`${regions}\n${dns}\n${edge(2)}`), [
      'shop-north-lb-edge-1 for north',
      'shop-north-lb-edge-2 for north',
      'shop-south-lb-edge-1 for south',
      'shop-south-lb-edge-2 for south',
      'shop-arbiter for the arbiter, breaks ties',
    ]);
  });

  it('are three regions without the arbiter', () => {
    const regions = `regions: { north: { location: fsn1 }, south: { location: hel1 }, west: { location: ash } }
arbiter: { location: nbg1 }`;
    assert.deepEqual(votersOf(`${regions}\n${dns}\n${edge(1)}`), [
      'shop-north-lb-edge-1 for north',
      'shop-south-lb-edge-1 for south',
      'shop-west-lb-edge-1 for west',
    ]);
  });

  for (const [title, text] of [
    [
      'a topology that keeps its records still',
      'dns: { provider: hetzner, zone: example.com, failover: { by: none } }',
    ],
    ['a topology without a DNS provider', 'dns: { provider: none, zone: example.com }'],
  ] as const)
    it(`are nobody in ${title}`, () => assert.deepEqual(votersOf(`${one}\n${text}\n${edge(2)}`), []));
});
