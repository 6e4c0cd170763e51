import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type Ended, groundplan, type RunOptions } from './support/groundplan.js';
import { type Files, inProject } from './support/project.js';
import { project, publicKey, topology } from './support/topologies.js';

/** What `groundplan check …` says in a project with these files. */
function check(files: Files, args: readonly string[] = [], options: Omit<RunOptions, 'folder'> = {}): Promise<Ended> {
  return inProject(files, (folder) => groundplan(['check', ...args], { folder, ...options }));
}

const wrongRoute = ['app.web }', 'app.wbe }'] as const;
const oneServer = ['port: 3000,', 'port: 3000, count: 1,'] as const;

describe('groundplan check', () => {
  it('says on standard output that nothing is wrong, and ends with 0', async () => {
    assert.deepEqual(await check(project()), {
      code: 0,
      signal: undefined,
      stdout: '0 errors, 0 warnings in 1 file\n',
      stderr: '',
    });
  });

  it('shows an error at its place, and ends with 1', async () => {
    const { code, stdout, stderr } = await check(project(wrongRoute));
    assert.equal(
      stdout,
      [
        'topology.yaml:6:39 error reference/unknown  nothing is called app.wbe',
        '  5 │ load_balancers:',
        '  6 │   edge: { routes: { shop.example.com: app.wbe } }',
        '    │                                       ^^^^^^^ did you mean app.web?',
        '',
        '1 error, 0 warnings in 1 file',
        '',
      ].join('\n'),
    );
    assert.deepEqual([code, stderr], [1, '']);
  });

  it('accepts warnings, up to --max-warnings', async () => {
    const warns = project(oneServer);
    const accepted = await check(warns);
    assert.match(accepted.stdout, /^topology\.yaml:8:29 warning app\/single /);
    assert.match(accepted.stdout, /\n0 errors, 1 warning in 1 file\n$/);
    assert.equal(accepted.code, 0);
    assert.equal((await check(warns, ['--max-warnings', '1'])).code, 0);
    const refused = await check(warns, ['--max-warnings=0']);
    assert.deepEqual([refused.code, refused.stderr], [1, 'groundplan: more than 0 warnings\n']);
  });

  it('says only errors with --quiet, and still counts warnings', async () => {
    const warns = project(oneServer);
    assert.deepEqual(await check(warns, ['--quiet']), { code: 0, signal: undefined, stdout: '', stderr: '' });
    assert.equal((await check(warns, ['--quiet', '--max-warnings', '0'])).code, 1);
    const wrong = await check(project(oneServer, wrongRoute), ['-q']);
    assert.match(wrong.stdout, /^topology\.yaml:6:39 error reference\/unknown .*\n(?:.*│.*\n)+$/);
  });

  describe('what it looks at', () => {
    const elsewhere = { 'keys/ops.pub': publicKey };

    it('is every topology under the current folder, in the order of their names', async () => {
      const { stdout } = await check(
        {
          'b/topology.yaml': '',
          'a/deep/er/prod.topology.yaml': '',
          'topology.yaml': '',
          'a/topology.yml': '',
          'a/my-topology.yaml': '',
          'node_modules/x/topology.yaml': '',
          'a/build/topology.yaml': '',
          '.git/topology.yaml': '',
          '.hidden/topology.yaml': '',
          '.topology.yaml': '',
        },
        ['--format', 'json'],
      );
      const files = JSON.parse(stdout).map(({ file }: { file: string }) => file);
      assert.deepEqual(files, ['a/deep/er/prod.topology.yaml', 'b/topology.yaml', 'topology.yaml']);
    });

    it('is each file that is named, once', async () => {
      const { stdout } = await check({ 'a.yaml': '', 'b/topology.yaml': '', 'c.yaml': '' }, [
        'b',
        './a.yaml',
        'a.yaml',
        'b/topology.yaml',
        '--format=json',
      ]);
      assert.deepEqual(
        JSON.parse(stdout).map(({ file }: { file: string }) => file),
        ['a.yaml', 'b/topology.yaml'],
      );
    });

    it('is standard input for -', async () => {
      const { code, stdout } = await check(elsewhere, ['-'], { input: topology(wrongRoute) });
      assert.equal(code, 1);
      assert.match(stdout, /^<stdin>:6:39 error reference\/unknown /);
      assert.equal((await check(elsewhere, ['-'], { input: topology() })).code, 0);
    });

    it('is the same in another folder with -C', async () => {
      const { code, stdout } = await check(
        { 'infra/topology.yaml': topology(wrongRoute), 'infra/keys/ops.pub': publicKey },
        ['-C', 'infra'],
      );
      assert.equal(code, 1);
      assert.match(stdout, /^topology\.yaml:6:39 /);
    });

    it('takes -C before the command as well', async () => {
      const { code } = await inProject(
        { 'infra/topology.yaml': topology(), 'infra/keys/ops.pub': publicKey },
        (folder) => groundplan(['-C', 'infra', 'check'], { folder }),
      );
      assert.equal(code, 0);
    });
  });

  describe('the files that a topology names', () => {
    it('have to be there', async () => {
      const { code, stdout } = await check({ 'topology.yaml': topology() });
      assert.equal(code, 1);
      assert.match(stdout, /^topology\.yaml:13:22 error file\/missing {2}there is no file keys\/ops\.pub/);
      assert.match(stdout, /\n +│ +\^{12}\n/);
    });

    it('are looked for beside the topology', async () => {
      assert.equal((await check({ 'a/topology.yaml': topology(), 'a/keys/ops.pub': publicKey }, ['a'])).code, 0);
      assert.equal((await check({ 'a/topology.yaml': topology(), 'keys/ops.pub': publicKey }, ['a'])).code, 1);
    });

    it('are refused as keys when they hold a private one', async () => {
      // Not a whole key, so that nothing takes this file for one.
      const key = ['-----BEGIN OPENSSH', 'PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA\n'].join(' ');
      const { code, stdout } = await check({ ...project(), 'keys/ops.pub': key });
      assert.equal(code, 1);
      assert.match(stdout, /error file\/unreadable {2}keys\/ops\.pub cannot be used: it is a PRIVATE key/);
    });

    it('are refused when they are folders', async () => {
      const { stdout } = await check({ 'topology.yaml': topology(), 'keys/ops.pub/': '' });
      assert.match(stdout, /error file\/unreadable {2}keys\/ops\.pub cannot be used: it is a folder/);
    });
  });

  describe('its configuration', () => {
    const off = 'rules: { app/single: off }\n';

    it('is groundplan.config.yaml beside the topology, or the nearest above it', async () => {
      const inner = { 'a/b/topology.yaml': topology(oneServer), 'a/b/keys/ops.pub': publicKey };
      assert.match(
        (await check({ ...project(oneServer), 'groundplan.config.yaml': off })).stdout,
        /^0 errors, 0 warnings/,
      );
      assert.match((await check({ ...inner, 'groundplan.config.yaml': off })).stdout, /^0 errors, 0 warnings/);
      assert.match(
        (await check({ ...inner, 'a/groundplan.config.yaml': 'rules: {}\n', 'groundplan.config.yaml': off })).stdout,
        /0 errors, 1 warning/,
      );
    });

    it('is not looked for above the root of the repository', async () => {
      const files = {
        'a/topology.yaml': topology(oneServer),
        'a/keys/ops.pub': publicKey,
        'a/.git/HEAD': '',
        'groundplan.config.yaml': off,
      };
      assert.match((await check(files)).stdout, /0 errors, 1 warning/);
    });

    it('is the one that --config names', async () => {
      const files = {
        ...project(oneServer),
        'strict.yaml': 'rules: { app/single: error }\n',
        'groundplan.config.yaml': off,
      };
      assert.equal((await check(files, ['--config', 'strict.yaml'])).code, 1);
      const { code, stderr } = await check(files, ['--config', 'none.yaml']);
      assert.deepEqual([code, stderr], [2, 'groundplan: none.yaml: there is no such file\n']);
    });

    it('has diagnostics of its own, shown once', async () => {
      const { code, stdout } = await check({
        ...project(),
        'other.topology.yaml': topology(),
        'groundplan.config.yaml': 'rules:\n  dns/ttl-hihg: off\n',
      });
      assert.equal(code, 1);
      assert.match(
        stdout,
        /^groundplan\.config\.yaml:2:3 error config\/unknown-rule {2}there is no diagnostic "dns\/ttl-hihg"/,
      );
      assert.match(stdout, /\n1 error, 0 warnings in 3 files\n$/);
    });
  });

  it('uses the catalogue of the project, and refuses one that it cannot read', async () => {
    const { code, stdout, stderr } = await check({ ...project(), 'groundplan.catalog.json': '{"format": 1}' });
    assert.equal(code, 2);
    assert.match(
      stderr,
      /^groundplan: groundplan\.catalog\.json: this is no catalogue that Groundplan can read: .+\n$/,
    );
    assert.equal(stdout, '0 errors, 0 warnings in 0 files\n');
  });

  it('gives a diagnostic for what is no text', async () => {
    const { code, stdout } = await check({ 'topology.yaml': new Uint8Array([0xff, 0xfe, 0x61, 0x00]) });
    assert.equal(code, 1);
    assert.match(stdout, /^topology\.yaml:1:1 error syntax\/encoding /);
  });

  it('reads no more than it needs of a file without end', async () => {
    const { code, stdout } = await check({}, ['/dev/zero']);
    assert.equal(code, 1);
    assert.match(stdout, /^\/dev\/zero:1:1 error syntax\/too-large /);
  });

  describe('the other formats', () => {
    const files = project(wrongRoute, oneServer);

    for (const [format, form] of [
      ['json', /^\[\n {2}\{\n {4}"file": "topology\.yaml",/],
      ['sarif', /"version": "2\.1\.0",/],
      ['junit', /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<testsuites name="groundplan" tests="2" failures="1"/],
      ['github', /^::error file=topology\.yaml,line=6,/],
    ] as const) {
      it(`${format} goes to standard output, and ends as text does`, async () => {
        const { code, stdout, stderr } = await check(files, ['--format', format]);
        assert.match(stdout, form);
        assert.deepEqual([code, stderr], [1, '']);
        assert.equal((await check(project(), ['--format', format])).code, 0);
      });
    }

    it('junit counts warnings as failures where there are too many', async () => {
      const { stdout } = await check(files, ['--format', 'junit', '--max-warnings', '0']);
      assert.match(stdout, /<testsuites name="groundplan" tests="2" failures="2"/);
    });
  });

  describe('colours', () => {
    it('are used with --color always, even where NO_COLOR is set, and not where nobody sees them', async () => {
      const files = project(wrongRoute);
      const coloured = await check(files, ['--color', 'always'], { variables: { NO_COLOR: '1' } });
      assert.ok(coloured.stdout.includes('\u001b[31m'));
      assert.ok(!(await check(files)).stdout.includes('\u001b'));
    });
  });
});
