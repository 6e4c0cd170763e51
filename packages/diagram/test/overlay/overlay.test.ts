import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { failableThings, overlay } from '@groundplan/diagram';
import { analyse, type Model } from '@groundplan/model';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { type ShownChange, shownPlan } from '../../../../test/support/shown-plan.js';

/**
 * Made with the real tools: `first.json` is what `terraform show -json` said of the plan of an empty project, `edit.json` of the plan after
 * first.json was applied and the topology edited to plan/topology.yaml, with -replace=hcloud_server.falkenstein_app_api_1; what
 * an overlay does not read is left out. trace.json is the trace of plan/topology.yaml.
 */
const read = (name: string) => readFileSync(new URL(`plan/${name}`, import.meta.url), 'utf8');

const text = read('topology.yaml');
const { model } = analyse(text);
const trace = read('trace.json');

/** The topology before it was edited. */
const earlier = analyse(
  [
    ['count: 2, type: cx33', 'count: 3, type: cx23'],
    ['api: { count: 3', 'api: { count: 2'],
    ['size: 60GB', 'size: 50GB'],
    ['databases:', '  old: { count: 1, run: { container: "ghcr.io/acme/shop:1.4.2" } }\ndatabases:'],
  ].reduce((written, [from = '', to = '']) => {
    assert.ok(written.includes(from), from);
    return written.replace(from, to);
  }, text),
).model;

/** Actions by node, as `id action`. */
function nodes(of: Model, plan: unknown): string[] {
  return [...overlay(of, plan, trace).nodes].map(([id, action]) => `${id} ${action}`);
}

/** The same for changes of the topology above. */
const changed = (...changes: readonly ShownChange[]) => nodes(model, shownPlan(changes));

describe('the plan of a new project', () => {
  it('creates everything that is drawn', () => {
    assert.deepEqual(
      nodes(earlier, read('first.json')),
      [
        'dns',
        'host.falkenstein_app_api_1',
        'host.falkenstein_app_api_2',
        'host.falkenstein_app_old_1',
        'host.falkenstein_app_web_1',
        'host.falkenstein_app_web_2',
        'host.falkenstein_app_web_3',
        'host.falkenstein_db_main_1',
        'host.falkenstein_lb_edge_1',
        'host.falkenstein_lb_edge_2',
        'region.falkenstein',
        'tier.falkenstein.app.api',
        'tier.falkenstein.app.old',
        'tier.falkenstein.app.web',
        'tier.falkenstein.db.main',
        'tier.falkenstein.lb.edge',
        'volume.falkenstein_db_main_1',
      ].map((id) => `${id} create`),
    );
  });

  it('lists what is not drawn, with its place in the topology', () => {
    assert.deepEqual(
      overlay(earlier, read('first.json'), trace).others.map(({ address, action, place }) => [
        address,
        action,
        place?.path,
      ]),
      [
        ['hcloud_firewall.app', 'create', 'apps.api'],
        ['hcloud_firewall.bastion', 'create', 'access.ssh_from'],
        ['hcloud_firewall.db', 'create', 'databases.main'],
        ['hcloud_firewall.lb', 'create', 'load_balancers.edge'],
        ['hcloud_ssh_key.keys_ops[0]', 'create', 'access.ssh_keys.0'],
        ['terraform_data.guard', 'create', 'name'],
      ],
    );
  });
});

describe('the plan of an edit', () => {
  it('marks what it touches, and the stacks', () => {
    assert.deepEqual(nodes(model, read('edit.json')), [
      'host.falkenstein_app_api_1 replace',
      'host.falkenstein_app_api_3 create',
      'host.falkenstein_app_web_1 update',
      'host.falkenstein_app_web_2 update',
      'tier.falkenstein.app.api replace',
      'tier.falkenstein.app.web delete',
      'volume.falkenstein_db_main_1 update',
    ]);
  });

  it('lists what is destroyed with an entity that the topology no longer has', () => {
    const { others, isComplete, problems } = overlay(model, read('edit.json'), trace);
    assert.deepEqual(others, [
      { address: 'hcloud_placement_group.falkenstein_app_old_1', action: 'delete', place: undefined },
      { address: 'hcloud_server.falkenstein_app_old_1', action: 'delete', place: undefined },
    ]);
    assert.deepEqual([isComplete, problems], [true, []]);
  });

  it('is the same from text and from what was parsed', () => {
    assert.deepEqual(
      overlay(model, JSON.parse(read('edit.json')), JSON.parse(trace)),
      overlay(model, read('edit.json'), trace),
    );
  });
});

describe('a change', () => {
  it('of what belongs to a server is a change of the server', () => {
    const change = { address: 'hcloud_primary_ip.falkenstein_lb_edge_1_ipv4', actions: ['delete', 'create'] };
    assert.deepEqual(changed(change), ['host.falkenstein_lb_edge_1 update', 'tier.falkenstein.lb.edge update']);
  });

  it('of the server itself outweighs that', () => {
    const parts = ['hcloud_server.falkenstein_lb_edge_1', 'hcloud_primary_ip.falkenstein_lb_edge_1_ipv6'];
    assert.deepEqual(changed(...parts.map((address) => ({ address, actions: ['create'] }))), [
      'host.falkenstein_lb_edge_1 create',
      'tier.falkenstein.lb.edge update',
    ]);
  });

  it('of records is one of DNS', () => {
    const records = [
      { address: 'hcloud_zone_rrset.a_shop_example_com', actions: ['create'] },
      { address: 'hcloud_zone_rrset.a_old_example_com', actions: ['delete'] },
    ];
    assert.deepEqual(changed(...records.slice(0, 1)), ['dns create']);
    assert.deepEqual(changed(...records), ['dns update']);
    assert.deepEqual(changed(...records.slice(1)), ['dns update']);
  });

  it('of hosts that are no more is one of their stack, even of an empty one', () => {
    const empty = analyse(text.replace('api: { count: 3', 'api: { count: 0')).model;
    const plan = shownPlan(
      [1, 2].map((each) => ({ address: `hcloud_server.falkenstein_app_api_${each}`, actions: ['delete'] })),
    );
    assert.deepEqual(nodes(empty, plan), ['tier.falkenstein.app.api delete']);
  });

  it('that only forgets is listed', () => {
    const plan = shownPlan([{ address: 'hcloud_server.falkenstein_app_web_1', actions: ['forget'] }]);
    const { nodes: marked, others } = overlay(model, plan, undefined);
    assert.equal(marked.size, 0);
    assert.deepEqual(others, [{ address: 'hcloud_server.falkenstein_app_web_1', action: 'forget', place: undefined }]);
  });
});

describe('an overlay', () => {
  it('says what is wrong with a plan', () => {
    for (const plan of [
      undefined,
      null,
      '',
      '{',
      [],
      {},
      { format_version: '9.0' },
      { format_version: '1.0', values: {} },
    ]) {
      const { nodes: marked, others, problems } = overlay(model, plan, trace);
      assert.deepEqual([marked.size, others.length, problems.length], [0, 0, 1], JSON.stringify(plan));
    }
  });

  it('goes without a trace, and says so where there should be one', () => {
    assert.deepEqual(overlay(model, read('edit.json'), undefined).problems, []);
    const { nodes: marked, problems } = overlay(model, read('edit.json'), '{"format":2}');
    assert.equal(marked.size, 7);
    assert.deepEqual(problems, ['trace.json has format 2, where 1 is known']);
  });

  it('takes any JSON for a plan and for a trace', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (plan, traced) => {
        const { nodes: marked } = overlay(model, plan, traced);
        overlay(model, { format_version: '1.2', resource_changes: plan }, { format: 1, addresses: traced });
        assert.equal(marked.size, 0);
      }),
    );
  });

  it('marks only what is there', () => {
    const { nodes: marked } = overlay(model, read('edit.json'), trace);
    const known = new Set(failableThings(model).map(({ id }) => id));
    for (const id of marked.keys()) assert.ok(known.has(id), id);
  });
});
