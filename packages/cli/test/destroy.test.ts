import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { describe, it } from 'mocha';
import { needs } from '../../../test/support/needs.js';
import { type FakeRunOptions, type FakeTool, failure, shownPlan, withFakeTool } from './support/fake-tool.js';
import { project } from './support/topologies.js';

/** A server and its volume, none of them protected, and something that can be made again. */
const everything = shownPlan(
  ['hcloud_server.fsn1_db_main_1', 'delete', { name: 'shop-fsn1-db-main-1', delete_protection: false }],
  ['hcloud_volume.fsn1_db_main_1', 'delete', { name: 'shop-fsn1-db-main-1', size: 50 }],
  ['hcloud_volume.fsn1_db_old_1', 'delete', { name: 'shop-fsn1-db-\u001b[31mold-1', size: 10 }],
  ['minio_s3_bucket.dumps', 'delete', { bucket: 'shop-dumps', force_destroy: true }],
  ['minio_s3_bucket_cors.dumps', 'delete', { bucket: 'shop-dumps' }],
  ['hcloud_network.fsn1', 'delete', { name: 'shop-fsn1' }],
);

const losses = `this destroys all of shop, 6 resources, for good:
  volume   shop-fsn1-db-main-1 (50 GB)
  volume   shop-fsn1-db-␛[31mold-1 (10 GB), no longer in the topology
  bucket   shop-dumps, and everything in it
  server   shop-fsn1-db-main-1
  and 2 more, which can be made again
`;

/** Without records that are removed by asking Cloudflare; those have tests of their own. */
const atHetzner = ['provider: cloudflare', 'provider: hetzner'] as const;

function destroy(tool: FakeTool | undefined, args: readonly string[] = ['--yes'], options: FakeRunOptions = {}) {
  return withFakeTool(tool, ['destroy', ...args], { files: project(atHetzner), ...options });
}

describe('groundplan destroy', function () {
  // The program is run several times in some of them, which takes a busy machine a while.
  this.timeout(120_000);

  it('builds, says what is lost, forgets CORS rules, and destroys what a second look finds', async () => {
    const { code, stdout, stderr, ran } = await destroy({ shown: everything }, ['--yes', '--', '-lock-timeout=9s']);
    assert.equal(stderr, `build: 2 files written\n${losses}shop is gone: 6 resources destroyed\n`);
    assert.deepEqual([code, stdout], [0, '']);
    const look = ['plan -json -input=false -out=TMP/plan -lock-timeout=9s -destroy', 'show -json TMP/plan'];
    assert.deepEqual(ran, [
      'version -json',
      ...look,
      'state rm -lock-timeout=9s minio_s3_bucket_cors.dumps',
      ...look,
      'apply -json -input=false -lock-timeout=9s TMP/plan',
    ]);
  });

  it('has nothing to do where nothing is', async () => {
    const { code, stderr, ran } = await destroy({});
    assert.deepEqual([code, stderr], [0, 'build: 2 files written\nnothing of shop is there\n']);
    assert.equal(ran.length, 3);
  });

  it('is quiet when it is told to be', async () => {
    const { code, stdout, stderr } = await destroy({ shown: everything }, ['--yes', '--quiet']);
    assert.deepEqual([code, stdout, stderr], [0, '', '']);
  });

  it('does nothing at all where it cannot ask', async () => {
    const { code, stdout, stderr, ran } = await destroy({ shown: everything }, []);
    assert.deepEqual([code, stdout, ran], [2, '', []]);
    assert.equal(stderr, 'groundplan: there is no terminal to ask at: add --yes if everything is to be destroyed\n');
  });

  it('asks at a terminal for the name of the topology', async function () {
    needs(this, 'script');
    const meant = await destroy({ shown: everything }, ['--color=never'], { typed: 'shop\n' });
    assert.ok(meant.stdout.includes(losses), meant.stdout);
    assert.match(meant.stdout, /To destroy it, type its name \(shop\): /);
    assert.match(meant.stdout, /shop is gone: 6 resources destroyed\n$/);
    assert.equal(meant.code, 0);

    for (const typed of ['yes\n', '\n', 'Shop\n', '\u0004']) {
      const other = await destroy({ shown: everything }, ['--quiet'], { typed });
      assert.ok(other.stdout.includes(losses), other.stdout);
      assert.match(other.stdout, /groundplan: that is not shop: nothing was destroyed\n$/);
      assert.equal(other.code, 1);
      assert.deepEqual(other.ran.slice(-1), ['show -json TMP/plan']);
    }
  });

  it('destroys all or nothing', async () => {
    for (const part of [
      '-target=hcloud_server.a',
      '--replace=x',
      '-out=plan',
      '-refresh-only',
      'plan.out',
      '-destroy',
    ]) {
      const { code, stderr, ran } = await destroy({}, ['--yes', '--', '-var', 'a=b', part]);
      assert.deepEqual([code, ran], [2, []]);
      assert.equal(stderr, `groundplan: all of the topology is destroyed: there is no use for ${part}\n`);
    }
  });

  it('says what the topology lacks, and what the tool does', async () => {
    const broken = await destroy({}, ['--yes'], { files: project(['app.web', 'app.wbe']) });
    assert.deepEqual([broken.code, broken.ran], [1, []]);
    assert.match(broken.stderr, /^topology\.yaml:6:\d+ error reference\/unknown /);
    const none = await destroy(undefined);
    assert.equal(none.code, 2);
    assert.match(none.stderr, /neither terraform nor tofu on the PATH/);
  });

  it('shows what is refused at the line that made it, and can be run again', async () => {
    const inUse = failure('network is still in use (conflict, 00000000000000a1)', '', {
      address: 'hcloud_network.fsn1',
    });
    const { code, stdout, stderr } = await destroy({ shown: everything, apply: [inUse] });
    assert.match(
      stderr,
      /\ntopology\.yaml:3:\d+ error plan\/refused {2}network is still in use \(conflict\) \(hcloud_network\.fsn1\)\n/,
    );
    assert.match(stderr, /\nnot all of shop is gone: mend that, and run it again\n$/);
    assert.deepEqual([code, stdout], [1, '']);
    const outside = await destroy({ plan: [failure('token is wrong')], planCode: 1 });
    assert.deepEqual([outside.code, outside.stdout], [2, '']);
    assert.match(outside.stderr, /\ngroundplan: token is wrong\n$/);
  });

  it('knows which resource an error is about that does not name it, when one alone failed', async () => {
    const failed = { type: 'apply_errored', hook: { resource: { addr: 'minio_s3_bucket.old' }, action: 'delete' } };
    const { code, stderr } = await destroy({ shown: everything, apply: [failed, failure('bucket is not empty')] });
    assert.match(stderr, /error plan\/refused {2}bucket is not empty \(minio_s3_bucket\.old\)\n/);
    assert.equal(code, 1);
  });

  const shielded = shownPlan(
    ['hcloud_server.a', 'delete', { id: '7', name: 'a', delete_protection: true, rebuild_protection: true }],
    ['hcloud_zone.zone', 'delete', { id: '8', name: 'example.com', delete_protection: true }],
    ['hcloud_volume.open', 'delete', { id: '9', name: 'open', size: 10, delete_protection: false }],
  );
  const token = { TF_VAR_hcloud_token: 'secret' };

  it('lifts protection where there is any, waiting for what Hetzner is busy with', async () => {
    const busy = { error: { code: 'locked', message: 'server is locked' } };
    const { url, asked, close } = await answering(
      [423, busy],
      [201, { action: { id: 1, status: 'running' } }],
      [200, { action: { id: 1, status: 'success' } }],
      [201, { action: { id: 2, status: 'success' } }],
    );
    try {
      const { code, stderr } = await destroy({ shown: shielded }, ['--yes', '--quiet'], {
        variables: { ...token, HCLOUD_ENDPOINT: url },
      });
      assert.deepEqual([code, stderr], [0, '']);
      const server = 'POST /servers/7/actions/change_protection {"delete":false,"rebuild":false}';
      const zone = 'POST /zones/8/actions/change_protection {"delete":false}';
      assert.deepEqual(asked, [server, server, 'GET /actions/1 ', zone]);
    } finally {
      await close();
    }
  });

  it('destroys nothing when Hetzner does not lift protection', async () => {
    const cases = [
      [
        [404, { error: { code: 'not_found', message: 'server not found' } }],
        /^groundplan: the API answers 404 to \/servers\/7\/.*: server not found\n$/,
      ],
      [
        [201, { action: { id: 1, status: 'error', error: { message: 'no luck' } } }],
        /^groundplan: Hetzner did not lift the protection: no luck\n$/,
      ],
      [[401, {}], /^groundplan: the API does not accept the token in TF_VAR_hcloud_token\n$/],
    ] as const;
    for (const [answer, message] of cases) {
      const { url, close } = await answering(answer);
      try {
        const variables = { ...token, HCLOUD_ENDPOINT: url };
        const { code, stderr, ran } = await destroy({ shown: shielded }, ['--yes', '--quiet'], { variables });
        assert.match(stderr, message);
        assert.equal(code, 2);
        assert.deepEqual(ran.slice(-1), ['show -json TMP/plan']);
      } finally {
        await close();
      }
    }
  });

  it('needs a token to lift protection with', async () => {
    const shown = shownPlan(['hcloud_volume.a', 'delete', { id: '1', name: 'a', size: 10, delete_protection: true }]);
    const { code, stderr, ran } = await destroy({ shown });
    assert.match(stderr, /\ngroundplan: set TF_VAR_hcloud_token: protection is lifted by asking Hetzner, /);
    assert.equal(code, 2);
    assert.deepEqual(ran.slice(-1), ['show -json TMP/plan']);
  });
});

/** A server on loopback that gives these answers, one after the other. */
async function answering(...answers: readonly (readonly [status: number, body: object])[]) {
  const asked: string[] = [];
  const left = [...answers];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => {
      asked.push(`${request.method} ${request.url} ${body}`);
      const [status, answer] = left.shift() ?? [500, {}];
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  assert.ok(typeof address === 'object' && address !== null);
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()));
  return { url: `http://127.0.0.1:${address.port}`, asked, close };
}
