import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { read, sourced } from './marks.js';

describe('where a value came from', () => {
  it('written: the value is shown', () => {
    const analysis = read('region: fsn1', 'apps:', '  web: { count: 4, drain: "10s" }');
    const [web] = analysis.model.apps;
    assert.equal(sourced(analysis, web?.inRegions[0]?.count), '4 written "4"');
    assert.equal(sourced(analysis, web?.drain), '10 written ""10s""');
  });

  it('default: the key of what it belongs to is shown', () => {
    const analysis = read('region: fsn1', 'apps:', '  web: { health: { path: /up } }');
    const [web] = analysis.model.apps;
    assert.equal(sourced(analysis, web?.inRegions[0]?.count), '2 default (the default) "web"');
    assert.equal(sourced(analysis, web?.inRegions[0]?.type), 'cx33 default (by location fsn1) "web"');
    assert.equal(sourced(analysis, web?.health.path), '/up written "/up"');
    assert.equal(sourced(analysis, web?.health.interval), '2 default (the default) "health"');
  });

  it('override: the value of that region is shown', () => {
    const analysis = read(
      'regions:',
      '  falkenstein: { location: fsn1 }',
      '  ashburn:',
      '    location: ash',
      '    apps: { web: { count: 1, type: cpx31 } }',
      '    databases: { main: { standby: 2 } }',
      'apps: { web: { count: 4 } }',
      'databases: { main: { type: ccx13 } }',
    );
    const [web] = analysis.model.apps;
    const [main] = analysis.model.databases;
    assert.deepEqual(
      web?.inRegions.map(({ region, count, type }) => [region.name, sourced(analysis, count), sourced(analysis, type)]),
      [
        ['falkenstein', '4 written "4"', 'cx33 default (by location fsn1) "web"'],
        ['ashburn', '1 override "1"', 'cpx31 override "cpx31"'],
      ],
    );
    assert.deepEqual(
      main?.inRegions.map(({ count, type }) => [sourced(analysis, count), sourced(analysis, type)]),
      [
        ['2 default (the default) "main"', 'ccx13 written "ccx13"'],
        ['3 override "2"', 'ccx13 written "ccx13"'],
      ],
    );
    assert.deepEqual(
      main?.standby.map(({ count }) => sourced(analysis, count)),
      ['1 default (the default) "main"', '2 override "2"'],
    );
  });

  it('invalid: what is written is shown, the default is meant', () => {
    const analysis = read(
      'region: fsn1',
      'apps: { web: { count: many, drain: 10 } }',
      'databases: { main: { engine: oracle, standby: 9, volume: { size: 10 } } }',
      'dns: { provider: route53, zone: example.com, ttl: never }',
    );
    const { apps, databases, dns } = analysis.model;
    const [main] = databases;
    assert.equal(sourced(analysis, apps[0]?.inRegions[0]?.count), '2 invalid "many"');
    assert.equal(sourced(analysis, apps[0]?.drain), '20 invalid "10"');
    assert.equal(sourced(analysis, main?.engine), 'postgresql invalid "oracle"');
    assert.equal(sourced(analysis, main?.inRegions[0]?.count), '2 invalid "9"');
    assert.equal(sourced(analysis, main?.volume.size), '50 invalid "10"');
    assert.equal(sourced(analysis, dns?.provider), 'none invalid "route53"');
    assert.equal(sourced(analysis, dns?.ttl), '60 invalid "never"');
  });

  it('by an alias or a merge: the place where it is written is shown', () => {
    const analysis = read(
      'region: fsn1',
      'apps:',
      '  web: &base { count: 3 }',
      '  api: { <<: *base, drain: 5s }',
      '  more: *base',
    );
    const counts = analysis.model.apps.map(({ inRegions }) => inRegions[0]?.count);
    assert.deepEqual(
      counts.map((count) => sourced(analysis, count)),
      ['3 written "3"', '3 written "3"', '3 written "3"'],
    );
    assert.deepEqual(new Set(counts.map((count) => count?.origin.span.start)).size, 1);
  });
});

describe('defaults that depend on something else', () => {
  it('the range of a region and the type of a server follow the location', () => {
    const analysis = read(
      'regions: { a: { location: hel1 }, b: { location: ash } }',
      'load_balancers: { edge: {} }',
      'arbiter: { location: nbg1 }',
    );
    const { regions, loadBalancers, arbiter } = analysis.model;
    assert.deepEqual(
      regions.map(({ cidr }) => sourced(analysis, cidr)),
      ['10.30.0.0/16 default (by location hel1) "a"', '10.40.0.0/16 default (by location ash) "b"'],
    );
    assert.equal(sourced(analysis, loadBalancers[0]?.inRegions[0]?.type), 'cx23 default (by location hel1) "edge"');
    assert.match(
      sourced(analysis, loadBalancers[0]?.inRegions[1]?.type),
      /^cpx\d+ default \(by location ash\) "edge"$/,
    );
    assert.equal(sourced(analysis, arbiter?.type), 'cx23 default (by location nbg1) "arbiter"');
  });

  it('the port of a database follows the engine', () => {
    const analysis = read('region: fsn1', 'databases: { a: {}, b: { engine: mariadb }, c: { port: 6000 } }');
    assert.deepEqual(
      analysis.model.databases.map(({ port }) => sourced(analysis, port)),
      ['5432 default (the port of postgresql) "a"', '3306 default (the port of mariadb) "b"', '6000 written "6000"'],
    );
  });

  it('the location of a bucket is that of the one region, its name carries a hash of the zone', () => {
    const analysis = read(
      'region: hel1',
      'dns: { provider: hetzner, zone: example.com }',
      'buckets: { files: { renamed_from: uploads } }',
    );
    const [files] = analysis.model.buckets;
    assert.equal(sourced(analysis, files?.location), `hel1 default (the region's location) "files"`);
    assert.equal(
      sourced(analysis, files?.bucketName),
      'shop-uploads-a379a6f6 default (from the topology, the bucket and a hash of the zone) "files"',
    );
  });

  it('checkers watch over several addresses, and not over one', () => {
    const failover = (dns: string, balancer: string) => {
      const analysis = read(
        'region: fsn1',
        `dns: { provider: ${dns}, zone: example.com }`,
        `load_balancers: { edge: ${balancer} }`,
      );
      return sourced(analysis, analysis.model.dns?.failover.by);
    };
    assert.equal(failover('hetzner', '{}'), 'checkers default (several addresses) "dns"');
    assert.equal(failover('hetzner', '{ count: 1 }'), 'none default (a single address) "dns"');
    assert.equal(failover('hetzner', '{ mode: active-standby }'), 'none default (a single address) "dns"');
    assert.equal(failover('none', '{}'), 'none default (no DNS provider) "dns"');
  });
});

describe('replication between regions', () => {
  const two = 'regions: { a: { location: fsn1 }, b: { location: hel1 } }';
  const between = (regions: string, database: string) => {
    const analysis = read(regions, `databases: { main: ${database} }`);
    return sourced(analysis, analysis.model.databases[0]?.betweenRegions);
  };

  it('is galera for mariadb', () => {
    assert.equal(between(two, '{ engine: mariadb }'), 'galera default (the default of mariadb) "main"');
  });

  it('has no default for postgresql', () => {
    assert.equal(between(two, '{}'), 'nothing');
    assert.equal(between(two, '{ replication: { between_regions: logical } }'), 'logical written "logical"');
  });

  it('is invalid when it is no word for it', () => {
    assert.equal(
      between(two, '{ engine: mariadb, replication: { between_regions: gallera } }'),
      'galera invalid "gallera"',
    );
  });

  it('is nothing with one region', () => {
    assert.equal(between('region: fsn1', '{ engine: mariadb, replication: { between_regions: galera } }'), 'nothing');
  });
});

describe('the tunnel', () => {
  const two = 'regions: { a: { location: fsn1 }, b: { location: hel1 } }';

  it('is there when something crosses regions, shown at what does', () => {
    const analysis = read(two, 'databases: { main: { engine: mariadb } }');
    assert.equal(sourced(analysis, analysis.model.tunnel?.cipher), 'aes-256-cbc default (the default) "main"');
  });

  it('is there for geo-replication', () => {
    const analysis = read(two, 'shared_storage: { media: { geo_replication: { from: a, to: [b] } } }');
    assert.equal(sourced(analysis, analysis.model.tunnel?.mtu), '1380 default (the default) "media"');
  });

  it('is not there when nothing crosses regions', () => {
    assert.equal(read('region: fsn1', 'databases: { main: { engine: mariadb } }').model.tunnel, undefined);
    assert.equal(read(two, 'apps: { web: {} }').model.tunnel, undefined);
  });

  it('is there when it is written', () => {
    const analysis = read(two, 'tunnel: { mtu: 1300 }');
    assert.equal(sourced(analysis, analysis.model.tunnel?.mtu), '1300 written "1300"');
    assert.equal(sourced(analysis, analysis.model.tunnel?.digest), 'sha256 default (the default) "tunnel"');
  });
});
