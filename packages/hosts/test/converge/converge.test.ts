import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { runProcess } from '../../../../test/support/process.js';
import { type Bundle, type TestHost, testHost, type Written } from './host.js';

/** Valid is what begins so. */
const valid = (path: string) => ['sh', '-c', 'cat "$0"; grep -q ^valid "$0"', path];

const proxyFile = '/etc/proxy/proxy.cfg';
const mapFile = '/etc/proxy/routes.map';
const programFile = '/etc/app.env';
const unitFile = '/etc/systemd/system/app.service';

function bundle(changes: Readonly<Record<string, Partial<Written> | undefined>> = {}, more: Bundle = {}): Bundle {
  const files: Record<string, Written> = {
    [proxyFile]: { text: 'valid 1\n', check: valid(proxyFile), action: { reload: 'proxy.service' } },
    [mapFile]: { text: 'a b\n', action: { reload: 'proxy.service' } },
    [programFile]: { text: 'KEY="1"\n', mode: '0600', action: { release: 'app.service' } },
    [unitFile]: { text: '[Service]\n', action: { release: 'app.service' } },
    '/etc/cache.conf': { text: 'valid\n', check: valid('/etc/cache.conf'), action: { restart: 'cache.service' } },
  };
  for (const [path, change] of Object.entries(changes)) {
    if (change === undefined) delete files[path];
    else files[path] = { ...(files[path] ?? { text: '' }), ...change };
  }
  return {
    packages: ['proxy'],
    files,
    units: [
      { name: 'proxy.service', state: 'running' },
      { name: 'cache.service', state: 'running' },
      { name: 'app.service', state: 'running' },
    ],
    ...more,
  };
}

describe('converge', function () {
  this.timeout(300_000);
  let host: TestHost;
  beforeEach(() => {
    host = testHost();
  });
  afterEach(() => host.remove());

  describe('on a new host', () => {
    it('installs, writes, enables and starts, in the order of the bundle', async () => {
      const { stdout } = await host.ok(bundle());
      assert.equal(host.read(proxyFile), 'valid 1\n');
      assert.deepEqual([host.mode(proxyFile), host.mode(programFile)], ['0644', '0600']);
      const deeds = host.deeds();
      assert.match(deeds[0] ?? '', /^apt-get .* update$/);
      assert.match(deeds[1] ?? '', /^apt-get .*-y --no-install-recommends .*install proxy$/);
      assert.deepEqual(deeds.slice(2), [
        'systemctl daemon-reload',
        'systemctl enable proxy.service',
        'systemctl start proxy.service',
        'systemctl enable cache.service',
        'systemctl start cache.service',
        'systemctl enable app.service',
        'systemctl start app.service',
      ]);
      assert.match(stdout, /^wrote \/etc\/proxy\/proxy\.cfg \(new\)$/m);
      assert.match(
        stdout,
        /^shop-fsn1-app-web-1: 5 files written; enabled proxy\.service, cache\.service, app\.service; started proxy\.service/m,
      );
    });

    it('starts nothing that is only enabled, and stops what is off', async () => {
      const units = [
        { name: 'job.service', state: 'enabled' },
        { name: 'database.service', state: 'off' },
      ];
      await host.ok({ units: [{ name: 'database.service', state: 'running' }] });
      await host.ok({ units });
      assert.deepEqual(
        [host.isActive('job.service'), host.isEnabled('job.service'), host.isActive('database.service')],
        [false, true, false],
      );
      assert.equal(host.isEnabled('database.service'), false);
    });

    it('writes what must be there before packages are installed before they are', async () => {
      const { stdout } = await host.ok(bundle({ '/etc/first.conf': { text: 'x', before_packages: true } }));
      assert.ok(stdout.indexOf('wrote /etc/first.conf') < stdout.indexOf('installing proxy'), stdout);
      assert.ok(stdout.indexOf('installing proxy') < stdout.indexOf(`wrote ${proxyFile}`), stdout);
    });

    it('is as it was when a package cannot be had', async () => {
      host.failing('apt-get -q -o DPkg::Lock::Timeout=1800 -y');
      const early = bundle({ '/etc/first.conf': { text: 'x', before_packages: true } });
      const { exitCode, stdout } = await host.converge(early);
      assert.deepEqual([exitCode, host.files()], [1, {}]);
      assert.match(stdout, /FAILED: installing packages failed \(apt-get .* install proxy, exit 1\)/);
    });

    it('runs what makes users and folders before the checks that need them', async () => {
      const made = join(host.root, 'made');
      await host.ok({
        files: {
          '/etc/a.cfg': { text: 'a', check: ['test', '-d', made] },
          '/etc/z.conf': { text: 'z', action: { run: ['mkdir', made] } },
        },
      });
      assert.deepEqual(host.deeds(), [`mkdir ${made}`]);
    });
  });

  describe('a second run', () => {
    it('does nothing at all', async () => {
      await host.ok(bundle());
      host.deeds();
      const { stdout } = await host.ok(bundle());
      assert.equal(stdout, 'shop-fsn1-app-web-1: nothing to do\n');
      assert.deepEqual(host.deeds(), []);
    });

    it('starts what has died since, and nothing else', async () => {
      await host.ok(bundle());
      host.deeds();
      const units = join(host.root, '../units.json');
      const known = JSON.parse(readFileSync(units, 'utf8'));
      known['cache.service'].active = 'failed';
      writeFileSync(units, JSON.stringify(known));
      await host.ok(bundle());
      assert.deepEqual(host.deeds(), ['systemctl reset-failed cache.service', 'systemctl start cache.service']);
    });

    it('puts right what somebody changed by hand: content, mode', async () => {
      await host.ok(bundle());
      host.deeds();
      host.write(mapFile, 'by hand\n');
      await runProcess('chmod', ['666', host.root + programFile], { cwd: '/', env: { PATH: process.env.PATH ?? '' } });
      await host.ok(bundle());
      assert.equal(host.read(mapFile), 'a b\n');
      assert.equal(host.mode(programFile), '0600');
      assert.deepEqual(host.deeds(), ['systemctl reload proxy.service', 'systemctl restart app.service']);
    });
  });

  describe('what changed', () => {
    for (const [what, change, deeds] of [
      ['a file with a reload', { [mapFile]: { text: 'c d\n' } }, ['systemctl reload proxy.service']],
      [
        'two files of one daemon',
        { [mapFile]: { text: 'c d\n' }, [proxyFile]: { text: 'valid 2\n' } },
        ['systemctl reload proxy.service'],
      ],
      ['a file with a restart', { '/etc/cache.conf': { text: 'valid 2\n' } }, ['systemctl restart cache.service']],
      ['a file of the program', { [programFile]: { text: 'KEY="2"\n' } }, ['systemctl restart app.service']],
      [
        'a unit of systemd',
        { [unitFile]: { text: '[Service]\n# new\n' } },
        ['systemctl daemon-reload', 'systemctl restart app.service'],
      ],
    ] as const) {
      it(`${what} is taken into use, once, and nothing else is`, async () => {
        await host.ok(bundle());
        host.deeds();
        await host.ok(bundle(change));
        assert.deepEqual(host.deeds(), deeds);
      });
    }

    it('asks the daemon that reads a changed file, even where another of its files has the check', async () => {
      await host.ok(bundle());
      const broken = bundle({ [mapFile]: { text: 'c d\n' }, [proxyFile]: { check: ['false'] } });
      const { exitCode, stdout } = await host.converge(broken);
      assert.equal(exitCode, 1);
      assert.match(stdout, /proxy\.cfg is not valid \(false, exit 1\)/);
      assert.equal(host.read(mapFile), 'a b\n');
    });

    it('reloads a daemon outside of the bundle only where it runs', async () => {
      const files = { '/etc/ssh.conf': { text: 'x', action: { reload: 'ssh.service' } } };
      await host.ok({ files });
      assert.deepEqual(host.deeds(), []);
    });

    it('leaves a job alone that is not running', async () => {
      const job = (text: string) => ({
        files: { '/etc/job.env': { text, action: { release: 'job.service' } } },
        units: [{ name: 'job.service', state: 'enabled' }],
      });
      await host.ok(job('1'));
      host.deeds();
      await host.ok(job('2'));
      assert.deepEqual(host.deeds(), []);
    });
  });

  describe('a bad configuration (F34)', () => {
    it('changes nothing, says which file and what the validator said, and fails', async () => {
      await host.ok(bundle());
      host.deeds();
      const before = host.files();
      const { exitCode, stdout } = await host.converge(
        bundle({
          [proxyFile]: { text: 'bad\nline 2\n' },
          [programFile]: { text: 'KEY="2"\n' },
          '/etc/new/x': { text: 'x' },
        }),
      );
      assert.equal(exitCode, 1);
      assert.match(
        stdout,
        /^FAILED: \/etc\/proxy\/proxy\.cfg is not valid \(sh -c .*, exit 1\):\n {2}bad\n {2}line 2$/m,
      );
      assert.match(stdout, /everything is as it was before\n$/);
      assert.deepEqual(host.files(), before);
      assert.equal(existsSync(join(host.root, 'etc/new')), false, 'a folder that was made is gone again');
      assert.deepEqual(host.deeds(), []);
      assert.deepEqual((await host.ok(bundle())).stdout, 'shop-fsn1-app-web-1: nothing to do\n');
    });

    it('that only shows at the reload is taken back, and the old one loaded again', async () => {
      await host.ok(bundle());
      host.deeds();
      host.failing('systemctl restart cache.service');
      const { exitCode, stdout } = await host.converge(
        bundle({ [mapFile]: { text: 'c d\n' }, '/etc/cache.conf': { text: 'valid 2\n' } }),
      );
      assert.equal(exitCode, 4);
      assert.match(stdout, /FAILED: restart failed \(systemctl restart cache\.service, exit 1\):\n {2}.*not today/);
      assert.match(stdout, /NOT PUT BACK, look at this host/);
      assert.deepEqual([host.read(mapFile), host.readBy('proxy.service', mapFile)], ['a b\n', 'a b\n']);
    });

    it('ends with 1 when the old one runs again', async () => {
      await host.ok(bundle());
      host.failing('systemctl reload proxy.service');
      const { exitCode, stdout } = await host.converge(bundle({ [mapFile]: { text: 'c d\n' } }));
      assert.equal(exitCode, 1, stdout);
      assert.deepEqual([host.read(mapFile), host.readBy('proxy.service', mapFile)], ['a b\n', 'a b\n']);
    });

    it('on a new host leaves it as it was, with nothing started', async () => {
      host.write('/etc/cache.conf', "the package's own");
      host.failing('systemctl start app.service');
      const { exitCode } = await host.converge(bundle());
      assert.equal(exitCode, 1);
      assert.deepEqual(host.files(), { '/etc/cache.conf': "the package's own" });
      for (const unit of ['proxy.service', 'cache.service', 'app.service'])
        assert.deepEqual([host.isActive(unit), host.isEnabled(unit)], [false, false], unit);
    });

    it('is taken back when the program ends at once', async () => {
      await host.ok(bundle());
      const units = join(host.root, '../units.json');
      const known = JSON.parse(readFileSync(units, 'utf8'));
      known['cache.service'].sub = 'auto-restart';
      writeFileSync(units, JSON.stringify(known));
      const { exitCode, stdout } = await host.converge(bundle({ '/etc/cache.conf': { text: 'valid 2\n' } }));
      assert.equal(exitCode, 1);
      assert.match(stdout, /cache\.service does not keep running/);
      assert.equal(host.readBy('cache.service', '/etc/cache.conf'), 'valid\n');
    });
  });

  describe('a release', () => {
    it('runs what comes before it to its end, and waits until the program serves', async () => {
      let asked = 0;
      const server = createServer((_, answer) => {
        asked++;
        answer.writeHead(asked < 3 ? 503 : 200).end();
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      try {
        const healthy = `http://127.0.0.1:${(server.address() as AddressInfo).port}/healthz`;
        const units = [{ name: 'app.service', state: 'running', before: 'app-before.service', healthy, steady: 0.6 }];
        await host.ok(bundle({}, { units }));
        assert.equal(asked, 0, 'others that it needs may come later');
        assert.ok(host.deeds().indexOf('systemctl start app-before.service') > 0);
        await host.ok(bundle({ [programFile]: { text: 'KEY="2"\n' } }, { units }));
        assert.ok(asked >= 4, 'once more after it was healthy for the first time');
        assert.deepEqual(host.deeds(), ['systemctl start app-before.service', 'systemctl restart app.service']);
      } finally {
        server.close();
      }
    });

    it('does not happen when what comes before it fails', async () => {
      const units = [{ name: 'app.service', state: 'running', before: 'app-before.service' }];
      await host.ok(bundle({}, { units }));
      host.deeds();
      host.failing('systemctl start app-before.service');
      const { exitCode, stdout } = await host.converge(bundle({ [programFile]: { text: 'KEY="2"\n' } }, { units }));
      assert.equal(exitCode, 1);
      assert.match(stdout, /systemctl start app-before\.service, exit 1/);
      assert.deepEqual(host.deeds(), ['systemctl start app-before.service']);
      assert.equal(host.read(programFile), 'KEY="1"\n');
    });
  });

  describe('what is put in', () => {
    const placeholders = {
      '«secret KEY»': { secret: 'KEY', within: 'double-quotes' },
      '«secret RAW»': { secret: 'RAW' },
      '«lb_1.ipv4»': { value: 'lb_1.ipv4' },
      '«interface»': { interface_with: '10.10.0.2' },
    };
    const text = 'K="«secret KEY»" «secret RAW» «lb_1.ipv4» «interface» «secret OTHER» ${HOME}\n';
    const files = { [programFile]: { text, placeholders, mode: '0600', action: { release: 'app.service' } } };
    const given = {
      values: { 'lb_1.ipv4': '203.0.113.7' },
      secrets: { KEY: 'a"b$c`d\\e «secret RAW»', RAW: 'raw"$' },
    };
    const units = [{ name: 'app.service', state: 'running' }];

    it('are secrets, addresses and interfaces, each in its form, and nothing that only looks like one', async () => {
      await host.ok({ files }, { given });
      assert.equal(
        host.read(programFile),
        'K="a\\"b\\$c\\`d\\\\e «secret RAW»" raw"$ 203.0.113.7 enp7s0 «secret OTHER» ${HOME}\n',
      );
    });

    it('shows nowhere in what is said, also where a validator quotes it', async () => {
      const bad = { [programFile]: { ...files[programFile], check: ['sh', '-c', 'cat "$0"; exit 1', programFile] } };
      const { exitCode, stdout } = await host.converge({ files: bad }, { given });
      assert.equal(exitCode, 1);
      assert.match(stdout, /K="\[secret KEY\]" \[secret RAW\] 203\.0\.113\.7/);
      assert.doesNotMatch(stdout, /raw"|a\\?"b/);
    });

    it('comes by standard input as well', async () => {
      const at = host.send({ files });
      const program = join(host.root, '../converge.py');
      const system = new URL('system.py', import.meta.url).pathname;
      const command = 'printf %s "$GIVEN" | exec /usr/bin/python3 "$@"';
      const args = ['-c', command, 'sh', program, at, '--given', '-', '--root', host.root, '--commands', system];
      const env = {
        PATH: process.env.PATH ?? '',
        GROUNDPLAN_TEST_SYSTEM: join(host.root, '..'),
        GIVEN: JSON.stringify(given),
      };
      const { exitCode, stdout } = await runProcess('sh', args, { cwd: '/', env });
      assert.equal(exitCode, 0, stdout);
      assert.match(host.read(programFile) ?? '', /raw"\$/);
    });

    it('restarts what uses a secret when it is another one', async () => {
      await host.ok({ files, units }, { given });
      host.deeds();
      await host.ok({ files, units }, { given: { ...given, secrets: { ...given.secrets, RAW: 'rotated' } } });
      assert.deepEqual(host.deeds(), ['systemctl restart app.service']);
      assert.match(host.readBy('app.service', programFile) ?? '', /rotated/);
      assert.deepEqual(Object.keys(host.files()), [programFile], 'no copy of the old one stays');
      const own = readdirSync(join(host.root, 'var/lib/groundplan/converge'), { recursive: true, withFileTypes: true });
      for (const entry of own.filter((each) => each.isFile()))
        assert.doesNotMatch(readFileSync(join(entry.parentPath, entry.name), 'utf8'), /rotated|raw"/);
    });

    it('is missed before anything is touched', async () => {
      const { exitCode, stdout } = await host.converge({ files }, { given: { secrets: { KEY: 'x' }, values: {} } });
      assert.deepEqual([exitCode, host.files()], [1, {}]);
      assert.match(stdout, /FAILED: the secret RAW is not given/);
    });
  });

  describe('a file that the bundle has no more', () => {
    it('goes, and who used it is told', async () => {
      await host.ok(bundle());
      host.deeds();
      await host.ok(bundle({ [mapFile]: undefined }));
      assert.equal(host.read(mapFile), undefined);
      assert.deepEqual(host.deeds(), ['systemctl reload proxy.service']);
    });

    it('gives way to what was there before it', async () => {
      host.write(mapFile, "the package's own\n");
      await host.ok(bundle());
      await host.ok(bundle({ [mapFile]: { text: 'c d\n' } }));
      await host.ok(bundle({ [mapFile]: undefined }));
      assert.equal(host.read(mapFile), "the package's own\n");
    });

    it('takes its unit with it, which is stopped first', async () => {
      await host.ok(bundle());
      host.deeds();
      const units = [
        { name: 'proxy.service', state: 'running' },
        { name: 'cache.service', state: 'running' },
      ];
      await host.ok(bundle({ [unitFile]: undefined, [programFile]: undefined }, { units }));
      assert.equal(host.read(unitFile), undefined);
      assert.deepEqual(host.deeds(), ['systemctl disable --now app.service', 'systemctl daemon-reload']);
    });

    it('comes back when the rest fails', async () => {
      await host.ok(bundle());
      const before = host.files();
      const units = [{ name: 'proxy.service', state: 'running' }];
      host.failing('systemctl reload proxy.service');
      const changed = bundle(
        { [unitFile]: undefined, [programFile]: undefined, [mapFile]: { text: 'x\n' } },
        { units },
      );
      assert.equal((await host.converge(changed)).exitCode, 1);
      assert.deepEqual(host.files(), before);
      for (const unit of ['cache.service', 'app.service'])
        assert.deepEqual([host.isActive(unit), host.isEnabled(unit)], [true, true], unit);
    });

    it('stays when it is none of ours', async () => {
      await host.ok(bundle());
      host.write('/etc/mine.conf', 'mine');
      await host.ok({});
      assert.deepEqual(host.files(), { '/etc/mine.conf': 'mine' });
    });
  });

  describe('a run that is killed', () => {
    /** After any number of commands: what is on the disk is in use in the end, whichever bundle comes next. */
    for (const next of ['the same bundle', 'the bundle of before'] as const) {
      it(`is completed by the next, with ${next}`, async () => {
        const changed = bundle({
          [proxyFile]: { text: 'valid 2\n' },
          [mapFile]: { text: 'c d\n' },
          '/etc/cache.conf': undefined,
          [programFile]: { text: 'KEY="2"\n' },
          '/etc/new/file': { text: 'new', action: { run: ['true'] } },
        });
        let kills = 0;
        for (let command = 1; command < 40; command++) {
          host.remove();
          host = testHost();
          await host.ok(bundle());
          host.killAt(command);
          const { exitCode } = await host.converge(changed);
          host.killAt(undefined);
          if (exitCode === 0) break;
          kills++;
          const wanted = next === 'the same bundle' ? changed : bundle();
          const { stdout } = await host.ok(wanted);
          const files = wanted.files ?? {};
          assert.deepEqual(
            Object.keys(host.files()).sort(),
            Object.keys(files).sort(),
            `killed at ${command}: ${stdout}`,
          );
          for (const [path, { text, action }] of Object.entries(files)) {
            assert.equal(host.read(path), text);
            const unit = Object.entries(action ?? {}).find(([kind]) => kind !== 'run')?.[1];
            if (typeof unit === 'string') assert.equal(host.readBy(unit, path), text, `${unit}, killed at ${command}`);
          }
          assert.match((await host.ok(wanted)).stdout, /nothing to do/);
        }
        assert.ok(kills > 8, `${kills} kills`);
      });
    }

    it('in the middle of writing leaves every file whole', async () => {
      const many = (text: string): Bundle => ({
        files: Object.fromEntries(
          Array.from({ length: 150 }, (_, index) => [
            `/etc/many/${index}`,
            { text: `${text} ${index}\n`, action: { reload: 'many.service' } },
          ]),
        ),
        units: [{ name: 'many.service', state: 'running' }],
      });
      await host.ok(many('old'));
      let kills = 0;
      for (let attempt = 0; attempt < 8; attempt++) {
        const before = Object.values(host.files())[0]?.startsWith('old') ? 'old' : 'new';
        const next = before === 'old' ? 'new' : 'old';
        const at = host.send(many(next));
        const system = new URL('system.py', import.meta.url).pathname;
        const words = [
          join(host.root, '../converge.py'),
          at,
          '--root',
          host.root,
          '--commands',
          system,
          '--settle',
          '0',
        ];
        // Killed when so many files have their new form.
        const script = `/usr/bin/python3 "$@" >/dev/null & pid=$!
          for _ in $(seq 400); do
            [ "$(grep -l ^${next} "${host.root}"/etc/many/* 2>/dev/null | wc -l)" -ge ${1 + attempt * 15} ] && break
            kill -0 $pid 2>/dev/null || break
          done
          kill -9 $pid 2>/dev/null; wait $pid; exit 0`;
        const env = { PATH: process.env.PATH ?? '', GROUNDPLAN_TEST_SYSTEM: join(host.root, '..') };
        await runProcess('bash', ['-c', script, 'bash', ...words], { cwd: '/', env });
        if (existsSync(join(host.root, 'var/lib/groundplan/converge/journal.json'))) kills++;
        for (const [path, text] of Object.entries(host.files()))
          if (!path.endsWith('.groundplan-new')) assert.match(text, /^(old|new) \d+\n$/);
        await host.ok(many(next));
        for (const [path, text] of Object.entries(host.files())) {
          assert.match(text, new RegExp(`^${next} `));
          assert.equal(host.readBy('many.service', path), text);
        }
      }
      assert.ok(kills > 0, 'it was never killed in the middle');
    });

    it('by a signal that it may answer, puts everything back', async () => {
      await host.ok(bundle());
      const before = host.files();
      const slow = bundle({
        [proxyFile]: { text: 'valid 2\n', check: ['sh', '-c', 'kill -TERM $PPID; sleep 5', proxyFile] },
      });
      const { exitCode, stdout } = await host.converge(slow);
      assert.equal(exitCode, 1);
      assert.match(stdout, /FAILED: stopped by SIGTERM/);
      assert.deepEqual(host.files(), before);
    });

    it('is none when only the connection is lost', async () => {
      const check = ['sh', '-c', 'kill -HUP $PPID; sleep 0.2', '/etc/a'];
      const { stdout } = await host.ok({ files: { '/etc/a': { text: 'a', check } } });
      assert.match(stdout, /1 file written/);
    });
  });

  describe('what cannot be used', () => {
    it('is another manifest than was meant', async () => {
      const { exitCode, stdout } = await host.converge(bundle(), { expect: '0'.repeat(64) });
      assert.deepEqual([exitCode, host.files()], [2, {}]);
      assert.match(stdout, /manifest\.json is not the one that was meant: its SHA-256 is [0-9a-f]{64}, not 0{64}/);
    });

    it('is a file with another content', async () => {
      const at = host.send(bundle());
      writeFileSync(join(at, 'files', proxyFile), 'other');
      const words = [join(host.root, '../converge.py'), at, '--root', host.root];
      const { exitCode, stdout } = await runProcess('/usr/bin/python3', words, { cwd: '/', env: {} });
      assert.deepEqual([exitCode, host.files()], [2, {}]);
      assert.match(stdout, /files\/etc\/proxy\/proxy\.cfg is damaged/);
    });

    it('is a path that leads elsewhere', async () => {
      for (const path of ['/etc/../../x', 'etc/x', '/etc//x']) {
        const at = host.send({ files: { '/x': { text: 'x' } } });
        const manifest = JSON.parse(readFileSync(join(at, 'manifest.json'), 'utf8'));
        manifest.files[0].path = path;
        writeFileSync(join(at, 'manifest.json'), JSON.stringify(manifest));
        const words = [join(host.root, '../converge.py'), at, '--root', host.root];
        const { exitCode, stdout } = await runProcess('/usr/bin/python3', words, { cwd: '/', env: {} });
        assert.equal(exitCode, 2, path);
        assert.match(stdout, /is no absolute path/);
      }
    });

    it('is a folder where a file shall be', async () => {
      host.write(`${proxyFile}/x`, 'x');
      const { exitCode, stdout } = await host.converge(bundle());
      assert.equal(exitCode, 1);
      assert.match(stdout, /proxy\.cfg is a folder/);
      assert.deepEqual(Object.keys(host.files()), [`${proxyFile}/x`]);
    });
  });

  it('replaces a symbolic link, and not what it leads to', async () => {
    host.write('/etc/target', 'mine');
    host.write('/etc/proxy/x', '');
    symlinkSync('../target', host.root + mapFile);
    await host.ok(bundle());
    assert.deepEqual([host.read('/etc/target'), host.read(mapFile)], ['mine', 'a b\n']);
  });

  it('runs once at a time', async () => {
    const slow = (text: string) => ({ files: { '/etc/a': { text, check: ['sleep', '1'] } } });
    const at = host.send(slow('1'));
    const system = new URL('system.py', import.meta.url).pathname;
    const env = { PATH: process.env.PATH ?? '', GROUNDPLAN_TEST_SYSTEM: join(host.root, '..') };
    const words = (wait: string) => [
      join(host.root, '../converge.py'),
      at,
      '--root',
      host.root,
      '--commands',
      system,
      '--wait',
      wait,
    ];
    const run = (wait: string) => runProcess('/usr/bin/python3', words(wait), { cwd: '/', env });
    const first = run('20');
    await new Promise((resolve) => setTimeout(resolve, 500));
    const [patient, hasty] = await Promise.all([run('20'), run('0')]);
    assert.equal((await first).exitCode, 0);
    assert.deepEqual([patient.exitCode, patient.stdout], [0, 'shop-fsn1-app-web-1: nothing to do\n']);
    assert.equal(hasty.exitCode, 2);
    assert.match(hasty.stdout, /another run is at work on this host/);
  });

  it('shows with --check what it would do, and does none of it', async () => {
    const fresh = await host.converge(bundle(), { args: ['--check'] });
    assert.deepEqual([fresh.exitCode, host.files(), host.deeds()], [3, {}, []]);
    assert.match(fresh.stdout, /^would install proxy\nwould write \/etc\/proxy\/proxy\.cfg \(new\)$/m);
    await host.ok(bundle());
    host.deeds();
    const same = await host.converge(bundle(), { args: ['--check'] });
    assert.deepEqual([same.exitCode, same.stdout, host.deeds()], [0, 'nothing would change\n', []]);
    const changed = await host.converge(bundle({ [mapFile]: undefined, [proxyFile]: { text: 'valid 2\n' } }), {
      args: ['--check'],
    });
    assert.equal(changed.exitCode, 3);
    assert.equal(changed.stdout, `would write ${proxyFile} (content)\nwould remove ${mapFile}\n`);
  });
});
