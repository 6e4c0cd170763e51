import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleOf } from '@groundplan/hosts/bundle';
import { analyse } from '@groundplan/model';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { needs } from '../../../../test/support/needs.js';
import { type ProcessResult, runProcess } from '../../../../test/support/process.js';
import { type Stage, stage } from './stage.js';

/** Answers by path, and counts. */
interface Site {
  readonly port: number;
  readonly answers: Map<string, Buffer>;
  readonly asked: string[];
  close(): Promise<void>;
}

let site: Site;
let staged: Stage | undefined;

/** Hooks of each of the groups below. */
function withSite(): void {
  beforeEach(async () => {
    site = await openSite();
  });
  afterEach(async () => {
    await site.close();
    staged?.remove();
    staged = undefined;
  });
}

/** The files of a host of a topology with these apps, where other hosts' addresses lead to the site. */
function hostWith(apps: string, key: string): Stage {
  const { model, diagnostics } = analyse(`topology: v1
name: shop
region: fsn1
dns: { provider: hetzner, zone: example.com }
load_balancers: { edge: { routes: {} } }
apps: { ${apps} }
access: { ssh_keys: [ops.pub], ssh_from: [198.51.100.0/24] }
`);
  assert.deepEqual(
    diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message),
    [],
  );
  const host = model.hosts.find((candidate) => candidate.key === key);
  const bundle = host && bundleOf(model, host);
  assert.ok(bundle);
  return stage(bundle, 'own-folders', (path, content) =>
    path.endsWith('/my-turn')
      ? content.replace(/^10\.[\d.]+$/gm, '127.0.0.1').replace(/:7080/, `:${site.port}`)
      : content,
  );
}

function run(script: string): Promise<ProcessResult> {
  assert.ok(staged);
  const env = { PATH: process.env.PATH ?? '' };
  return runProcess('sh', [staged.at(`/usr/local/lib/groundplan/${script}`)], { cwd: staged.root, env });
}

describe('what a host downloads', function () {
  this.timeout(20_000);
  withSite();

  const archive = (content: string): Buffer => {
    const folder = mkdtempSync(join(tmpdir(), 'groundplan-archive-'));
    mkdirSync(join(folder, 'bin'));
    writeFileSync(join(folder, 'bin/serve'), content, { mode: 0o755 });
    execFileSync('tar', ['-czf', 'a.tar.gz', 'bin'], { cwd: folder });
    const bytes = readFileSync(join(folder, 'a.tar.gz'));
    rmSync(folder, { recursive: true });
    return bytes;
  };

  const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

  const api = (path: string, sum: string) =>
    hostWith(
      `api: { port: 8000, run: { artifact: "http://127.0.0.1:${site.port}${path}", sha256: ${sum}, command: ./bin/serve } }`,
      'fsn1_app_api_1',
    );

  beforeEach(function () {
    for (const program of ['curl', 'openssl']) needs(this, program);
  });

  it('is unpacked where the program runs, and not downloaded again', async () => {
    const bytes = archive('#!/bin/sh\n');
    site.answers.set('/a.tar.gz', bytes);
    staged = api('/a.tar.gz', sha256(bytes));
    for (let time = 0; time < 2; time += 1) assert.equal((await run('fetch')).exitCode, 0);
    const folder = staged.at(`/opt/groundplan/app-api/${sha256(bytes)}`);
    assert.equal(statSync(join(folder, 'bin/serve')).mode & 0o777, 0o755);
    assert.deepEqual(site.asked, ['/a.tar.gz']);
    assert.deepEqual(readdirSync(join(folder, '..')), [sha256(bytes)], 'nothing is left behind');
  });

  it('may be one executable', async () => {
    const bytes = Buffer.from('#!/bin/sh\n');
    site.answers.set('/api?version=2', bytes);
    staged = api('/api?version=2', sha256(bytes));
    assert.equal((await run('fetch')).exitCode, 0);
    assert.equal(statSync(staged.at(`/opt/groundplan/app-api/${sha256(bytes)}/api`)).mode & 0o111, 0o111);
  });

  it('is refused when it has another checksum, and nothing of it stays', async () => {
    site.answers.set('/a.tar.gz', archive('other'));
    staged = api('/a.tar.gz', 'b'.repeat(64));
    const { exitCode, stderr } = await run('fetch');
    assert.notEqual(exitCode, 0);
    assert.match(stderr, /not b{64}: refused/);
    assert.deepEqual(readdirSync(staged.at('/opt/groundplan/app-api')), []);
  });

  it('stays for the way back when the next version comes, older ones do not', async () => {
    const bytes = archive('new');
    site.answers.set('/a.tar.gz', bytes);
    staged = api('/a.tar.gz', sha256(bytes));
    const folder = staged.at('/opt/groundplan/app-api');
    for (const old of ['oldest', 'older', 'last']) {
      mkdirSync(join(folder, old), { recursive: true });
      execFileSync('touch', [
        '-d',
        { oldest: '3 days ago', older: '2 days ago', last: '1 day ago' }[old] ?? '',
        join(folder, old),
      ]);
    }
    assert.equal((await run('fetch')).exitCode, 0);
    assert.deepEqual(readdirSync(folder).sort(), [sha256(bytes), 'last'].sort());
    assert.ok(existsSync(join(folder, sha256(bytes), 'bin/serve')));
  });
});

describe("a job's turn", function () {
  this.timeout(20_000);
  withSite();

  const job = 'report: { count: 3, schedule: daily, run: { container: x } }';

  beforeEach(function () {
    for (const program of ['curl', 'openssl']) needs(this, program);
  });

  it("is the first host's", async () => {
    staged = hostWith(job, 'fsn1_app_report_1');
    assert.equal((await run('my-turn')).exitCode, 0);
    assert.deepEqual(site.asked, []);
  });

  it('is left to a host before it that is alive', async () => {
    site.answers.set('/_host/alive', Buffer.from('alive'));
    staged = hostWith(job, 'fsn1_app_report_3');
    const { exitCode, stdout } = await run('my-turn');
    assert.deepEqual([exitCode, stdout], [1, 'left to 127.0.0.1\n']);
  });

  it('is taken when no host before it is alive', async () => {
    staged = hostWith(job, 'fsn1_app_report_3');
    assert.equal((await run('my-turn')).exitCode, 0);
    assert.deepEqual(site.asked, ['/_host/alive', '/_host/alive'], 'both that come first were asked');
  });
});

async function openSite(): Promise<Site> {
  const answers = new Map<string, Buffer>();
  const asked: string[] = [];
  const server: Server = createServer((request, response) => {
    const path = request.url ?? '';
    asked.push(path);
    const answer = answers.get(path);
    response.writeHead(answer === undefined ? 404 : 200).end(answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    answers,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
