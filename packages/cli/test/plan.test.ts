import assert from 'node:assert/strict';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { type FakeRunOptions, type FakeTool, failure, shownPlan, withFakeTool } from './support/fake-tool.js';
import { groundplan } from './support/groundplan.js';
import { filesIn, inProject } from './support/project.js';
import { project } from './support/topologies.js';

/** One server more, two rescaled ones, one that is gone. */
const changes = shownPlan(
  ['hcloud_server.fsn1_app_web_3', 'create', null, { name: 'shop-fsn1-app-web-3' }],
  [
    'hcloud_server.fsn1_lb_edge_1',
    'update',
    server('shop-fsn1-lb-edge-1', 'cx23'),
    server('shop-fsn1-lb-edge-1', 'cx33'),
  ],
  [
    'hcloud_server.fsn1_lb_edge_2',
    'update',
    server('shop-fsn1-lb-edge-2', 'cx23'),
    server('shop-fsn1-lb-edge-2', 'cx33'),
  ],
  ['hcloud_server.fsn1_app_old_1', 'delete', server('shop-fsn1-app-old-1', 'cx23'), null],
);

const edge = 'edge: { routes: { shop.example.com: app.web } }';
const rescaled = [edge, 'edge: { type: cx33, routes: { shop.example.com: app.web } }'] as const;
const files = project(rescaled, ['port: 3000,', 'count: 3, port: 3000,']);

function server(name: string, type: string): object {
  return { name, server_type: type };
}

function plan(tool: FakeTool | undefined, args: readonly string[] = [], options: FakeRunOptions = {}) {
  return withFakeTool(tool, ['plan', ...args], { files, ...options });
}

describe('groundplan plan', () => {
  it('builds, plans, and lists the changes under their lines', async () => {
    const { code, stdout, stderr, ran } = await plan({ shown: changes });
    assert.equal(
      stdout,
      [
        'topology.yaml:6  edge: { type: cx33, routes: { shop.example.com: app.web } }',
        '  ~ hcloud_server.fsn1_lb_edge_1  server_type (cx23 → cx33)',
        '  ~ hcloud_server.fsn1_lb_edge_2  server_type (cx23 → cx33)',
        '',
        'topology.yaml:7  apps:',
        '  - hcloud_server.fsn1_app_old_1  no longer in the topology',
        '',
        'topology.yaml:8  web: { count: 3, port: 3000, run: { container: "ghcr.io/acme/shop:1.4.2" }, env: { DATABASE_URL: "${da…',
        '  + hcloud_server.fsn1_app_web_3',
        '',
        '1 to create, 2 to change, 1 to destroy',
        '',
        'topology.yaml:6:17 warning plan/reprices  the plan rescales shop-fsn1-lb-edge-1, shop-fsn1-lb-edge-2 from cx23 to cx33, which moves them to today\'s price: see "groundplan cost"',
        '  5 │ load_balancers:',
        '  6 │   edge: { type: cx33, routes: { shop.example.com: app.web } }',
        '    │                 ^^^^',
        '',
        '0 errors, 1 warning in 1 file',
        '',
      ].join('\n'),
    );
    assert.deepEqual([code, stderr], [0, 'build: 2 files written\n']);
    assert.deepEqual(ran, ['version -json', 'plan -json -input=false -out=TMP/plan', 'show -json TMP/plan']);
  });

  it('says what is sent to hosts, which replaces nothing', async () => {
    const triggers = (bundle: string, secrets: object, values: object = {}) => ({
      triggers_replace: { server: '1', bundle, secrets, values },
    });
    const shown = shownPlan(
      [
        'terraform_data.fsn1_app_web_1_push',
        'delete+create',
        triggers('a', { KEY: '1 x' }),
        triggers('b', { KEY: '2 y' }),
      ],
      ['terraform_data.fsn1_app_web_2_push', 'create', null, triggers('a', {})],
      [
        'terraform_data.fsn1_lb_edge_1_push',
        'delete+create',
        triggers('a', {}, { x: '1' }),
        triggers('a', {}, { x: '2' }),
      ],
    );
    const { stdout } = await plan({ shown });
    assert.match(stdout, /^ {2}> terraform_data\.fsn1_app_web_1_push {2}files, secret KEY/m);
    assert.match(stdout, /^ {2}> terraform_data\.fsn1_app_web_2_push/m);
    assert.match(stdout, /^ {2}> terraform_data\.fsn1_lb_edge_1_push {2}addresses/m);
    assert.match(stdout, /^3 to configure$/m);
    const { stdout: github } = await plan({ shown }, ['--format', 'github']);
    assert.match(github, /the plan configures the host \(files, secret KEY\) by terraform_data\.fsn1_app_web_1_push/);
  });

  it('says that nothing changes', async () => {
    const { code, stdout } = await plan({});
    assert.deepEqual([code, stdout], [0, 'no changes: what is deployed is what the topology says\n']);
  });

  it('colours for a terminal', async () => {
    const { stdout } = await plan({ shown: changes }, ['--color', 'always']);
    assert.ok(stdout.includes('\u001b[36m+\u001b[39m hcloud_server.fsn1_app_web_3'));
  });

  it('says only errors with --quiet', async () => {
    assert.deepEqual((await plan({ shown: changes }, ['--quiet'])).stdout, '');
    const lost = shownPlan([
      'hcloud_volume.fsn1_db_main_1',
      'delete',
      { name: 'shop-fsn1-db-main-1', delete_protection: true },
    ]);
    const { code, stdout } = await plan({ shown: lost }, ['-q']);
    assert.match(stdout, /^topology\.yaml:10:3 error plan\/replaces-stateful .*\n(?:.*│.*\n)+$/);
    assert.equal(code, 1);
  });

  it('fails with --check when anything changes', async () => {
    assert.equal((await plan({}, ['--check'])).code, 0);
    assert.equal((await plan({ shown: changes }, ['--check'])).code, 1);
  });

  it('counts warnings of the plan against --max-warnings', async () => {
    assert.equal((await plan({ shown: changes }, ['--max-warnings', '1'])).code, 0);
    const { code, stderr } = await plan({ shown: changes }, ['--max-warnings', '0']);
    assert.equal(code, 1);
    assert.match(stderr, /groundplan: more than 0 warnings\n$/);
  });

  describe('the formats of other programs', () => {
    it('have a diagnostic for each change', async () => {
      const { stdout } = await plan({ shown: changes }, ['--format', 'json']);
      const found = JSON.parse(stdout).map(
        (each: { code: string; severity: string; range: { start: { line: number } } }) => {
          return `${each.range.start.line + 1} ${each.severity} ${each.code}`;
        },
      );
      const change = (line: number) => `${line} information plan/change`;
      assert.deepEqual(found, [change(6), change(6), '6 warning plan/reprices', change(7), change(8)]);
    });

    it('are what a topology with errors gets as well', async () => {
      const wrong = project(['app.web }', 'app.wbe }']);
      const { code, stdout, stderr } = await plan(undefined, ['--format', 'github'], { files: wrong });
      assert.match(stdout, /^::error file=topology\.yaml,line=6,.*title=reference\/unknown::/);
      assert.deepEqual([code, stderr], [1, '']);
    });

    it('are well-formed for all of them', async () => {
      const sarif = JSON.parse((await plan({ shown: changes }, ['--format', 'sarif'])).stdout);
      assert.equal(sarif.runs[0].results.length, 5);
      const { stdout: junit } = await plan({ shown: changes }, ['--format', 'junit']);
      assert.match(junit, /<testsuite name="topology\.yaml" tests="5" failures="0"/);
      const { stdout: github } = await plan({ shown: changes }, ['--format', 'github']);
      assert.equal(github.match(/^::notice .*title=plan\/change::/gm)?.length, 4);
    });
  });

  describe('a comment in the topology', () => {
    const ignoring = (code: string) =>
      project(rescaled, ['  edge:', `  # groundplan-ignore-next-line ${code}: it is worth it\n  edge:`]);

    it('can ignore a warning of the plan', async () => {
      const { stdout } = await plan({ shown: changes }, [], { files: ignoring('plan/reprices') });
      assert.doesNotMatch(stdout, /warning/);
    });

    it('is not called unused by commands that do not plan, nor by a plan without the warning', async () => {
      const checked = await inProject(ignoring('plan/reprices'), (folder) => groundplan(['check'], { folder }));
      assert.equal(checked.stdout, '0 errors, 0 warnings in 1 file\n');
      assert.doesNotMatch((await plan({}, [], { files: ignoring('plan/reprices') })).stdout, /unused/);
    });

    it('cannot ignore an error', async () => {
      const lost = shownPlan([
        'hcloud_floating_ip.fsn1_lb_edge_ipv4',
        'delete',
        { name: 'a', delete_protection: true },
      ]);
      const { code, stdout } = await plan({ shown: lost }, [], { files: ignoring('plan/replaces-stateful') });
      assert.match(stdout, /error plan\/replaces-stateful/);
      assert.equal(code, 1);
    });
  });

  it('takes severities from the configuration', async () => {
    const config = { 'groundplan.config.yaml': 'rules: { plan/reprices: error, plan/change: "off" }\n' };
    const { code, stdout } = await plan({ shown: changes }, ['--format', 'github'], { files: { ...files, ...config } });
    assert.match(stdout, /^::error .*title=plan\/reprices::.*\n$/);
    assert.equal(code, 1);
  });

  describe('the tool', () => {
    it('is the first of terraform and tofu that is on the PATH', async () => {
      assert.deepEqual((await plan({ name: 'tofu' })).code, 0);
      assert.deepEqual((await plan({ name: 'tofu' }, ['--tool', 'tofu'])).code, 0);
    });

    it('that is missing is one line, and nothing is written', async () => {
      const unbuilt = {
        after: async (folder: string) =>
          assert.deepEqual(Object.keys(await filesIn(folder)).sort(), Object.keys(files).sort()),
      };
      const none = await plan(undefined, [], unbuilt);
      assert.deepEqual(
        [none.code, none.stdout, none.stderr],
        [
          2,
          '',
          'groundplan: there is neither terraform nor tofu on the PATH: install Terraform or OpenTofu 1.11 or newer\n',
        ],
      );
      const other = await plan({ name: 'tofu' }, ['--tool', 'terraform']);
      assert.match(other.stderr, /^groundplan: there is no terraform on the PATH: .*\n$/);
      assert.equal(other.code, 2);
    });

    it('that is too old is one line', async () => {
      for (const version of [
        '{ "terraform_version": "1.10.5" }',
        'Terraform v0.12.31\n\nYour version is out of date!\n',
      ]) {
        const { code, stdout, stderr } = await plan({ version });
        assert.match(
          stderr,
          /^groundplan: \S*\/tools\/terraform: this is terraform (?:1\.10\.5|0\.12\.31), Groundplan needs 1\.11 or newer .*\n$/,
        );
        assert.deepEqual([code, stdout], [2, '']);
      }
    });

    it('that is something else is one line', async () => {
      const { code, stderr } = await plan({ version: 'Hello!\n' });
      assert.match(stderr, /^groundplan: \S*\/tools\/terraform: this does not say its version as terraform does\n$/);
      assert.equal(code, 2);
    });

    it('is given what stands after --', async () => {
      const { ran } = await plan({}, ['--', '-target=hcloud_network.fsn1', '-var', 'a=b']);
      assert.equal(ran[1], 'plan -json -input=false -out=TMP/plan -target=hcloud_network.fsn1 -var a=b');
    });

    it('keeps the plan where -out says, seen from the folder that was built', async () => {
      const kept = async (folder: string) => assert.ok((await stat(join(folder, 'build/shop.tfplan'))).isFile());
      const { code, ran } = await plan({ shown: changes }, ['--', '-out=shop.tfplan'], { after: kept });
      assert.equal(code, 0);
      assert.match(ran[2] ?? '', /^show -json \S*\/build\/shop\.tfplan$/);
    });

    it('has its warnings on standard error', async () => {
      const { stdout, stderr } = await plan({ plan: [failure('Targeting', 'is in\neffect', {}, 'warning')] });
      assert.equal(stderr, 'build: 2 files written\nterraform: Targeting: is in effect\n');
      assert.equal(stdout, 'no changes: what is deployed is what the topology says\n');
    });
  });

  describe('init', () => {
    it('is run when the tool asks for it', async () => {
      const { code, ran } = await plan({ needsInit: true });
      const planned = 'plan -json -input=false -out=TMP/plan';
      assert.deepEqual(ran.slice(1), [planned, 'init -json -input=false', planned, 'show -json TMP/plan']);
      assert.equal(code, 0);
    });

    it('that fails is one block', async () => {
      const initFails = [failure('No such registry', 'Could not\nreach\nit.')];
      const { code, stdout, stderr } = await plan({ needsInit: true, initFails });
      assert.deepEqual(
        [code, stdout, stderr],
        [
          2,
          '',
          'build: 2 files written\ngroundplan: terraform init failed in build:\n  No such registry\n  Could not\n  reach\n  it.\n',
        ],
      );
    });
  });

  describe('an error of the tool', () => {
    it('is shown at its line, and the plan as far as it came', async () => {
      const address = 'hcloud_server.fsn1_app_web_1';
      const { code, stdout } = await plan({
        plan: [failure('it is refused', '', { address })],
        planCode: 1,
        shown: changes,
      });
      assert.match(stdout, /\n1 to create, 2 to change, 1 to destroy, as far as planning came\n/);
      assert.match(
        stdout,
        /\ntopology\.yaml:8:17 error plan\/refused {2}it is refused \(hcloud_server\.fsn1_app_web_1\)\n/,
      );
      assert.equal(code, 1);
    });

    it('that is no business of the topology ends with 2', async () => {
      const { code, stdout, stderr } = await plan({ plan: [failure('Error acquiring the state lock')], planCode: 1 });
      assert.deepEqual([code, stdout], [2, '']);
      assert.match(stderr, /\ngroundplan: Error acquiring the state lock\n$/);
    });

    it('that is no message is one block', async () => {
      const { code, stderr } = await plan({ complaint: 'Usage: terraform\n\n  \u001b[31mwrong\n', planCode: 1 });
      assert.match(stderr, /\ngroundplan: terraform plan failed in build:\n {2}Usage: terraform\n {2}␛\[31mwrong\n$/);
      assert.equal(code, 2);
    });
  });

  it('refuses what build refuses', async () => {
    const foreign = { ...files, 'build/main.tf.json': '{}' };
    const { code, stderr, ran } = await plan({}, [], { files: foreign });
    assert.match(stderr, /^groundplan: build\/main\.tf\.json: Groundplan did not write this/);
    assert.deepEqual([code, ran], [2, ['version -json']]);
    const { code: elsewhere } = await plan({}, ['--out', 'infra'], { files: foreign });
    assert.equal(elsewhere, 0);
  });

  describe('the private folder', () => {
    it("is nobody else's, and gone afterwards", async () => {
      const look =
        'for argument in "$@"; do case $argument in -out=*) stat -c %a "$(dirname "${argument#-out=}")" > $here/mode ;; esac; done';
      const after = async (folder: string) => {
        assert.equal(await readFile(join(folder, 'tools/mode'), 'utf8'), '700\n');
        assert.deepEqual(await readdir(join(folder, 'tmp')), []);
      };
      assert.equal((await plan({ before: look }, [], { after })).code, 0);
    });

    it('is gone when the plan fails', async () => {
      const after = async (folder: string) => assert.deepEqual(await readdir(join(folder, 'tmp')), []);
      assert.equal((await plan({ complaint: 'no', planCode: 1 }, [], { after })).code, 2);
    });
  });

  describe('an interrupt', () => {
    // It takes a moment to end, as Terraform does, and would notice a second signal.
    const slow = `trap 'echo INT >> $here/signals' INT
    touch $here/running
    while [ ! -f $here/signals ]; do sleep 0.05; done
    sleep 0.5
    echo done >> $here/signals`;

    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      it(`(${signal}) is handed to the tool, which is waited for`, async () => {
        let folder = '';
        const before = async (made: string) => {
          folder = made;
        };
        const after = async () => {
          assert.equal(await readFile(join(folder, 'tools/signals'), 'utf8'), 'INT\ndone\n');
          assert.deepEqual(await readdir(join(folder, 'tmp')), []);
        };
        const onStart = (pid: number) => {
          const timer = setInterval(async () => {
            if ((await stat(join(folder, 'tools/running')).catch(() => undefined)) === undefined) return;
            clearInterval(timer);
            process.kill(pid, signal);
          }, 20);
        };
        const { code, stdout, stderr, ran } = await plan({ before: slow }, [], { before, after, onStart });
        assert.deepEqual([code, stdout], [2, '']);
        assert.match(stderr, /groundplan: interrupted\n$/);
        assert.equal(ran.length, 2);
      });
    }
  });

  describe('--from', () => {
    const log = [
      '{"type":"version","terraform":"1.11.4"}',
      JSON.stringify(failure('server limit reached', '', { address: 'hcloud_server.fsn1_app_web_1' })),
      'a line that is no message',
      '',
    ].join('\n');

    it('shows the errors of an apply at their lines, without any tool', async () => {
      const refused =
        /^topology\.yaml:8:17 error plan\/refused {2}server limit reached \(hcloud_server\.fsn1_app_web_1\)\n/;
      const piped = await plan(undefined, ['--from', '-'], { input: log });
      assert.match(piped.stdout, refused);
      assert.deepEqual([piped.code, piped.stderr], [1, '']);
      const after = async (folder: string) =>
        assert.equal(await stat(join(folder, 'build')).catch(() => 'none'), 'none');
      const read = await plan(undefined, ['--from', 'apply.log'], { files: { ...files, 'apply.log': log }, after });
      assert.match(read.stdout, refused);
    });

    it('has nothing to say of an apply without errors', async () => {
      const { code, stdout } = await plan(undefined, ['--from', '-'], { input: '{"type":"version"}\n' });
      assert.deepEqual([code, stdout], [0, '0 errors, 0 warnings in 1 file\n']);
    });

    it('is not for anything else', async () => {
      const wrong = async (args: readonly string[], input = log) => {
        const { code, stderr } = await plan(undefined, args, { input });
        assert.equal(code, 2);
        return stderr;
      };
      assert.match(
        await wrong(['--from', '-'], 'Apply complete!\n'),
        /^groundplan: -: this is not what "terraform apply -json" writes\n$/,
      );
      assert.match(await wrong(['--from', 'none.log']), /^groundplan: none\.log: there is no such file\n$/);
      assert.match(await wrong(['--from', '-', '--', '-target=a']), /no use for -target=a\n$/);
      assert.match(await wrong(['-', '--from', '-']), /cannot both be standard input\n$/);
    });
  });
});
