import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { type ProcessResult, runProcess } from '../support/process.js';

const script = fileURLToPath(new URL('../../scripts/tools.mjs', import.meta.url));
const binaries = ['hcloud', 'minio', 'cloudflare', 'versitygw', 'tofu'];

/** A `go` that builds in no time: it notes what it was asked for, and takes a moment so that two runs overlap. */
const fastGo = (log: string, { version = 'go1.26.8', fail = '' } = {}) => `#!/bin/sh
case "$1" in
  env) shift; for name; do case "$name" in GOVERSION) echo ${version};; GOOS) echo linux;; GOARCH) echo amd64;; esac; done;;
  build)
    while [ "$1" != -o ]; do shift; done
    echo "$(basename "$2")" >> ${log}
    if [ "$(basename "$2")" = "${fail}" ]; then echo 'first line' >&2; echo 'the reason' >&2; exit 1; fi
    sleep 0.1; echo built > "$2";;
esac
`;

describe('scripts/tools.mjs', () => {
  let top: string;
  let log: string;
  beforeEach(async () => {
    top = await mkdtemp(join(tmpdir(), 'groundplan-build-'));
    log = join(top, 'built.log');
    await mkdir(join(top, 'bin'));
  });
  afterEach(() => rm(top, { recursive: true }));

  const cache = () => join(top, 'cache', 'tools');
  const installGo = async (options: { version?: string; fail?: string } = {}) => {
    await writeFile(join(top, 'bin', 'go'), fastGo(log, options));
    await chmod(join(top, 'bin', 'go'), 0o755);
  };
  const run = (args: string[] = []): Promise<ProcessResult> =>
    runProcess(process.execPath, [script, ...args], {
      cwd: top,
      env: { PATH: [join(top, 'bin'), '/usr/bin', '/bin'].join(delimiter), GROUNDPLAN_CACHE: join(top, 'cache') },
    });
  const built = async () => (await readFile(log, 'utf8')).trim().split('\n');
  const entries = async () => (await readdir(cache())).map((name) => name.slice(0, name.indexOf('-'))).sort();

  it('builds everything once, and prints where it is', async () => {
    await installGo();
    const first = await run(['--print']);
    assert.equal(first.exitCode, 0, first.stderr);
    const { tools, cliConfig, mirror, versitygw, platform } = JSON.parse(first.stdout);
    assert.equal(platform, 'linux_amd64');
    assert.deepEqual([tools[0].name, tools[0].version, dirname(dirname(tools[0].path))], ['tofu', '1.11.4', cache()]);
    for (const file of [tools[0].path, versitygw]) assert.equal(await readFile(file, 'utf8'), 'built\n');
    assert.ok((await readFile(cliConfig, 'utf8')).includes(JSON.stringify(mirror)));
    const packages = (await readdir(mirror, { recursive: true })).filter((name) =>
      name.includes('terraform-provider-'),
    );
    assert.deepEqual(packages.filter((name) => name.startsWith('registry.terraform.io/')).sort(), [
      'registry.terraform.io/aminueza/minio/3.40.1/linux_amd64/terraform-provider-minio_v3.40.1',
      'registry.terraform.io/cloudflare/cloudflare/5.22.0/linux_amd64/terraform-provider-cloudflare_v5.22.0',
      'registry.terraform.io/hetznercloud/hcloud/1.68.0/linux_amd64/terraform-provider-hcloud_v1.68.0',
    ]);
    assert.equal(packages.filter((name) => name.startsWith('registry.opentofu.org/')).length, 3);

    const second = await run();
    assert.deepEqual([second.exitCode, second.stdout, second.stderr], [0, '', '']);
    assert.equal((await built()).length, binaries.length);
  });

  it('builds once when two runs start together', async () => {
    await installGo();
    const results = await Promise.all([run(), run()]);
    assert.deepEqual(
      results.map(({ exitCode }) => exitCode),
      [0, 0],
    );
    assert.equal((await built()).length, binaries.length);
    assert.deepEqual(await entries(), [...binaries, 'mirror'].sort());
  });

  it('takes over the lock of a run that died', async () => {
    await installGo();
    await mkdir(cache(), { recursive: true });
    // No process has this number: it is above the highest that Linux and macOS give out.
    await writeFile(join(cache(), 'lock'), '99999999\n');
    assert.equal((await run()).exitCode, 0);
    assert.ok(!(await readdir(cache())).includes('lock'));
  });

  it('builds anew for another version of Go', async () => {
    await installGo();
    await run();
    await installGo({ version: 'go1.27.0' });
    await run();
    assert.equal((await built()).length, 2 * binaries.length);
  });

  it('says in one line why a build failed, and leaves nothing half built', async () => {
    await installGo({ fail: 'versitygw' });
    const { exitCode, stderr } = await run();
    assert.equal(exitCode, 2);
    assert.equal(stderr.trim().split('\n').at(-1), 'tools: building versitygw, an S3 server 1.8.0 failed: the reason');
    assert.deepEqual(await entries(), ['cloudflare', 'hcloud', 'minio']);
  });

  it('says in one line that there is no Go', async () => {
    const { exitCode, stdout, stderr } = await runProcess(process.execPath, [script], {
      cwd: top,
      env: { PATH: join(top, 'bin'), GROUNDPLAN_CACHE: join(top, 'cache') },
    });
    assert.deepEqual([exitCode, stdout], [2, '']);
    assert.match(
      stderr,
      /^tools: Go is needed to build the tools that the tests run, and there is no `go` on PATH.*\n$/,
    );
  });

  it('says in one line that Go is too old', async () => {
    await installGo({ version: 'go1.20.14' });
    const { exitCode, stderr } = await run();
    assert.equal(exitCode, 2);
    assert.equal(stderr, 'tools: Go 1.21 or newer is needed to build the tools, and this is go1.20.14\n');
  });

  it('refuses an option that it does not know', async () => {
    const { exitCode, stderr } = await run(['--prnt']);
    assert.deepEqual([exitCode, stderr], [2, 'tools: unknown argument --prnt; the only option is --print\n']);
  });
});
