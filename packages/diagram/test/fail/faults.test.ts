import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { routes, said, sample, states } from './support.js';

const galera = sample('multi-region-galera');
const patroni = sample('smallest');
const pair = sample('single-region');
const pglogical = sample('multi-region-postgresql');

/** A row of the design's list of faults: what fails in which topology, and what must be said of it. */
interface Row {
  readonly fault: string;
  readonly text: string;
  readonly failed: readonly string[];
  /** `/`, or each route that it concerns. */
  readonly routes: readonly string[];
  /** Patterns, each of which one statement must match. */
  readonly said: readonly RegExp[];
}

const rows: readonly Row[] = [
  {
    fault: 'F1: a balancer dies, active-active',
    text: patroni,
    failed: ['host.fsn1_lb_edge_1'],
    routes: ['shop.example.com/ carries-on from fsn1'],
    said: [
      /^carries-on route shop\.example\.com \| .* is served \| shop-fsn1-lb-edge-1 is dead, and its records leave DNS \| records leave DNS in ≤ 22 s, clients are off them in ≤ 82 s \| open requests \| F1$/,
      /^degraded node tier\.fsn1\.lb\.edge \| .*1 balancer goes on without a second one .* \| ≤ 22 s \| open requests \| F1$/,
    ],
  },
  {
    fault: 'F2: a balancer dies, active-standby',
    text: pair,
    failed: ['host.falkenstein_lb_edge_1'],
    routes: ['shop.example.com/ carries-on from falkenstein', 'shop.example.com/api carries-on from falkenstein'],
    said: [
      /^carries-on route shop\.example\.com \| .* \| if the address was at shop-falkenstein-lb-edge-1, shop-falkenstein-lb-edge-2 takes it over \| ≤ 8 s \| open requests \| F2$/,
    ],
  },
  {
    fault: 'F4: an app server dies',
    text: pair,
    failed: ['host.falkenstein_app_web_3'],
    routes: ['shop.example.com/ carries-on from falkenstein', 'shop.example.com/api as before from falkenstein'],
    said: [
      /^carries-on node tier\.falkenstein\.app\.web \| .* goes on with 3 of 4 servers; .* \| ≤ 6 s \| .*none of the others \| F4$/,
    ],
  },
  {
    fault: 'F6: the host of a PostgreSQL primary dies, async',
    text: pair,
    failed: ['host.falkenstein_db_main_1'],
    routes: ['shop.example.com/ carries-on from falkenstein', 'shop.example.com/api as before from falkenstein'],
    said: [
      /^degraded node tier\.falkenstein\.db\.main \| .*one server and no standby.* \| .*2 of 3 votes are a majority \| ≤ 20 s \| what was not replicated yet.* \| F6$/,
    ],
  },
  {
    fault: 'F6: the host of a PostgreSQL primary dies, sync',
    text: sample('single-region', ['durability: async', 'durability: sync ']),
    failed: ['host.falkenstein_db_main_1'],
    routes: ['shop.example.com/ carries-on from falkenstein', 'shop.example.com/api as before from falkenstein'],
    said: [
      /^degraded node tier\.falkenstein\.db\.main \| .*; commits wait ≤ 15 s .* exists once \| ≤ 20 s \| nothing \| F6$/,
    ],
  },
  {
    fault: 'F10: an etcd voter dies, here with its balancer',
    text: patroni,
    failed: ['host.fsn1_lb_edge_1'],
    routes: ['shop.example.com/ carries-on from fsn1'],
    said: [
      /^degraded node tier\.fsn1\.db\.main \| .*nobody notices \| 2 of 3 votes are left.*no standby takes over \| ≤ 1 s \| nothing \| F10$/,
    ],
  },
  {
    fault: 'F12: a database server and the voter die together',
    text: patroni,
    failed: ['host.fsn1_db_main_2', 'host.fsn1_lb_edge_1'],
    routes: ['shop.example.com/ dark failing 1'],
    said: [
      /^dark node tier\.fsn1\.db\.main \| .* takes no writes.* \| 1 of 3 votes are left, .* \| until a person acts \| .* \| F12$/,
    ],
  },
  {
    fault: 'F13: all databases of a region die',
    text: galera,
    failed: ['tier.helsinki.db.main'],
    routes: ['shop.example.com/ carries-on from falkenstein'],
    said: [
      /^degraded node region\.helsinki \| helsinki runs but cannot serve shop\.example\.com: \/_region\/health turns 503, and its addresses leave DNS \| database main is down \| records leave DNS in ≤ 58 s, clients are off them in ≤ 118 s/,
      /^dark node tier\.helsinki\.db\.main \| .* \| nothing that was committed \| F13$/,
    ],
  },
  {
    fault: 'F14: a region dies',
    text: galera,
    failed: ['region.helsinki'],
    routes: ['shop.example.com/ carries-on from falkenstein'],
    said: [
      /^carries-on route shop\.example\.com \| .* from falkenstein alone \| .* \| records leave DNS in ≤ 22 s, clients are off them in ≤ 82 s \| open requests \| F14$/,
      /^degraded node tier\.falkenstein\.db\.main \| .*commits wait meanwhile \| it has 3 of 5 votes, which is a majority.* \| ≤ 12 s \| nothing \| F14$/,
    ],
  },
  {
    fault: 'F15: the tunnel between two regions is cut',
    text: galera,
    failed: ['tunnel.falkenstein.helsinki'],
    routes: ['shop.example.com/ carries-on from falkenstein, helsinki'],
    said: [
      /^dark node tunnel\.falkenstein\.helsinki \| falkenstein and helsinki reach each other through another site \| .* \| ≤ 5 s \| nothing \| F15$/,
      /^carries-on node tier\.helsinki\.db\.main \| .* all 5 votes stay together \| ≤ 5 s \| nothing \| F15$/,
    ],
  },
  {
    fault: 'F16: a region loses all tunnels',
    text: galera,
    failed: ['region.helsinki.tunnels'],
    routes: ['shop.example.com/ carries-on from falkenstein'],
    said: [
      /^dark node tier\.helsinki\.db\.main \| .* refuses reads and writes \| it has 2 of 5 votes within reach.* joins again by itself.* \| ≤ 12 s, until a tunnel is back \| nothing \| F16$/,
      /^degraded node region\.helsinki \| .*turns 503, and its addresses leave DNS /,
    ],
  },
  {
    fault: 'F18: the tunnels of a region with pglogical are cut',
    text: pglogical,
    failed: ['region.ashburn.tunnels'],
    routes: [
      'wiki.example.net/ as before from ashburn, nuremberg',
      'wiki.example.net/api as before from ashburn, nuremberg',
    ],
    said: [
      /^degraded node tier\.nuremberg\.db\.pages \| .* takes writes in ashburn and in nuremberg; .* converge .* \| of two edits of one row, the older \| F18$/,
    ],
  },
  {
    fault: 'F19: the checkers lose their majority, with a dead region',
    text: sample('multi-region-postgresql'),
    failed: ['region.ashburn', 'arbiter'],
    routes: [
      'wiki.example.net/ degraded from nuremberg failing 0.5',
      'wiki.example.net/api degraded from nuremberg failing 0.5',
    ],
    said: [
      /^degraded node dns \| nobody takes a dead address out of DNS.* \| 1 of 3 checkers' votes are left, which is no majority \| until a person acts \| {2}\| F19$/,
    ],
  },
  {
    fault: 'F20: everything is sick at once',
    text: patroni,
    failed: ['tier.fsn1.app.web'],
    routes: ['shop.example.com/ dark failing 1'],
    said: [
      /^dark route shop\.example\.com \| .* is not served \| app web has no server left; no address is healthy, so that those published last stay .* \| F20$/,
    ],
  },
  {
    fault: 'F21: the DNS API is down',
    text: galera,
    failed: ['dns'],
    routes: ['shop.example.com/ as before from falkenstein, helsinki'],
    said: [
      /^degraded node dns \| records stay as they are and names still resolve; a balancer that dies now stays in DNS \| .* \| until it is back \| {2}\| F21$/,
    ],
  },
  {
    fault: 'F21: the DNS API is down, and a balancer dies',
    text: galera,
    failed: ['dns', 'host.helsinki_lb_edge_1'],
    routes: ['shop.example.com/ degraded from falkenstein, helsinki failing 0.25'],
    said: [
      /^degraded route shop\.example\.com \| about 1 of 4 new requests to shop\.example\.com fail \| .* \| until a person acts \| open requests \| F21$/,
    ],
  },
  {
    fault: 'F23: a volume is lost, a standby exists',
    text: pair,
    failed: ['volume.falkenstein_db_main_1'],
    routes: ['shop.example.com/ carries-on from falkenstein', 'shop.example.com/api as before from falkenstein'],
    said: [
      /^degraded node tier\.falkenstein\.db\.main \| .* \| a volume is lost, .* \| ≤ 20 s \| what was not replicated yet.* \| F23$/,
    ],
  },
  {
    fault: 'F24: a volume is lost, no standby',
    text: sample('single-region', ['standby: 1', 'standby: 0']),
    failed: ['volume.falkenstein_db_main_1'],
    routes: ['shop.example.com/ dark failing 1', 'shop.example.com/api as before from falkenstein'],
    said: [
      /^dark node tier\.falkenstein\.db\.main \| .* has no data left: a person restores it from bucket dumps by the runbook, .* \| until a person acts \| what came after the last archived WAL \| F24$/,
    ],
  },
  {
    fault: 'F26: object storage is down',
    text: pair,
    failed: ['bucket.dumps'],
    routes: ['shop.example.com/ as before from falkenstein', 'shop.example.com/api as before from falkenstein'],
    said: [
      /^degraded backup database\.main \| .*WAL queues on its volume up to a limit, then an alert comes \| .* \| restoring to a moment after the limit was passed \| F26$/,
    ],
  },
  {
    fault: 'F27: the external target of file backups is down',
    text: galera,
    failed: ['external.offsite'],
    routes: ['shop.example.com/ as before from falkenstein, helsinki'],
    said: [/^degraded backup storage\.media \| .* an alert comes when the last one is older than 26 h \| .* \| F27$/],
  },
  {
    fault: 'F28: a Gluster node dies',
    text: galera,
    failed: ['host.helsinki_sto_media_1'],
    routes: ['shop.example.com/ as before from falkenstein, helsinki'],
    said: [
      /^degraded node tier\.helsinki\.sto\.media \| .* goes on with 1 copy of its data, and heals .* \| 2 of 3 replicas are left, .* \| ≤ 10 s \| nothing \| F28$/,
    ],
  },
  {
    fault: 'F29: geo-replication stops',
    text: galera,
    failed: ['region.helsinki.tunnels'],
    routes: ['shop.example.com/ carries-on from falkenstein'],
    said: [/^degraded node tier\.helsinki\.sto\.media \| .* stays readable and gets nothing new; .* \| F29$/],
  },
];

describe('a failure, by the design’s list of faults', () => {
  for (const row of rows) {
    it(row.fault, () => {
      assert.deepEqual(routes(row.text, ...row.failed), row.routes);
      const statements = said(row.text, ...row.failed);
      for (const pattern of row.said) {
        assert.ok(
          statements.some((statement) => pattern.test(statement)),
          `nothing says ${pattern}:\n${statements.join('\n')}`,
        );
      }
    });
  }
});

describe('the picture of a failure', () => {
  it('is dark where a dead region is, and nowhere else', () => {
    const dark = states(galera, ['region.helsinki']).filter((each) => each.endsWith(' dark'));
    assert.ok(dark.includes('region.helsinki dark') && dark.includes('volume.helsinki_db_main_1 dark'));
    assert.deepEqual(
      dark.filter((each) => !each.includes('helsinki')),
      [],
    );
  });

  it('is dark at servers that run and refuse', () => {
    assert.deepEqual(states(galera, ['region.helsinki.tunnels'], /^(?:host|tier)\.helsinki/), [
      'host.helsinki_db_main_1 dark',
      'host.helsinki_db_main_2 dark',
      'tier.helsinki.db.main dark',
      'tier.helsinki.sto.media degraded',
    ]);
  });

  it('carries on at a floating address that moves, and is dark at one that nobody has', () => {
    assert.deepEqual(states(pair, ['host.falkenstein_lb_edge_2'], /^floating/), [
      'floating-ip.edge.falkenstein carries-on',
    ]);
    assert.deepEqual(states(pair, ['tier.falkenstein.lb.edge'], /^floating/), ['floating-ip.edge.falkenstein dark']);
  });
});
