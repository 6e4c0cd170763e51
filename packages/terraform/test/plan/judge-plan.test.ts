import assert from 'node:assert/strict';
import { judgePlan } from '@groundplan/terraform';
import { describe, it } from 'mocha';
import type { ShownChange } from '../../../../test/support/shown-plan.js';
import { contextOf, placed, placeText, said, topology } from './support.js';

const context = contextOf();

/** Where each change of a plan is shown, by its address; `gone` behind it when the topology no longer makes it. */
function places(...addresses: readonly string[]): string[] {
  const changes = addresses.map((address) => ({ address, actions: ['delete'] }));
  return placed(context, changes).map((change) => `${placeText(context, change.span)}${change.gone ? ', gone' : ''}`);
}

function judged(...changes: readonly ShownChange[]): string[] {
  return said(context, judgePlan(context, placed(context, changes)));
}

const databaseServer = (name: string, more: object = {}) => ({
  name,
  server_type: 'cx33',
  labels: { stateful: 'true' },
  delete_protection: true,
  ...more,
});
const volume = (name: string, more: object = {}) => ({ name, size: 200, delete_protection: true, ...more });

describe('the place of a change', () => {
  it('is the line that makes the resource', () => {
    assert.deepEqual(places('hcloud_server.falkenstein_app_web_1'), ['12:12 2']);
    assert.deepEqual(places('hcloud_server.helsinki_app_web_3'), ['5:53 3']);
    assert.deepEqual(places('hcloud_server.falkenstein_app_worker_1'), ['17:3 worker']);
    assert.deepEqual(places('hcloud_volume.helsinki_db_main_1'), ['19:44 200GB']);
    assert.deepEqual(places('hcloud_network.helsinki'), ['5:3 helsinki']);
    assert.deepEqual(places('hcloud_server.arbiter'), ['6:1 arbiter']);
  });

  it('is that of the resource also for one of its instances', () => {
    assert.deepEqual(places('hcloud_server.falkenstein_app_web_1[0]'), ['12:12 2']);
  });

  it('is the count of an entity that has fewer servers now', () => {
    assert.deepEqual(places('hcloud_server.falkenstein_app_web_9'), ['12:12 2, gone']);
    assert.deepEqual(places('hcloud_server.helsinki_app_web_9'), ['5:53 3, gone']);
    assert.deepEqual(places('hcloud_server.falkenstein_app_worker_9'), ['17:3 worker, gone']);
    assert.deepEqual(places('hcloud_primary_ip.falkenstein_lb_edge_9_ipv4'), ['9:3 edge, gone']);
  });

  it('is the section of an entity that is gone', () => {
    assert.deepEqual(places('hcloud_server.falkenstein_app_old_1'), ['10:1 apps, gone']);
    assert.deepEqual(places('hcloud_volume.falkenstein_db_old_1'), ['18:1 databases, gone']);
    assert.deepEqual(places('cloudflare_dns_record.a_old_example_com_x'), ['7:1 dns, gone']);
    assert.deepEqual(places('minio_s3_bucket.old'), ['20:1 buckets, gone']);
    assert.deepEqual(places('minio_s3_bucket_versioning.dumps'), ['21:3 dumps, gone']);
    assert.deepEqual(places('hcloud_network.nuremberg'), ['3:1 regions, gone']);
    assert.deepEqual(places('hcloud_ssh_key.keys_old'), ['22:1 access, gone']);
  });

  it('is the name of the topology when the section is gone as well', () => {
    assert.deepEqual(places('hcloud_volume.falkenstein_sto_media_1'), ['2:7 shop, gone']);
    assert.deepEqual(places('hcloud_firewall.sto'), ['2:7 shop, gone']);
  });

  it('is the type of a server that is only rescaled', () => {
    const rescaled = { address: 'hcloud_server.falkenstein_app_web_1', actions: ['update'] };
    const [type] = placed(context, [{ ...rescaled, before: { server_type: 'cx23' }, after: { server_type: 'cx33' } }]);
    assert.equal(type && placeText(context, type.span), '13:11 cx33');
    const both = { before: { name: 'a', server_type: 'cx23' }, after: { name: 'b', server_type: 'cx33' } };
    const [more] = placed(context, [{ ...rescaled, ...both }]);
    assert.equal(more && placeText(context, more.span), '12:12 2');
  });

  it('is never that of what only has such a name', () => {
    assert.deepEqual(places('constructor', '__proto__', 'a.toString', ''), Array(4).fill('2:7 shop, gone'));
  });
});

describe('every change', () => {
  it('is announced at its line', () => {
    const changes: ShownChange[] = [
      { address: 'hcloud_server.falkenstein_app_web_2', actions: ['create'] },
      { address: 'hcloud_firewall.app', actions: ['update'], before: { rule: [1], n: 1 }, after: { rule: [2], n: 2 } },
      { address: 'hcloud_ssh_key.keys_ops', actions: ['delete', 'create'], replacePaths: [['public_key']] },
      { address: 'hcloud_server.falkenstein_app_web_9', actions: ['delete'] },
      { address: 'hcloud_network.helsinki', actions: ['forget'] },
    ];
    const announced = judgePlan(context, placed(context, changes)).filter(({ code }) => code === 'plan/change');
    assert.deepEqual(
      announced.map(({ severity, message, span }) => `${placeText(context, span)} | ${severity} ${message}`),
      [
        '5:3 helsinki | information the plan forgets hcloud_network.helsinki',
        '11:3 web | information the plan changes n (1 → 2), rule of hcloud_firewall.app',
        '12:12 2 | information the plan creates hcloud_server.falkenstein_app_web_2',
        '12:12 2 | information the plan destroys hcloud_server.falkenstein_app_web_9, which is no longer in the topology',
        '22:22 keys/ops.pub | information the plan replaces, because of public_key, hcloud_ssh_key.keys_ops',
      ],
    );
  });
});

describe('plan/replaces-stateful', () => {
  const server = {
    address: 'hcloud_server.falkenstein_db_main_1',
    before: databaseServer('shop-falkenstein-db-main-1'),
  };
  const disk = { address: 'hcloud_volume.falkenstein_db_main_1', before: volume('shop-falkenstein-db-main-1') };

  it('is one error for a server and its volume that are destroyed, and says how to mean it', () => {
    const old = (address: string) => address.replace('_main_', '_old_');
    const changes = [server, disk].map((each) => ({ ...each, address: old(each.address), actions: ['delete'] }));
    assert.deepEqual(judged(...changes), [
      `18:1 databases | error plan/replaces-stateful the plan would destroy shop-falkenstein-db-main-1, and with it its data: put it back; or, if you mean it, with it still in the topology, apply with -var 'unprotected=["shop-falkenstein-db-main-1"]', which lifts its protection; then remove it and apply with the same variable again`,
    ]);
  });

  it('is one error for all that are lost at one place', () => {
    const changes = [1, 2].map((ordinal) => ({
      address: `hcloud_volume.falkenstein_db_old_${ordinal}`,
      actions: ['delete'],
      before: volume(`shop-falkenstein-db-old-${ordinal}`),
    }));
    const [error, ...others] = judged(...changes);
    assert.match(
      error ?? '',
      /would destroy shop-falkenstein-db-old-1, shop-falkenstein-db-old-2, and with them their data: put them back; .* 'unprotected=\["shop-falkenstein-db-old-1", "shop-falkenstein-db-old-2"\]'/,
    );
    assert.deepEqual(others, []);
  });

  it('says why a server would be replaced, which keeps its volume', () => {
    const after = databaseServer('shop-falkenstein-db-main-1');
    assert.deepEqual(judged({ ...server, after, actions: ['delete', 'create'], reason: 'replace_by_request' }), [
      `19:3 main | error plan/replaces-stateful the plan would replace shop-falkenstein-db-main-1 because of -replace, and with it its disk: undo the change; or, if you mean it, first apply with -var 'unprotected=["shop-falkenstein-db-main-1"]' and without the change, which lifts its protection`,
      `19:3 main | warning plan/reprices the plan replaces shop-falkenstein-db-main-1, which moves it to today's price: see "groundplan cost"`,
    ]);
  });

  it('is a warning once the protection is lifted', () => {
    const lifted = {
      ...disk,
      actions: ['delete'],
      before: volume('shop-falkenstein-db-main-1', { delete_protection: false }),
    };
    assert.deepEqual(judged(lifted), [
      '19:44 200GB | warning plan/replaces-stateful the plan would destroy shop-falkenstein-db-main-1, and with it its data: its protection is lifted already',
    ]);
  });

  it('knows zones and floating addresses as well', () => {
    const [zone] = judged({
      address: 'hcloud_zone.zone',
      actions: ['delete'],
      before: { name: 'example.com', delete_protection: true },
    });
    assert.match(zone ?? '', /^7:1 dns \| error .* would destroy example\.com, and with it its records: /);
    const address = { name: 'shop-falkenstein-lb-edge-ipv4', delete_protection: true };
    const [floating] = judged({
      address: 'hcloud_floating_ip.falkenstein_lb_edge_ipv4',
      actions: ['delete'],
      before: address,
    });
    assert.match(floating ?? '', /^9:3 edge \| error .* and with it its address: /);
  });

  it('stays silent about what can be made again, and about what is new', () => {
    const app = { name: 'shop-falkenstein-app-web-9', server_type: 'cx33', labels: {} };
    assert.deepEqual(judged({ address: 'hcloud_server.falkenstein_app_web_9', actions: ['delete'], before: app }), []);
    assert.deepEqual(judged({ ...server, actions: ['create'], before: null, after: server.before }), []);
    assert.deepEqual(judged({ ...disk, actions: ['create'], before: null, after: disk.before }), []);
    assert.deepEqual(judged({ ...disk, actions: ['forget'] }), []);
    assert.deepEqual(
      judged({ address: 'hcloud_volume_attachment.falkenstein_db_main_1', actions: ['delete'], before: {} }),
      [],
    );
  });
});

describe('volume/shrunk', () => {
  const resized = (ordinal: number, before: number, after: number, actions = ['update']) => ({
    address: `hcloud_volume.falkenstein_db_main_${ordinal}`,
    actions,
    before: volume(`shop-falkenstein-db-main-${ordinal}`, { size: before }),
    after: volume(`shop-falkenstein-db-main-${ordinal}`, { size: after }),
  });

  it('is one error at the size that was written, with the size to go back to', () => {
    const diagnostics = judgePlan(context, placed(context, [resized(1, 300, 200), resized(2, 300, 200)]));
    assert.deepEqual(said(context, diagnostics), [
      '19:44 200GB | error volume/shrunk 2 volumes (shop-falkenstein-db-main-1, …) have 300 GB and cannot shrink to 200 GB: write 300GB',
    ]);
    const [fix] = diagnostics.find(({ code }) => code === 'volume/shrunk')?.fixes ?? [];
    assert.deepEqual([fix?.title, fix?.edits.map(({ newText }) => newText)], ['Change to 300GB', ['300GB']]);
  });

  it('has no fix where no size is written', () => {
    const unwritten = contextOf(topology.replace(' volume: { size: 200GB },', ''));
    const diagnostics = judgePlan(unwritten, placed(unwritten, [resized(1, 200, 50)]));
    assert.match(
      said(unwritten, diagnostics).join(),
      /^19:3 main \| error volume\/shrunk the volume shop-falkenstein-db-main-1 has 200 GB/,
    );
    assert.deepEqual(diagnostics.find(({ code }) => code === 'volume/shrunk')?.fixes, []);
  });

  it('stays silent about a volume that grows, is new, or is made anew', () => {
    assert.deepEqual(judged(resized(1, 100, 200)), []);
    assert.deepEqual(judged({ ...resized(1, 300, 200, ['create']), before: null }), []);
    assert.doesNotMatch(judged(resized(1, 300, 200, ['delete', 'create'])).join(), /shrunk/);
  });
});

describe('plan/reprices', () => {
  const rescaled = (region: string, ordinal: number, before = 'cx23', after = 'cx33') => ({
    address: `hcloud_server.${region}_app_web_${ordinal}`,
    actions: ['update'],
    before: { name: `shop-${region}-app-web-${ordinal}`, server_type: before },
    after: { name: `shop-${region}-app-web-${ordinal}`, server_type: after },
  });

  it('is one warning for all servers that a line rescales', () => {
    assert.deepEqual(judged(rescaled('falkenstein', 1)), [
      '13:11 cx33 | warning plan/reprices the plan rescales shop-falkenstein-app-web-1 from cx23 to cx33, which moves it to today\'s price: see "groundplan cost"',
    ]);
    const five = [
      rescaled('falkenstein', 1),
      rescaled('falkenstein', 2),
      ...[1, 2, 3].map((each) => rescaled('helsinki', each)),
    ];
    assert.deepEqual(judged(...five), [
      '13:11 cx33 | warning plan/reprices the plan rescales shop-falkenstein-app-web-1, shop-falkenstein-app-web-2, shop-helsinki-app-web-1 and 2 more from cx23 to cx33, which moves them to today\'s price: see "groundplan cost"',
    ]);
  });

  it('is shown at the type also when more than the type changes', () => {
    const renamed = rescaled('falkenstein', 1);
    const [warning] = judged({ ...renamed, after: { ...renamed.after, name: 'shop-falkenstein-app-site-1' } });
    assert.match(warning ?? '', /^13:11 cx33 \| warning plan\/reprices/);
  });

  it('tells servers apart that come from another type', () => {
    assert.equal(judged(rescaled('falkenstein', 1), rescaled('falkenstein', 2, 'cx43')).length, 2);
  });

  it('stays silent about new servers and about what changes without another type', () => {
    const server = rescaled('falkenstein', 1, 'cx33');
    assert.deepEqual(judged({ ...server, after: { ...server.after, labels: {} } }), []);
    assert.deepEqual(judged({ ...server, actions: ['create'], before: null }), []);
    assert.deepEqual(judged({ ...server, actions: ['delete'], after: null }), []);
  });
});

describe('plan/cors-stays', () => {
  const rules = (key: string, bucket: string, actions = ['delete']) => ({
    address: `minio_s3_bucket_cors.${key}`,
    actions,
    before: { bucket },
  });
  const bucket = (key: string, name: string, more: object = {}) => ({
    address: `minio_s3_bucket.${key}`,
    actions: ['delete'],
    before: { bucket: name, force_destroy: false, ...more },
  });

  it('is an error at the bucket whose rules are gone from the topology, with what mends it', () => {
    assert.deepEqual(judged(rules('dumps', 'shop-dumps')), [
      '21:3 dumps | error plan/cors-stays the provider cannot delete the CORS rules of shop-dumps: run "terraform state rm minio_s3_bucket_cors.dumps", then plan again; the rules stay at Hetzner until you delete them there',
    ]);
  });

  it('is one error for all buckets that go, and says how the tool is called', () => {
    const changes = [rules('a', 'shop-a'), bucket('a', 'shop-a'), rules('b', 'shop-b'), bucket('b', 'shop-b')];
    const call = 'tofu -chdir=infra';
    assert.deepEqual(said(context, judgePlan({ ...context, call }, placed(context, changes))), [
      '20:1 buckets | error plan/cors-stays the provider cannot delete the CORS rules of shop-a, shop-b: run "tofu -chdir=infra state rm minio_s3_bucket_cors.a minio_s3_bucket_cors.b", then plan again; the rules go with the buckets',
    ]);
  });

  it('is there when a bucket is made anew under another name', () => {
    const renamed = { ...bucket('dumps', 'shop-old'), actions: ['delete', 'create'] };
    const [error, ...others] = judged(renamed, rules('dumps', 'shop-old', ['delete', 'create']));
    assert.match(error ?? '', /error plan\/cors-stays .*; the rules go with the bucket$/);
    assert.deepEqual(others, []);
  });

  it('stays silent about rules that are made or changed', () => {
    assert.deepEqual(judged(rules('dumps', 'shop-dumps', ['create']), rules('x', 'shop-x', ['update'])), []);
  });

  it('leaves it to another warning that a bucket goes with everything in it', () => {
    assert.deepEqual(judged(bucket('a', 'shop-a')), []);
    assert.deepEqual(judged(bucket('a', 'shop-a', { force_destroy: true })), [
      '20:1 buckets | warning plan/replaces-stateful the plan would destroy shop-a, and with it its objects: its protection is lifted already',
    ]);
  });
});
