import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { needs } from '../../../test/support/needs.js';
import { type FakeRunOptions, type FakeTool, failure, shownPlan, withFakeTool } from './support/fake-tool.js';
import { project } from './support/topologies.js';

const host = 'shop-fsn1-app-web-1';
/** Nothing is pending, and this is what the replacement makes: the second plan is shown like the first. */
const pushed = shownPlan(
  ['hcloud_server.fsn1_app_web_1', 'delete+create', { name: host }, { name: host }],
  ['terraform_data.fsn1_app_web_1_push', 'delete+create', {}, {}],
);

function replace(tool: FakeTool | undefined, args: readonly string[] = [host, '--yes'], options: FakeRunOptions = {}) {
  return withFakeTool(tool, ['replace', ...args], { files: project(), ...options });
}

describe('groundplan replace', function () {
  // The program is run several times in some of them, which takes a busy machine a while.
  this.timeout(120_000);

  it('looks at what is pending, says what happens, looks again, and applies that', async () => {
    const { code, stdout, stderr, ran } = await replace({ shown: pushed }, [host, '--yes', '--', '-lock-timeout=9s']);
    assert.equal(
      stderr,
      `build: 2 files written
this replaces ${host}, in this order:
  1. the server is destroyed, with what is on its own disk
  2. the server is made anew: cx33 in fsn1, debian-12, 10.10.123.2 in its network, other public addresses
  3. it is configured
  until it is back, the other server of app web in fsn1 does its work
${host} is replaced
`,
    );
    assert.deepEqual([code, stdout], [0, '']);
    const plan = 'plan -json -input=false -out=TMP/plan -lock-timeout=9s';
    const show = 'show -json TMP/plan';
    const wanted = ' -replace=hcloud_server.fsn1_app_web_1';
    assert.deepEqual(ran, [
      'version -json',
      plan,
      show,
      plan + wanted,
      show,
      plan + wanted,
      show,
      'apply -json -input=false -lock-timeout=9s TMP/plan',
    ]);
  });

  it('says who is told of it, what is waited for, and what changes besides', async () => {
    const shown = shownPlan(
      ['hcloud_server.fsn1_db_main_2', 'delete+create', { delete_protection: false }, {}],
      ['hcloud_volume_attachment.fsn1_db_main_2', 'delete+create', {}, {}],
      ['terraform_data.fsn1_app_web_1_push', 'delete+create', {}, {}],
      ['terraform_data.fsn1_db_main_2_push', 'delete+create', {}, {}],
      ['terraform_data.fsn1_db_main_gate', 'delete+create', {}, {}],
      ['terraform_data.fsn1_lb_edge_1_push', 'delete+create', {}, {}],
      ['hcloud_zone_rrset.a_shop_example_com', 'update', { records: 1 }, { records: 2 }],
    );
    const { code, stderr } = await replace({ shown }, ['shop-fsn1-db-main-2', '--with-pending', '--yes']);
    assert.deepEqual(stderr.split('\n').slice(2, -2), [
      '  1. its volume (50 GB) is taken off, and stays',
      '  2. the server is destroyed, with what is on its own disk',
      '  3. the server is made anew: cx33 in fsn1, debian-12, 10.10.199.147 in its network, the same public addresses',
      '  4. the old volume is attached',
      '  5. it is configured',
      '  6. shop-fsn1-app-web-1, shop-fsn1-lb-edge-1 are told of it',
      '  7. the apply waits until its cluster is whole',
      '  8. also: update hcloud_zone_rrset.a_shop_example_com',
      '  if it is the primary, switch over first (RUNBOOK.md), or writes fail for some 20 s until another takes over',
    ]);
    assert.equal(code, 0);
  });

  it('asks at a terminal for the name of the host', async function () {
    needs(this, 'script');
    const meant = await replace({ shown: pushed }, [host, '--color=never'], { typed: `${host}\n` });
    assert.match(meant.stdout, /To replace it, type its name \(shop-fsn1-app-web-1\): /);
    assert.match(meant.stdout, /shop-fsn1-app-web-1 is replaced\n$/);
    assert.equal(meant.code, 0);
    const other = await replace({ shown: pushed }, [host, '--quiet'], { typed: 'yes\n' });
    assert.match(other.stdout, /groundplan: that is not shop-fsn1-app-web-1: nothing was replaced\n$/);
    assert.equal(other.code, 1);
    assert.deepEqual(other.ran.slice(-1), ['show -json TMP/plan']);
  });

  it('says what is wrong with what it was told, before anything is run', async () => {
    const cases = [
      [
        ['shop-fsn1-db-main-3'],
        /\ngroundplan: shop has no host "shop-fsn1-db-main-3": did you mean shop-fsn1-db-main-1\?\n$/,
      ],
      [['fsn1-app-web-2'], /did you mean shop-fsn1-app-web-2\?\n$/],
      [['nonsense'], /: there are shop-fsn1-app-web-1, .*shop-fsn1-lb-edge-2\n$/],
      [[host, '--volume'], /\ngroundplan: shop-fsn1-app-web-1 has no volume\n$/],
      [[host, '--lose-data'], /^groundplan: --lose-data is for --volume: /],
      [[host, '--', '-target=x'], /^groundplan: one host is replaced, .*: there is no use for -target=x\n$/],
      [[host, 'topology.yaml', 'c'], /^groundplan: replace takes HOST \[FILE\], not 3 \(see /],
    ] as const;
    for (const [args, message] of cases) {
      const [wanted, ...others] = args;
      const { code, stderr, ran } = await replace({}, [wanted, '--yes', ...others]);
      assert.match(stderr, message);
      assert.equal(code, 2);
      assert.deepEqual(
        ran.filter((line) => line !== 'version -json'),
        [],
      );
    }
    const unasked = await replace({}, [host]);
    assert.match(unasked.stderr, /^groundplan: there is no terminal to ask at: add --yes /);
    assert.deepEqual([unasked.code, unasked.ran], [2, []]);
    const broken = await replace({}, [host, '--yes'], { files: project(['app.web', 'app.wbe']) });
    assert.match(broken.stderr, /^topology\.yaml:6:\d+ error reference\/unknown /);
    assert.deepEqual([broken.code, broken.ran], [1, []]);
  });

  it('keeps a server that could not be made again where the topology wants it now', async () => {
    const shown = shownPlan(['hcloud_server.fsn1_db_main_2', 'delete+create', { location: 'nbg1' }, {}]);
    const { code, stderr, ran } = await replace({ shown }, ['shop-fsn1-db-main-2', '--with-pending', '--yes']);
    assert.match(
      stderr,
      /\ngroundplan: shop-fsn1-db-main-2 is in nbg1 and would be made anew in fsn1, where its volume cannot follow: nothing was replaced\n$/,
    );
    assert.equal(code, 2);
    assert.ok(!ran.some((line) => line.startsWith('apply')));
  });

  it('shows what is refused at the line that made it, and can be run again', async () => {
    const refused = failure('server type is not available', '', { address: 'hcloud_server.fsn1_app_web_1' });
    const { code, stderr } = await replace({ shown: pushed, apply: [refused] });
    assert.match(stderr, /error plan\/refused {2}server type is not available \(hcloud_server\.fsn1_app_web_1\)\n/);
    assert.match(stderr, /\nshop-fsn1-app-web-1 is not replaced, or not wholly: mend that, and run it again\n$/);
    assert.equal(code, 1);
  });
});
